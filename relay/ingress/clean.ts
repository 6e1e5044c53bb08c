// The values of a submission as the API can use them: bounded, and a phone number and an email that are such.
import type { ListenerSubmit } from "botsplash";
import { fieldPath } from "../fields.ts";
import type { Listener } from "../options.ts";
import { northAmerican } from "../phone.ts";
import { emailAddress } from "./email.ts";
import { Refusal } from "./refusal.ts";

/** The most characters of a value. */
const MOST: Record<string, number> = {
  firstName: 60,
  lastName: 60,
  email: 254,
  phoneNumber: 40,
  state: 40,
  tzName: 64,
  message: 5000,
  mediaUrl: 2000,
};
const MOST_OF_OTHERS = 1000;

/** Values that fill one line. */
const LINES: readonly string[] = ["firstName", "lastName", "email", "phoneNumber", "state", "tzName"];

/** @throws {Refusal} 422 */
export const cleaned = ({ visitor, args }: ListenerSubmit, listener: Listener): ListenerSubmit => {
  const { extendedAttributes, ...names } = visitor;
  const attributes = present(extendedAttributes ?? {}, "visitor.extendedAttributes");
  const clean: ListenerSubmit["visitor"] = present(names, "visitor");
  if (clean.phoneNumber != null && listener.phoneFormat === "north-american") {
    clean.phoneNumber = valid("phoneNumber", northAmerican(clean.phoneNumber), "phone_wrong", PHONE);
  }
  if (clean.email != null) clean.email = valid("email", emailAddress(clean.email), "email_wrong", EMAIL);
  if (Object.keys(attributes).length > 0) clean.extendedAttributes = attributes;
  const cleanArgs = present(args ?? {}, "args");
  return { visitor: clean, ...(Object.keys(cleanArgs).length > 0 && { args: cleanArgs }) };
};

const PHONE = 'expected a phone number of North America; phoneFormat: "any" takes all numbers as they are.';
const EMAIL = "expected an email address as browsers check it.";

const valid = (name: string, value: string | undefined, code: string, expected: string): string => {
  if (value !== undefined) return value;
  const field = fieldPath(name);
  throw new Refusal(422, code, { field, detail: `${field}: ${expected}` });
};

/** The parts that are there, each value within its bounds. */
const present = (values: object, path: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
      const text = Array.isArray(value) ? value.map(printable) : printable(value);
      const clean = typeof text === "string" && LINES.includes(name) ? oneLine(text) : text;
      if (clean === undefined || clean === null || clean === "") return [];
      bound(name, clean, `${path}.${name}`);
      return [[name, clean]];
    }),
  );

/** Without what no keyboard writes and no text can hold: an API, or a database, may fail at it. */
const printable = (value: unknown): unknown =>
  typeof value === "string" ? value.replace(/[^\P{Cc}\t\r\n]/gu, "").replace(/\p{Cs}/gu, "\ufffd") : value;

const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

const bound = (name: string, value: unknown, field: string): void => {
  const most = Object.hasOwn(MOST, name) ? (MOST[name] ?? MOST_OF_OTHERS) : MOST_OF_OTHERS;
  const texts = (Array.isArray(value) ? value : [value]).map(String);
  if (texts.length <= 50 && texts.every((text) => text.length <= most)) return;
  throw new Refusal(422, "too_long", { field, detail: `${field}: expected at most ${most} characters.` });
};

/** @throws {Refusal} 422 where the submission lacks a field that the listener wants of every lead */
export const requireFields = ({ visitor, args }: ListenerSubmit, { required }: Listener, hint: string): void => {
  const given: Record<string, unknown> = { ...visitor.extendedAttributes, ...args, ...visitor };
  if (required === undefined) {
    if (given["phoneNumber"] !== undefined || given["email"] !== undefined) return;
    const detail = `visitor.phoneNumber: expected a phone number here, or an email address in visitor.email.${hint}`;
    throw new Refusal(422, "phone_or_email_required", { field: "visitor.phoneNumber", detail });
  }
  const missing = required.find((name) => given[name] === undefined);
  if (missing === undefined) return;
  const field = fieldOf(missing, args);
  throw new Refusal(422, "field_required", { field, detail: `${field}: expected a value.${hint}` });
};

/** A message is an attribute unless the public may choose what is texted. */
const fieldOf = (name: string, args: ListenerSubmit["args"]) =>
  name === "message" && args?.message === undefined ? "visitor.extendedAttributes.message" : fieldPath(name);
