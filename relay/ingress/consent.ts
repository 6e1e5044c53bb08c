// How a visitor agreed to be texted: taken out of the post, and kept with the lead as its proof.
import type { ListenerSubmit } from "botsplash";
import type { ConsentOptions } from "../options.ts";
import type { Consent } from "../outbox/consents.ts";
import { sameWords } from "../words.ts";
import type { Content } from "./content.ts";
import { Refusal } from "./refusal.ts";

const MOST_WORDS = 2000;
const MOST = 500;

/** The names that a post says it under: the box, the page and the version of the form. */
export const consentNames = ({ field }: ConsentOptions) => ({
  words: field,
  page: `${field}Page`,
  version: `${field}Version`,
});

/**
 * Takes the consent out of a post. A form has it in fields, JSON in extended attributes of the same names, which go no
 * further.
 */
export const takeConsent = (
  options: ConsentOptions,
  content: Content,
): Record<"words" | "page" | "version", string> => {
  const names = consentNames(options);
  const take = "form" in content ? fromForm(content.form) : fromJson(content.json);
  return { words: take(names.words), page: take(names.page), version: take(names.version) };
};

/** A box that is ticked comes after a hidden field of the same name. */
const fromForm = (form: URLSearchParams) => (name: string) =>
  form
    .getAll(name)
    .filter((value) => value !== "")
    .pop() ?? "";

const fromJson = (json: unknown) => {
  const attributes = objectIn(objectIn(json)["visitor"])["extendedAttributes"];
  return (name: string): string => {
    const values = objectIn(attributes);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    delete values[name];
    return typeof value === "string" ? value : "";
  };
};

const objectIn = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/**
 * The proof, and whether the words are the owner's.
 *
 * @throws {Refusal} 422 without a consent
 */
export const consentOf = (
  options: ConsentOptions,
  taken: ReturnType<typeof takeConsent>,
  { visitor }: ListenerSubmit,
  request: Request,
  now: number,
): { consent: Consent; isListed: boolean } => {
  const { field, texts, keepAddress = false, keepBrowser = false } = options;
  const words = sameWords(taken.words);
  if (words === "") {
    throw new Refusal(422, "consent_required", {
      field,
      detail: `${field}: expected the words that the visitor agreed to.`,
    });
  }
  if (words.length > MOST_WORDS) {
    throw new Refusal(422, "too_long", { field, detail: `${field}: expected at most ${MOST_WORDS} characters.` });
  }
  const listed = Object.entries(texts).find(([, text]) => sameWords(text) === words)?.[0];
  const version = listed ?? taken.version.slice(0, MOST);
  const page = pageFrom(taken.page, request);
  const { phoneNumber, email } = visitor;
  const address = request.headers.get("cf-connecting-ip");
  const browser = request.headers.get("user-agent");
  const consent: Consent = {
    at: now,
    words,
    box: field,
    ...(version !== "" && { version }),
    ...(page !== undefined && { page }),
    ...(phoneNumber && { phoneNumber }),
    ...(email && { email }),
    ...(keepAddress && address && { address }),
    ...(keepBrowser && browser && { browser: browser.slice(0, MOST) }),
  };
  return { consent, isListed: listed !== undefined };
};

/** A form may name its page, which a Referer may not; a page of another site than the browser names is not believed. */
const pageFrom = (said: string, request: Request): string | undefined => {
  const seen = pageOf(request.headers.get("referer")) ?? pageOf(request.headers.get("origin"));
  const page = pageOf(said);
  const isBelieved = page !== undefined && (seen === undefined || new URL(page).origin === new URL(seen).origin);
  return isBelieved ? page : seen;
};

/** Without what stands behind the path: it may be about somebody. */
const pageOf = (address: string | null): string | undefined => {
  if (!address || address.length > 4 * MOST || !URL.canParse(address)) return undefined;
  const { protocol, origin, pathname } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? `${origin}${pathname}`.slice(0, MOST) : undefined;
};
