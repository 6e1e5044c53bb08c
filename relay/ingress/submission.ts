// From what was posted to what the API takes.
import { type Botsplash, isBotsplashError, type ListenerSubmit } from "botsplash";
import { probablyMeant, unknownNames } from "../field-names.ts";
import { ARGS_FIELDS, fieldPath, VISITOR_FIELDS } from "../fields.ts";
import type { Listener } from "../options.ts";
import { cleaned, requireFields } from "./clean.ts";
import { type Content, withoutField } from "./content.ts";
import { holdsLure } from "./lure.ts";
import { Refusal } from "./refusal.ts";

/** A submission, and what else a post told about it. */
export interface Reading {
  /** Nothing is in it but what the listener lets the public set, and the listener's own `args`. */
  submission: ListenerSubmit;
  /** The visitor's words: the submission without the listener's own `args`. */
  said: ListenerSubmit;
  /** Names of the form's fields that mean nothing here. */
  unknown: string[];
  /** A name in it holds a link, or a number to call. */
  isLure: boolean;
}

/** A form's text to the owner, where the public may not choose what is texted. */
const MESSAGE = "message";

/**
 * Reads a post; `beside` are names of fields that are not the submission's.
 *
 * @throws {Refusal} 422, naming the field
 */
export const submissionOf = async (
  client: Botsplash,
  content: Content,
  listener: Listener,
  beside: readonly string[],
): Promise<Reading> => {
  const attributes = attributesOf(listener);
  const form = "form" in content ? content.form : undefined;
  const unknown = form ? unknownNames(form, [...VISITOR_FIELDS, ...ARGS_FIELDS, ...attributes, ...beside]) : [];
  const given = form ? await readForm(client, form, attributes) : await readJson(client, content);
  permit(given, listener, attributes);
  const said = cleaned(given, listener);
  requireFields(said, listener, hintOf(unknown));
  const { firstName, lastName, state, tzName } = said.visitor;
  return {
    submission: listener.args ? { ...said, args: { ...listener.args, ...said.args } } : said,
    said,
    unknown,
    // A template may put the names beside each other.
    isLure: [`${firstName ?? ""} ${lastName ?? ""}`, state ?? "", tzName ?? ""].some(holdsLure),
  };
};

/** Which attributes the public may set. */
const attributesOf = ({ fields, extendedAttributes }: Listener): string[] =>
  fields.has(MESSAGE) || extendedAttributes.includes(MESSAGE)
    ? [...extendedAttributes]
    : [...extendedAttributes, MESSAGE];

const readForm = async (client: Botsplash, form: URLSearchParams, attributes: readonly string[]) => {
  if (!attributes.includes(MESSAGE)) return checked(client, form, attributes);
  // To the client, a message is what is texted.
  const [message, ...others] = form.getAll(MESSAGE);
  if (others.length > 0) throw wrong(`visitor.extendedAttributes.${MESSAGE}`, "expected one value, got several.");
  const { visitor, args } = await checked(client, withoutField(form, MESSAGE), attributes);
  if (message === undefined || message === "") return { visitor, ...(args && { args }) };
  const extendedAttributes = { ...visitor.extendedAttributes, [MESSAGE]: message };
  return { visitor: { ...visitor, extendedAttributes }, ...(args && { args }) };
};

/** A JSON body is anybody's: the client checks it. */
const readJson = (client: Botsplash, content: Content) =>
  checked(client, ("json" in content ? content.json : undefined) as ListenerSubmit, []);

const checked = async (
  client: Botsplash,
  input: URLSearchParams | ListenerSubmit,
  extendedAttributes: readonly string[],
): Promise<ListenerSubmit> => {
  try {
    return await client.readSubmission(input, { extendedAttributes });
  } catch (error) {
    if (!isBotsplashError(error) || error.code !== "validation") throw error;
    // A form in which nothing is filled in.
    if (input instanceof URLSearchParams && error.field === "visitor") return { visitor: {} };
    // The client names itself and says that nothing was sent.
    const detail = error.message.replace(/^submitListener: |^readSubmission: | Nothing was sent\.$/g, "");
    throw new Refusal(422, "validation", { field: error.field, detail });
  }
};

const permit = ({ visitor, args }: ListenerSubmit, { fields }: Listener, attributes: readonly string[]): void => {
  const { extendedAttributes, ...names } = visitor;
  const places = [
    { path: "visitor", values: names, allowed: fields, option: "fields", lists: false },
    { path: "args", values: args, allowed: fields, option: "fields", lists: false },
    {
      path: "visitor.extendedAttributes",
      values: extendedAttributes,
      allowed: new Set(attributes),
      option: "extendedAttributes",
      lists: true,
    },
  ];
  for (const { path, values, allowed, option, lists } of places) {
    for (const [name, value] of Object.entries(values ?? {})) {
      const field = `${path}.${name}`;
      if (!allowed.has(name)) {
        const detail = `${field}: this listener does not let the public set it. Its option ${option} does.`;
        throw new Refusal(422, "field_refused", { field, detail });
      }
      if (isFlat(value) || (lists && Array.isArray(value) && value.every(isFlat))) continue;
      throw wrong(field, "expected a single value.");
    }
  }
};

const wrong = (field: string, expected: string) =>
  new Refusal(422, "validation", { field, detail: `${field}: ${expected}` });

const isFlat = (value: unknown) => typeof value !== "object" || value === null;

/** For the developer of a form whose fields have other names. */
const hintOf = (unknown: readonly string[]): string => {
  const meant = unknown.flatMap((name) => {
    const known = probablyMeant(name);
    return known === undefined
      ? []
      : [` "${name}" is not a field; "${known}" (${fieldPath(known)}) was probably meant.`];
  });
  return meant.join("");
};
