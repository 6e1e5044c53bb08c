// The operations that a relay may pass on, and what each takes. `submitListener` is not among them: it goes through the
// outbox.
import type { Botsplash, OperationName, VisitorRef } from "botsplash";

/** An operation that the relay may pass on. */
export type ProxiedOperation = Exclude<OperationName, "submitListener">;

type Params = Record<string, string>;

/** Anybody's: the client checks it. */
// biome-ignore lint/suspicious/noExplicitAny: it has the type of whichever operation it is for.
type Body = any;

export interface Operation {
  name: ProxiedOperation;
  method: "GET" | "POST";
  path: string;
  body: "json" | "file" | "none";
  /** Makes the call. */
  call: (client: Botsplash, params: Params, body: Body) => Promise<object>;
}

/** The client says which names an idType may have. */
const who = ({ idType = "", idValue }: Params) => ({ [idType]: idValue }) as unknown as VisitorRef;

const VISITOR = "/{appId}/visitor/{idType}/{idValue}";

/** An operation that is missing here does not compile. */
const BY_NAME: { readonly [Name in ProxiedOperation]: Omit<Operation, "name"> } = {
  uploadFile: {
    method: "POST",
    path: "/{appId}/upload",
    body: "file",
    call: (client, _, file) => client.uploadFile(file),
  },
  triggerSequence: {
    method: "POST",
    path: "/{appId}/sequence/{id}",
    body: "json",
    call: (client, { id = "" }, trigger) => client.triggerSequence(id, trigger),
  },
  updateVisitor: {
    method: "POST",
    path: VISITOR,
    body: "json",
    call: (client, params, update) => client.updateVisitor(who(params), update),
  },
  callVisitorAction: {
    method: "POST",
    path: `${VISITOR}/action/{actionId}`,
    body: "none",
    call: (client, params) => client.callVisitorAction(who(params), params["actionId"] ?? ""),
  },
  listMeetings: {
    method: "GET",
    path: `${VISITOR}/meeting`,
    body: "none",
    call: (client, params) => client.listMeetings(who(params)),
  },
  scheduleMeeting: {
    method: "POST",
    path: `${VISITOR}/meeting`,
    body: "json",
    call: (client, params, meeting) => client.scheduleMeeting(who(params), meeting),
  },
  sendMessage: {
    method: "POST",
    path: "/{appId}/message",
    body: "json",
    call: (client, _, message) => client.sendMessage(message),
  },
  updatePhoneStatuses: {
    method: "POST",
    path: "/{appId}/phone/status",
    body: "json",
    call: (client, _, update) => client.updatePhoneStatuses(update),
  },
};

export const PROXIED_OPERATIONS = Object.keys(BY_NAME) as ProxiedOperation[];

export const OPERATIONS: readonly Operation[] = PROXIED_OPERATIONS.map((name) => ({ name, ...BY_NAME[name] }));
