// From what was posted to what the API takes.
import { isBotsplashError } from "botsplash";
import { Refusal } from "./refusal.ts";

/**
 * @typedef {import("botsplash").ListenerSubmit} ListenerSubmit
 * @typedef {import("../options.ts").Listener} Listener
 */

/**
 * @param {import("botsplash").Botsplash} client whose schema it is
 * @param {import("./content.ts").Content} content
 * @param {Listener} listener
 * @returns {Promise<ListenerSubmit>} with nothing in it but what the listener lets the public set
 * @throws {Refusal} 422, naming the field
 */
export const submissionOf = async (client, content, listener) => {
  const input = "form" in content ? content.form : content.json;
  const submission = await client
    .readSubmission(/** @type {any} */ (input), { extendedAttributes: [...listener.extendedAttributes] })
    .catch((error) => {
      if (!isBotsplashError(error) || error.code !== "validation") throw error;
      throw new Refusal(422, "validation", error.message, error);
    });
  permit(submission, listener);
  return submission;
};

/** @param {ListenerSubmit} submission @param {Listener} listener */
const permit = ({ visitor, args }, { fields, extendedAttributes }) => {
  const { extendedAttributes: attributes, ...names } = visitor;
  const attributeNames = new Set(extendedAttributes);
  /** @type {[path: string, values: object | null | undefined, allowed: ReadonlySet<string>, lists: boolean][]} */
  const places = [
    ["visitor", names, fields, false],
    ["args", args, fields, false],
    ["visitor.extendedAttributes", attributes, attributeNames, true],
  ];
  for (const [path, values, allowed, lists] of places) {
    for (const [name, value] of Object.entries(values ?? {})) {
      const field = `${path}.${name}`;
      if (!allowed.has(name))
        throw new Refusal(422, "field_refused", `${field}: this listener does not let it be set.`, { field });
      if (isFlat(value) || (lists && Array.isArray(value) && value.every(isFlat))) continue;
      throw new Refusal(422, "validation", `${field}: expected a single value.`, { field });
    }
  }
  if (Object.keys(visitor).length === 0)
    throw new Refusal(422, "validation", "visitor: it is empty.", { field: "visitor" });
};

/** @param {unknown} value */
const isFlat = (value) => typeof value !== "object" || value === null;
