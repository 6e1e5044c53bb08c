/** The API's fields of a visitor that a form may have, `extendedAttributes` aside. */
export const VISITOR_FIELDS = /** @type {const} */ ([
  "clientVisitorId",
  "agentClientUserId",
  "participantAgentIds",
  "teamCode",
  "firstName",
  "lastName",
  "email",
  "phoneNumber",
  "state",
  "tzName",
  "deliveryStatus",
]);

/** The published names in `args`. */
export const ARGS_FIELDS = /** @type {const} */ (["message", "mediaUrl", "mediaKey"]);

/** @typedef {(typeof VISITOR_FIELDS)[number] | (typeof ARGS_FIELDS)[number]} LeadField a field that the public may be let set */

/** @type {readonly string[]} */
export const LEAD_FIELDS = [...VISITOR_FIELDS, ...ARGS_FIELDS];

/** What a form may have beside its fields. */
export const KEY_FIELD = "submissionKey";
export const TURNSTILE_FIELD = "cf-turnstile-response";
