import { Refusal } from "./refusal.ts";

/**
 * @typedef {import("./contract.ts").Json} Json
 *
 * @typedef {object} ReceivedPart One part of a multipart body.
 * @property {string} name
 * @property {string} [filename] Missing on a part that is no file.
 * @property {string} [type] Missing on a part that is no file.
 * @property {number} size In bytes.
 *
 * @typedef {{ name: string, value: string | File }} Part
 *
 * @typedef {object} Parsed A request body, read.
 * @property {unknown} [json] The value of a JSON body.
 * @property {Part[]} [parts] The parts of a multipart body.
 */

/** @param {string} contentType @returns {string} The type without its parameters, in lower case. */
function essence(contentType) {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/**
 * Reads a body that should be of the expected type.
 * @param {Uint8Array} bytes
 * @param {string | undefined} contentType What the request says the body is.
 * @param {string} expected What the operation takes.
 * @returns {Promise<Parsed>} Empty for an empty body.
 * @throws {Refusal} If the body is of another type, or not what its type says.
 */
export async function parse(bytes, contentType, expected) {
  if (bytes.length === 0) return {};
  if (contentType === undefined || essence(contentType) !== expected) {
    throw new Refusal(415, "content_type_wrong", `The body must be of the content type ${expected}.`);
  }
  return expected === "multipart/form-data"
    ? { parts: await parseMultipart(bytes, contentType) }
    : { json: parseJson(bytes) };
}

/** @param {Uint8Array} bytes @returns {unknown} */
function parseJson(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), finite);
  } catch {
    // The engine's own message quotes the body.
    throw new Refusal(400, "json_broken", "The body is not valid JSON in UTF-8.");
  }
}

/** `1e999` would become Infinity, which passes for an integer. @param {string} _key @param {unknown} value */
function finite(_key, value) {
  if (value === Infinity || value === -Infinity) throw new RangeError("a number beyond all bounds");
  return value;
}

/** @param {Uint8Array} bytes @param {string} contentType @returns {Promise<Part[]>} */
async function parseMultipart(bytes, contentType) {
  try {
    const response = new Response(/** @type {BodyInit} */ (bytes), { headers: { "content-type": contentType } });
    return [...(await response.formData())].map(([name, value]) => ({ name, value }));
  } catch {
    throw new Refusal(400, "multipart_broken", "The body is not valid multipart/form-data.");
  }
}

/** @param {Part} part @returns {ReceivedPart} What a test wants to know of a part. */
export function summary({ name, value }) {
  return typeof value === "string"
    ? { name, size: new TextEncoder().encode(value).length }
    : { name, filename: value.name, type: value.type, size: value.size };
}

/**
 * Takes the API key out of a body, where it may travel beside the fields of the contract.
 * @param {Parsed} parsed
 * @returns {{ keys: unknown[], rest: Parsed }}
 */
export function takeKeys({ json, parts }) {
  if (parts) {
    const keys = parts.filter(({ name }) => name === "api_key").map(({ value }) => value);
    return { keys, rest: { parts: parts.filter(({ name }) => name !== "api_key") } };
  }
  if (isObject(json) && Object.hasOwn(json, "api_key")) {
    const { api_key, ...rest } = json;
    return { keys: [api_key], rest: { json: rest } };
  }
  return { keys: [], rest: { json } };
}

/** @param {unknown} value @returns {value is Json} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
