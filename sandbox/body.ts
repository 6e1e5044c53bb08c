import type { Json } from "./contract.ts";
import { Refusal } from "./refusal.ts";

/** One part of a multipart body, as it is recorded. */
export interface ReceivedPart {
  name: string;
  /** Missing on a part that is not a file. */
  filename?: string;
  /** Missing on a part that is not a file. */
  type?: string;
  /** In bytes. */
  size: number;
}

/** One part of a multipart body, whole. */
export interface Part {
  readonly name: string;
  readonly value: string | File;
}

/** A request body, read. */
export interface Parsed {
  /** The value of a JSON body. */
  readonly json?: unknown;
  /** The parts of a multipart body. */
  readonly parts?: readonly Part[];
}

/** The type without its parameters, in lower case. */
function essence(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/**
 * Reads a body that should be of the expected type.
 *
 * @param contentType The type that the request names.
 * @param expected The type that the operation takes.
 * @returns Empty for an empty body.
 * @throws {Refusal} If the body is of another type, or is not what its type says.
 */
export async function parse(bytes: Uint8Array, contentType: string | undefined, expected: string): Promise<Parsed> {
  if (bytes.length === 0) return {};
  if (contentType === undefined || essence(contentType) !== expected) {
    throw new Refusal(415, "content_type_wrong", `The body must be of the content type ${expected}.`);
  }
  return expected === "multipart/form-data"
    ? { parts: await parseMultipart(bytes, contentType) }
    : { json: parseJson(bytes) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), finite);
  } catch {
    // The engine's own message quotes the body.
    throw new Refusal(400, "json_broken", "The body is not valid JSON in UTF-8.");
  }
}

/** `1e999` would become Infinity, which passes for an integer. */
function finite(_key: string, value: unknown): unknown {
  if (value === Infinity || value === -Infinity) throw new RangeError("a number beyond all bounds");
  return value;
}

async function parseMultipart(bytes: Uint8Array, contentType: string): Promise<Part[]> {
  try {
    const response = new Response(bytes as BodyInit, { headers: { "content-type": contentType } });
    return [...(await response.formData())].map(([name, value]) => ({ name, value }));
  } catch {
    throw new Refusal(400, "multipart_broken", "The body is not valid multipart/form-data.");
  }
}

/** The facts about a part that a test wants to know. */
export function summary({ name, value }: Part): ReceivedPart {
  return typeof value === "string"
    ? { name, size: new TextEncoder().encode(value).length }
    : { name, filename: value.name, type: value.type, size: value.size };
}

/** Takes the API key out of a body, where it may travel beside the fields of the contract. */
export function takeKeys({ json, parts }: Parsed): { keys: unknown[]; rest: Parsed } {
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

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
