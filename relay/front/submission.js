// From what was posted to what the API takes.
import { ARGS_FIELDS, LEAD_FIELDS, VISITOR_FIELDS } from "./fields.js";
import { Refusal } from "./refusal.js";

/**
 * @typedef {import("botsplash").ListenerSubmit} ListenerSubmit
 * @typedef {import("../options.js").Listener} Listener
 */

/**
 * @param {import("botsplash").Botsplash} client whose schema it is
 * @param {import("./content.js").Content} content
 * @param {Listener} listener
 * @returns {Promise<ListenerSubmit>} with nothing in it but what the listener lets the public set
 * @throws {Refusal} 422, naming the field
 */
export const submissionOf = async (client, content, listener) => {
  const { extendedAttributes } = listener;
  const input = "fields" in content ? content.fields : content.json;
  const submission = await readSubmission(client, input, { extendedAttributes });
  permit(submission, listener);
  return submission;
};

/**
 * @param {ListenerSubmit} submission
 * @param {Listener} listener
 */
const permit = ({ visitor, args = {} }, { fields, extendedAttributes }) => {
  const { extendedAttributes: extended = {}, ...names } = visitor;
  const given = [
    ...Object.entries(names).map(([name, value]) => ({ path: `visitor.${name}`, value, allowed: fields.has(name) })),
    ...Object.entries(args).map(([name, value]) => ({ path: `args.${name}`, value, allowed: fields.has(name) })),
    ...Object.entries(extended).map(([name, value]) => ({
      ...{ path: `visitor.extendedAttributes.${name}`, value, allowed: extendedAttributes.includes(name) },
    })),
  ];
  if (given.length === 0) throw new Refusal(422, "validation", "The lead is empty.", { field: "visitor" });
  for (const { path, value, allowed } of given) {
    if (!allowed) throw new Refusal(422, "field_refused", `${path}: this listener does not let it be set.`, { field: path });
    if (typeof value === "object" && value !== null) {
      throw new Refusal(422, "validation", `${path}: expected a single value.`, { field: path });
    }
  }
};

/**
 * @param {any} _client
 * @param {any} input
 * @param {{ extendedAttributes: readonly string[] }} options
 * @returns {Promise<ListenerSubmit>}
 */
const readSubmission = async (_client, input, { extendedAttributes }) => {
  const invalid = (/** @type {string} */ field) => new Refusal(422, "validation", `${field}: not as expected.`, { field });
  if (!Array.isArray(input)) {
    if (typeof input?.visitor !== "object" || input.visitor === null) throw invalid("visitor");
    return input;
  }
  /** @type {any} */
  const submission = { visitor: {} };
  for (const [name, value] of input) {
    const isKnown = LEAD_FIELDS.includes(name) || extendedAttributes.includes(name);
    if (!isKnown || value === "") continue;
    const place = VISITOR_FIELDS.includes(/** @type {any} */ (name))
      ? submission.visitor
      : ARGS_FIELDS.includes(/** @type {any} */ (name))
        ? (submission.args ??= {})
        : (submission.visitor.extendedAttributes ??= {});
    if (Object.hasOwn(place, name)) throw invalid(name);
    place[name] = value;
  }
  return submission;
};
