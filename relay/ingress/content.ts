// Reads a body by its content type.
import { CHARSET_FIELD } from "../fields.ts";
import { asUtf8, decode } from "./charset.ts";
import { type DecodedForm, decodedForm, urlencodedPairs, widened } from "./form-bytes.ts";
import { Refusal } from "./refusal.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A form or JSON; `charset` where it was not UTF-8. */
export type Content = DecodedForm | { json: unknown; charset?: string };

const URLENCODED = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";
const JSON_TYPE = "application/json";

/** An object in an object in ... is read by recursion, later on. */
const MAX_DEPTH = 16;

/** Its content type without parameters, in lower case. */
export const contentType = (request: Request): string =>
  (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** The charset that the content type names. */
const declaredCharset = (request: Request): string | undefined =>
  /;\s*charset\s*=\s*("[^"]*"|[^;\s]+)/i.exec(request.headers.get("content-type") ?? "")?.[1];

export const isForm = (type: string): boolean => type === URLENCODED || type === MULTIPART;

/** @throws {Refusal} 415 */
export const checkContentType = (request: Request): void => {
  const type = contentType(request);
  if ((request.headers.get("content-encoding") ?? "identity").toLowerCase() !== "identity") {
    // Nobody unpacks it: its bytes would be taken for a form's text.
    throw new Refusal(415, "content_type_unknown", { detail: "The body must come without a Content-Encoding." });
  }
  if (isForm(type) || type === JSON_TYPE) return;
  const detail = `The body must be ${URLENCODED}, ${MULTIPART} or ${JSON_TYPE}.`;
  throw new Refusal(415, "content_type_unknown", { detail });
};

/** @throws {Refusal} 400, 413, 415 */
export const readContent = async (request: Request, bytes: Bytes, maxFields: number): Promise<Content> => {
  switch (contentType(request)) {
    case URLENCODED:
      return urlencoded(bytes, maxFields, declaredCharset(request));
    case MULTIPART:
      return multipart(request, bytes, maxFields);
    default: {
      const { text, ...charset } = decode(bytes, declaredCharset(request));
      return { json: parseJson(text, maxFields), ...charset };
    }
  }
};

const urlencoded = (bytes: Bytes, maxFields: number, declared: string | undefined): DecodedForm => {
  const text = asUtf8(bytes);
  if (countOf(text ?? new TextDecoder().decode(bytes), "&") >= maxFields) throw tooMany(maxFields);
  const form = text === undefined ? undefined : new URLSearchParams(text);
  // Nearly every form is this one: UTF-8, and says nothing else.
  if (form && isPlain(form) && isUtf8Label(declared)) return { form };
  return withoutCharsetField(decodedForm(urlencodedPairs(bytes), declared));
};

/** Whether no byte of it was lost, which is U+FFFD then, and it names no charset of its own. */
const isPlain = (form: URLSearchParams) => !form.has(CHARSET_FIELD) && !String(form).includes("%EF%BF%BD");

const isUtf8Label = (label: string | undefined) => label === undefined || /^"?\s*utf-?8\s*"?$/i.test(label);

/** The form without the fields of this name. It goes by a text, since to hand engines pairs costs them ten times as much. */
export const withoutField = (form: URLSearchParams, name: string): URLSearchParams => {
  const rest = new URLSearchParams(String(form));
  rest.delete(name);
  return rest;
};

const withoutCharsetField = (decoded: DecodedForm): DecodedForm => {
  decoded.form.delete(CHARSET_FIELD);
  return decoded;
};

const multipart = async (request: Request, bytes: Bytes, maxFields: number): Promise<DecodedForm> => {
  // Before it is parsed: each part has this header.
  if (countOf(new TextDecoder("latin1").decode(bytes).toLowerCase(), "content-disposition:") > maxFields) {
    throw tooMany(maxFields);
  }
  const parts = textsOf(await formData(request, bytes));
  const form = new URLSearchParams(parts);
  if (asUtf8(bytes) !== undefined && !form.has(CHARSET_FIELD)) return { form };
  return withoutCharsetField(decodedForm(textsOf(await formData(request, widened(bytes))), undefined));
};

const textsOf = (parts: readonly [string, FormDataEntryValue][]): [string, string][] =>
  parts.flatMap(([name, value]) => {
    if (typeof value === "string") return [[name, value]];
    // A file field that nobody has used.
    if (value.size === 0 && value.name === "") return [];
    throw new Refusal(400, "file_refused", { field: name });
  });

/** @throws {Refusal} 400 */
export const formData = async (request: Request, bytes: Bytes): Promise<[string, FormDataEntryValue][]> => {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return [...(await new Response(bytes, { headers }).formData())];
  } catch {
    throw new Refusal(400, "multipart_broken", { detail: "The body is not a complete multipart/form-data." });
  }
};

/** @throws {Refusal} 400, 413 */
export const readJson = (bytes: Bytes, maxFields: number): unknown =>
  parseJson(decode(bytes, undefined).text, maxFields);

const parseJson = (text: string, maxFields: number): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's own message quotes the body.
    throw new Refusal(400, "json_broken", { detail: "The body is not valid JSON." });
  }
  bound(value, maxFields);
  return value;
};

const bound = (root: unknown, maxFields: number): void => {
  let level = [root];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new Refusal(413, "too_deep", { detail: `JSON may be nested ${MAX_DEPTH} deep.` });
    count += level.length;
    if (count > maxFields + 1) throw tooMany(maxFields);
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
};

const tooMany = (maxFields: number) =>
  new Refusal(413, "too_many_fields", { detail: `The body has more than ${maxFields} fields (maxFields).` });

const countOf = (text: string, part: string) => text.split(part).length - 1;
