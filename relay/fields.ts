/** The API's fields of a visitor that a form may have, `extendedAttributes` aside. */
export const VISITOR_FIELDS = [
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
] as const;

/** The published names in `args`. */
export const ARGS_FIELDS = ["message", "mediaUrl", "mediaKey"] as const;

/** A field of the API that a listener may let the public set. */
export type LeadField = (typeof VISITOR_FIELDS)[number] | (typeof ARGS_FIELDS)[number];

export const LEAD_FIELDS: readonly string[] = [...VISITOR_FIELDS, ...ARGS_FIELDS];

/** The names that a form may have beside its fields. */
export const KEY_FIELD = "submissionKey";
export const TURNSTILE_FIELD = "cf-turnstile-response";
/** A hidden field that browsers fill with the charset they write the form in. */
export const CHARSET_FIELD = "_charset_";

/** Where the API has a field, such as `visitor.email`; all other names are extended attributes. */
export const fieldPath = (name: string): string => {
  if (VISITOR_FIELDS.some((field) => field === name)) return `visitor.${name}`;
  return ARGS_FIELDS.some((field) => field === name) ? `args.${name}` : `visitor.extendedAttributes.${name}`;
};
