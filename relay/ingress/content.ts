// What a body says, by its content type.
import { Refusal } from "./refusal.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export type Content = { form: URLSearchParams } | { json: unknown };

const URLENCODED = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";
const JSON_TYPE = "application/json";

/** An object in an object in ... is read by recursion, later on. */
const MAX_DEPTH = 16;

/** Its content type without parameters, in lower case. */
export const contentType = (request: Request): string =>
  (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

export const isForm = (type: string): boolean => type === URLENCODED || type === MULTIPART;

/** @throws {Refusal} 415 */
export const checkContentType = (request: Request): void => {
  const type = contentType(request);
  if (isForm(type) || type === JSON_TYPE) return;
  throw new Refusal(415, "content_type_unknown", `The body must be ${URLENCODED}, ${MULTIPART} or ${JSON_TYPE}.`);
};

/** @throws {Refusal} 400, 413, 415 */
export const readContent = async (request: Request, bytes: Bytes, maxFields: number): Promise<Content> => {
  switch (contentType(request)) {
    case URLENCODED:
      return { form: urlencoded(bytes, maxFields) };
    case MULTIPART:
      return { form: await multipart(request, bytes, maxFields) };
    default:
      return { json: readJson(bytes, maxFields) };
  }
};

const urlencoded = (bytes: Bytes, maxFields: number): URLSearchParams => {
  const text = decode(bytes);
  if (countOf(text, "&") >= maxFields) throw tooMany(maxFields);
  return new URLSearchParams(text);
};

const multipart = async (request: Request, bytes: Bytes, maxFields: number): Promise<URLSearchParams> => {
  // Before it is parsed: each part has this header.
  if (countOf(new TextDecoder("latin1").decode(bytes).toLowerCase(), "content-disposition:") > maxFields) {
    throw tooMany(maxFields);
  }
  const form = new URLSearchParams();
  for (const [name, value] of await formData(request, bytes)) {
    if (typeof value !== "string") throw new Refusal(400, "file_refused", "This takes no files.", { field: name });
    form.append(name, value);
  }
  return form;
};

/** @throws {Refusal} 400 */
export const formData = async (request: Request, bytes: Bytes): Promise<[string, FormDataEntryValue][]> => {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return [...(await new Response(bytes, { headers }).formData())];
  } catch {
    throw new Refusal(400, "multipart_broken", "The body is not a complete multipart/form-data.");
  }
};

/** @throws {Refusal} 400, 413 */
export const readJson = (bytes: Bytes, maxFields: number): unknown => {
  const text = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's own message quotes the body.
    throw new Refusal(400, "json_broken", "The body is not valid JSON.");
  }
  bound(value, maxFields);
  return value;
};

const bound = (root: unknown, maxFields: number): void => {
  let level = [root];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new Refusal(413, "too_deep", `The body is nested more than ${MAX_DEPTH} deep.`);
    count += level.length;
    if (count > maxFields + 1) throw tooMany(maxFields);
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
};

const tooMany = (maxFields: number) =>
  new Refusal(413, "too_many_fields", `The body has more than ${maxFields} fields.`);

const decode = (bytes: Bytes): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, "text_broken", "The body is not UTF-8.");
  }
};

const countOf = (text: string, part: string) => text.split(part).length - 1;
