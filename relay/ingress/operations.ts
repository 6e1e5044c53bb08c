// The operations that a relay may pass on, and what each takes. `submitListener` is not among them: it goes through the
// outbox.

/**
 * @typedef {import("botsplash").Botsplash} Botsplash
 * @typedef {"uploadFile" | "triggerSequence" | "updateVisitor" | "callVisitorAction" | "listMeetings" | "scheduleMeeting" | "sendMessage" | "updatePhoneStatuses"} PassedOperation
 *
 * @typedef {object} Operation
 * @property {PassedOperation} name
 * @property {"GET" | "POST"} method
 * @property {string} path
 * @property {"json" | "file" | "none"} body
 * @property {(client: Botsplash, params: Record<string, string>, body: any) => Promise<object>} call
 */

/** @param {Record<string, string>} params @returns {any} the client says which names an idType may have */
const who = ({ idType = "", idValue }) => ({ [idType]: idValue });

/** @type {readonly Operation[]} */
export const OPERATIONS = [
  {
    ...{ name: "uploadFile", method: "POST", path: "/{appId}/upload", body: "file" },
    call: (client, _, file) => client.uploadFile(file),
  },
  {
    ...{ name: "triggerSequence", method: "POST", path: "/{appId}/sequence/{id}", body: "json" },
    call: (client, { id = "" }, trigger) => client.triggerSequence(id, trigger),
  },
  {
    ...{ name: "updateVisitor", method: "POST", path: "/{appId}/visitor/{idType}/{idValue}", body: "json" },
    call: (client, params, update) => client.updateVisitor(who(params), update),
  },
  {
    ...{ name: "callVisitorAction", method: "POST", body: "none" },
    path: "/{appId}/visitor/{idType}/{idValue}/action/{actionId}",
    call: (client, params) => client.callVisitorAction(who(params), params.actionId ?? ""),
  },
  {
    ...{ name: "listMeetings", method: "GET", path: "/{appId}/visitor/{idType}/{idValue}/meeting", body: "none" },
    call: (client, params) => client.listMeetings(who(params)),
  },
  {
    ...{ name: "scheduleMeeting", method: "POST", path: "/{appId}/visitor/{idType}/{idValue}/meeting", body: "json" },
    call: (client, params, meeting) => client.scheduleMeeting(who(params), meeting),
  },
  {
    ...{ name: "sendMessage", method: "POST", path: "/{appId}/message", body: "json" },
    call: (client, _, message) => client.sendMessage(message),
  },
  {
    ...{ name: "updatePhoneStatuses", method: "POST", path: "/{appId}/phone/status", body: "json" },
    call: (client, _, update) => client.updatePhoneStatuses(update),
  },
];

/** @type {readonly string[]} */
export const PASSED_OPERATIONS = OPERATIONS.map(({ name }) => name);
