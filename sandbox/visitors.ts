import type { Json } from "./contract.ts";
import type { State } from "./state.ts";
import type { SandboxVisitor } from "./types.ts";

const ANSWERED = [
  "id",
  "clientVisitorId",
  "handle",
  "agentId",
  "agentClientUserId",
  "teamId",
  "teamCode",
  "firstName",
  "lastName",
  "email",
  "phoneNumber",
  "pictureUrl",
  "city",
  "state",
  "milestone",
  "visitorStatus",
  "tzName",
  "archived",
  "deliveryStatus",
] as const;

const COPIED = [
  "clientVisitorId",
  "clientAppId",
  "agentClientUserId",
  "teamCode",
  "firstName",
  "lastName",
  "email",
  "state",
  "milestone",
  "visitorStatus",
  "tzName",
  "deliveryStatus",
  "extendedAttributes",
] as const;

/** How a caller names a visitor. */
export interface Who {
  readonly clientVisitorId?: string;
  readonly clientAppId?: string;
}

/** The API's Visitor: the fields of the published sample, in its order. */
export function answer(visitor: SandboxVisitor): Json {
  return Object.fromEntries(ANSWERED.map((field) => [field, visitor[field]]));
}

/** The host says that there is nothing to open. */
export function url(visitor: SandboxVisitor): string {
  return `https://sandbox.invalid/visitor/${visitor.id}`;
}

/** The visitor that a caller means, by the CRM's id or, failing that, by the application's. */
export function find({ visitors }: State, { clientVisitorId, clientAppId }: Who): SandboxVisitor | undefined {
  return (
    visitors.find((visitor) => clientVisitorId !== undefined && visitor.clientVisitorId === clientVisitorId) ??
    visitors.find((visitor) => clientAppId !== undefined && visitor.clientAppId === clientAppId)
  );
}

/** Numbers are compared as they are written. */
export function findByPhone({ visitors }: State, phoneNumber: string): SandboxVisitor | undefined {
  return visitors.find((visitor) => visitor.phoneNumbers.includes(phoneNumber));
}

export function create(state: State): SandboxVisitor {
  const visitor: SandboxVisitor = {
    id: state.ids.next(),
    clientVisitorId: null,
    handle: null,
    agentId: null,
    agentClientUserId: null,
    teamId: null,
    teamCode: null,
    firstName: null,
    lastName: null,
    email: null,
    phoneNumber: null,
    pictureUrl: null,
    city: null,
    state: null,
    milestone: null,
    visitorStatus: null,
    tzName: null,
    archived: false,
    deliveryStatus: null,
    clientAppId: null,
    phoneNumbers: [],
    agentsWithAccess: [],
    extendedAttributes: {},
  };
  state.visitors.push(visitor);
  return visitor;
}

export function createOrUpdate(state: State, info: Json): SandboxVisitor {
  return update(state, find(state, info) ?? create(state), info);
}

export interface UpdateSettings {
  readonly retainAccess?: boolean;
  readonly retainPhones?: boolean;
}

/** @param info A NewVisitor or VisitorInfo; fields that are missing stay as they are. */
export function update(
  { ids }: State,
  visitor: SandboxVisitor,
  info: Json,
  { retainAccess = false, retainPhones = false }: UpdateSettings = {},
): SandboxVisitor {
  const { agentClientUserId: agent, teamCode: team } = info;
  if (agent !== undefined && agent !== visitor.agentClientUserId) {
    visitor.agentsWithAccess = [...(retainAccess ? visitor.agentsWithAccess : []), agent];
    visitor.agentId = ids.of("agent", agent);
  }
  if (team !== undefined) visitor.teamId = ids.of("team", team);
  Object.assign(
    visitor,
    Object.fromEntries(COPIED.filter((field) => field in info).map((field) => [field, info[field]])),
  );
  updatePhones(visitor, info, retainPhones);
  return visitor;
}

function updatePhones(visitor: SandboxVisitor, { phoneNumber, validPhoneNumbers = [] }: Json, retain: boolean): void {
  const given: string[] = phoneNumber === undefined ? validPhoneNumbers : [phoneNumber, ...validPhoneNumbers];
  if (given.length === 0) return;
  visitor.phoneNumbers = [...new Set(retain ? [...visitor.phoneNumbers, ...given] : given)];
  const main = visitor.phoneNumber;
  const keepsMain = main !== null && visitor.phoneNumbers.includes(main) && (retain || phoneNumber === undefined);
  if (!keepsMain) visitor.phoneNumber = visitor.phoneNumbers[0] ?? null;
}
