// The visitors' messages. A listener's `texts` replace any of these; `{field}` stands for the name of the field.

export const TEXTS = {
  /** The relay's own page after a plain form that has no `successUrl`. */
  thanks_title: "Thank you",
  thanks: "We have received your message.",
  /** The title of the page that tells why a plain form was refused. */
  refused_title: "This was not sent",

  phone_or_email_required: "Please give a phone number or an email address.",
  field_required: "Please fill in this field: {field}.",
  consent_required: "Please tick the box that lets us contact you.",
  phone_wrong: "Please check the phone number: we need all ten digits, with the area code.",
  email_wrong: "Please check the email address.",
  too_long: "Please shorten this field: {field}.",
  value_wrong: "Please check this field: {field}.",
  file_refused: "Files cannot be sent with this form.",

  rate_limited: "That was a lot at once. Please try again in a minute.",
  outbox_full: "We cannot take more messages right now. Please try again in a few minutes.",
  unavailable: "This did not work right now. Please try again in a minute.",
  not_configured: "This form is not ready yet. Please try again later.",
  body_broken: "Your message did not arrive in full. Please send it again.",
  body_too_large: "This is too long to send. Please shorten it.",
  key_conflict: "You have changed a message that we already have.",
  key_conflict_button: "Send it as a new message",
  /** All that a visitor can do nothing about: the page is set up wrongly, and its owner is told. */
  form_wrong: "Something is wrong with this form, and we have been told. Please contact us another way.",
} as const;

export type TextName = keyof typeof TEXTS;

/** Which words a visitor reads, by what is refused. */
const BY_CODE: Record<string, TextName> = {
  too_many_fields: "body_too_large",
  too_deep: "body_too_large",
};

/** The words for a code; a code without words of its own is the page's mistake, not the visitor's. */
export const textNameOf = (code: string): TextName =>
  code in TEXTS ? (code as TextName) : (BY_CODE[code] ?? "form_wrong");

/** People's names for the fields. */
const LABELS: Record<string, string> = {
  firstName: "first name",
  lastName: "last name",
  email: "email",
  phoneNumber: "phone number",
  tzName: "time zone",
};

/** The words with the field's name in them. */
export const textOf = (name: TextName, texts: Partial<Record<TextName, string>>, field?: string): string => {
  const last = field?.split(".").pop() ?? "";
  return (texts[name] ?? TEXTS[name]).replaceAll("{field}", () => LABELS[last] ?? last);
};
