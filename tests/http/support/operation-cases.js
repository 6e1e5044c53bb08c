/**
 * Every operation as the API's description has them, with its samples as it prints them.
 *
 * @typedef {import("./botsplash.js").Botsplash} Client
 * @typedef {import("../../../pkg/dist/index.js").CallOptions} CallOptions
 *
 * @typedef {object} Operation
 * @property {import("../../../pkg/dist/index.js").OperationName} name
 * @property {"Read" | "Idempotent" | "Send"} repeat
 * @property {"GET" | "POST"} method
 * @property {string} path After the base URL.
 * @property {string} [body] JSON, byte for byte.
 * @property {true} [multipart]
 * @property {(client: Client, call?: CallOptions) => Promise<any>} call
 */

const listener =
  '{"visitor":{"clientVisitorId":"12345","agentClientUserId":"12345","participantAgentIds":"54321","teamCode":"333","firstName":"Jane","lastName":"Doe","email":"example@example.com","phoneNumber":"3334445555","state":"NC","tzName":"America/New_York","deliveryStatus":202,"extendedAttributes":{"color":"red","leadSourceId":"123456789","priority":"high"}},"args":{"message":"Welcome!"}}';
const visitor =
  '{"clientVisitorId":"12345","clientAppId":"12345","agentClientUserId":"12345","teamCode":"333","firstName":"Jane","lastName":"Doe","email":"customerEmail@example.com","phoneNumber":"3334445555","validPhoneNumbers":["3334445555","2223334444"],"state":"NC","milestone":"SUPER","visitorStatus":"Contacted","tzName":"America/New_York","deliveryStatus":202}';
const meeting =
  '{"agentClientUserId":"string","followupAt":"2019-08-24T14:15:22Z","duration":30,"notes":"string","description":"string","additionalEmails":["string"]}';
const phones = '{"items":[{"phoneNumber":"string","status":"send"}]}';

const sequence = `{"visitor":${visitor}}`;
const update = `{"updateOnly":true,"agentUpdate":false,"retainAccess":true,"retainPhones":false,"visitor":${visitor}}`;
const message = `{"text":"Welcome!","visitor":${visitor}}`;

/** The published answer to a listener's submit. */
export const submitted = '{"success":true,"requestId":"123e4567-e89b-12d3-a456-426614174000"}';

/** The file of the tests: bytes that no text encoding leaves alone, and what looks like a boundary. */
export const picture = Uint8Array.from([0xff, 0xd8, 0, 13, 10, 45, 45, 0x80, 10, 13, 0xfe]);

const who = { clientVisitorId: "12345" };

/** @type {Operation[]} */
export const operations = [
  {
    name: "submitListener",
    repeat: "Send",
    method: "POST",
    path: "/acme/listener/botsplash/spring",
    body: listener,
    call: (client, call) => client.submitListener("spring", JSON.parse(listener), call),
  },
  {
    name: "uploadFile",
    repeat: "Send",
    method: "POST",
    path: "/acme/upload",
    multipart: true,
    call: (client, call) => client.uploadFile(new File([picture], "card.jpg", { type: "image/jpeg" }), call),
  },
  {
    name: "triggerSequence",
    repeat: "Send",
    method: "POST",
    path: "/acme/sequence/7",
    body: sequence,
    call: (client, call) => client.triggerSequence("7", JSON.parse(sequence), call),
  },
  {
    name: "updateVisitor",
    repeat: "Idempotent",
    method: "POST",
    path: "/acme/visitor/clientVisitorId/12345",
    body: update,
    call: (client, call) => client.updateVisitor(who, JSON.parse(update), call),
  },
  {
    name: "callVisitorAction",
    repeat: "Send",
    method: "POST",
    path: "/acme/visitor/clientAppId/12345/action/9",
    call: (client, call) => client.callVisitorAction({ clientAppId: "12345" }, "9", call),
  },
  {
    name: "listMeetings",
    repeat: "Read",
    method: "GET",
    path: "/acme/visitor/clientVisitorId/12345/meeting",
    call: (client, call) => client.listMeetings(who, call),
  },
  {
    name: "scheduleMeeting",
    repeat: "Send",
    method: "POST",
    path: "/acme/visitor/clientVisitorId/12345/meeting",
    body: meeting,
    call: (client, call) => client.scheduleMeeting(who, JSON.parse(meeting), call),
  },
  {
    name: "sendMessage",
    repeat: "Send",
    method: "POST",
    path: "/acme/message",
    body: message,
    call: (client, call) => client.sendMessage(JSON.parse(message), call),
  },
  {
    name: "updatePhoneStatuses",
    repeat: "Idempotent",
    method: "POST",
    path: "/acme/phone/status",
    body: phones,
    call: (client, call) => client.updatePhoneStatuses(JSON.parse(phones), call),
  },
];

/** @param {Operation["name"]} name @returns {Operation} */
export const operation = (name) => /** @type {Operation} */ (operations.find((one) => one.name === name));
