/**
 * @typedef {import("./contract.ts").Json} Json
 * @typedef {import("./state.ts").State} State
 * @typedef {import("./types.ts").SandboxVisitor} SandboxVisitor
 */

const ANSWERED = /** @type {const} */ ([
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
]);

const COPIED = /** @type {const} */ ([
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
]);

/** @param {SandboxVisitor} visitor The API's Visitor: the fields of the published sample, in its order. */
export function answer(visitor) {
  return Object.fromEntries(ANSWERED.map((field) => [field, visitor[field]]));
}

/** @param {SandboxVisitor} visitor The host says that there is nothing to open. */
export function url(visitor) {
  return `https://sandbox.invalid/visitor/${visitor.id}`;
}

/**
 * The visitor that a caller means, by the CRM's id or, failing that, by the application's.
 * @param {State} state
 * @param {{ clientVisitorId?: string, clientAppId?: string }} who
 */
export function find({ visitors }, { clientVisitorId, clientAppId }) {
  return (
    visitors.find((visitor) => clientVisitorId !== undefined && visitor.clientVisitorId === clientVisitorId) ??
    visitors.find((visitor) => clientAppId !== undefined && visitor.clientAppId === clientAppId)
  );
}

/** @param {State} state @param {string} phoneNumber Numbers are compared as they are written. */
export function findByPhone({ visitors }, phoneNumber) {
  return visitors.find((visitor) => visitor.phoneNumbers.includes(phoneNumber));
}

/** @param {State} state @returns {SandboxVisitor} */
export function create(state) {
  /** @type {SandboxVisitor} */
  const visitor = {
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

/** @param {State} state @param {Json} info */
export function createOrUpdate(state, info) {
  return update(state, find(state, info) ?? create(state), info);
}

/**
 * @param {State} state
 * @param {SandboxVisitor} visitor
 * @param {Json} info A NewVisitor or VisitorInfo; fields that are missing stay as they are.
 * @param {{ retainAccess?: boolean, retainPhones?: boolean }} [how]
 */
export function update({ ids }, visitor, info, { retainAccess = false, retainPhones = false } = {}) {
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

/** @param {SandboxVisitor} visitor @param {Json} info @param {boolean} retain */
function updatePhones(visitor, { phoneNumber, validPhoneNumbers = [] }, retain) {
  const given = phoneNumber === undefined ? validPhoneNumbers : [phoneNumber, ...validPhoneNumbers];
  if (given.length === 0) return;
  visitor.phoneNumbers = [...new Set(retain ? [...visitor.phoneNumbers, ...given] : given)];
  const main = visitor.phoneNumber;
  const keepsMain = main !== null && visitor.phoneNumbers.includes(main) && (retain || phoneNumber === undefined);
  if (!keepsMain) visitor.phoneNumber = visitor.phoneNumbers[0] ?? null;
}
