// What a body says, by its content type.
import { Refusal } from "./refusal.ts";

/** @typedef {{ form: URLSearchParams } | { json: unknown }} Content */

const URLENCODED = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";
const JSON_TYPE = "application/json";

/** An object in an object in ... is read by recursion, later on. */
const MAX_DEPTH = 16;

/** @param {Request} request its content type without parameters, in lower case */
export const contentType = (request) =>
  (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** @param {string} type */
export const isForm = (type) => type === URLENCODED || type === MULTIPART;

/**
 * @param {Request} request
 * @throws {Refusal} 415
 */
export const checkContentType = (request) => {
  const type = contentType(request);
  if (isForm(type) || type === JSON_TYPE) return;
  throw new Refusal(415, "content_type_unknown", `The body must be ${URLENCODED}, ${MULTIPART} or ${JSON_TYPE}.`);
};

/**
 * @param {Request} request
 * @param {Uint8Array<ArrayBuffer>} bytes its body
 * @param {number} maxFields
 * @returns {Promise<Content>}
 * @throws {Refusal} 400, 413, 415
 */
export const readContent = async (request, bytes, maxFields) => {
  switch (contentType(request)) {
    case URLENCODED:
      return { form: urlencoded(bytes, maxFields) };
    case MULTIPART:
      return { form: await multipart(request, bytes, maxFields) };
    default:
      return { json: readJson(bytes, maxFields) };
  }
};

/** @param {Uint8Array} bytes @param {number} maxFields */
const urlencoded = (bytes, maxFields) => {
  const text = decode(bytes);
  if (countOf(text, "&") >= maxFields) throw tooMany(maxFields);
  return new URLSearchParams(text);
};

/** @param {Request} request @param {Uint8Array<ArrayBuffer>} bytes @param {number} maxFields @returns {Promise<URLSearchParams>} */
const multipart = async (request, bytes, maxFields) => {
  // Before it is parsed: each part has this header.
  if (countOf(new TextDecoder("latin1").decode(bytes).toLowerCase(), "content-disposition:") > maxFields) {
    throw tooMany(maxFields);
  }
  const parts = await formData(request, bytes);
  const form = new URLSearchParams();
  for (const [name, value] of parts) {
    if (typeof value !== "string") throw new Refusal(400, "file_refused", "This takes no files.", { field: name });
    form.append(name, value);
  }
  return form;
};

/** @param {Request} request @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<[string, FormDataEntryValue][]>} */
export const formData = async (request, bytes) => {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return [...(await new Response(bytes, { headers }).formData())];
  } catch {
    throw new Refusal(400, "multipart_broken", "The body is no complete multipart/form-data.");
  }
};

/** @param {Uint8Array} bytes @param {number} maxFields @returns {unknown} */
export const readJson = (bytes, maxFields) => {
  const text = decode(bytes);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's own message quotes the body.
    throw new Refusal(400, "json_broken", "The body is not valid JSON.");
  }
  bound(value, maxFields);
  return value;
};

/** @param {unknown} root @param {number} maxFields */
const bound = (root, maxFields) => {
  let level = [root];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new Refusal(413, "too_deep", `The body is nested more than ${MAX_DEPTH} deep.`);
    count += level.length;
    if (count > maxFields + 1) throw tooMany(maxFields);
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
};

/** @param {number} maxFields */
const tooMany = (maxFields) => new Refusal(413, "too_many_fields", `The body has more than ${maxFields} fields.`);

/** @param {Uint8Array} bytes */
const decode = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, "text_broken", "The body is not UTF-8.");
  }
};

/** @param {string} text @param {string} part */
const countOf = (text, part) => text.split(part).length - 1;
