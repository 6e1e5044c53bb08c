// Makes a description of a text: JSON, YAML, or a page with one inside.
import { isObject, type Json, own } from "./json.ts";
import { parseText } from "./parse-text.ts";
import { Unreadable } from "./unreadable.ts";

/** The largest text that is read, in bytes. */
export const MAX_BYTES = 8 * 1024 * 1024;

/**
 * @returns An OpenAPI description with paths, versions 3.0 and 3.1.
 * @throws {Unreadable} If the text holds none.
 */
export async function parseDescription(text: string): Promise<Json> {
  const source = text.replace(/^\uFEFF/, "");
  if (source.trim() === "") throw new Unreadable("The document is empty.");
  if (source.includes("\0")) {
    throw new Unreadable("The document is not a text in UTF-8, so that it is neither JSON, YAML nor HTML.");
  }
  const value = /^\s*</.test(source) ? (await import("./html.ts")).descriptionIn(source) : parseText(source);
  return checked(await value);
}

function checked(value: unknown): Json {
  if (!isObject(value)) throw new Unreadable("The document is not an OpenAPI description: it is not an object.");
  const openapi = own(value, "openapi");
  if (own(value, "swagger") !== undefined) {
    throw new Unreadable("The document is Swagger 2.0: convert it to OpenAPI 3 first.");
  }
  if (openapi === undefined) {
    throw new Unreadable('The document is not an OpenAPI description: it has no field "openapi".');
  }
  if (!/^3\.[01](\.|$)/.test(String(openapi))) {
    throw new Unreadable("The document is of another version of OpenAPI: expected 3.0 or 3.1.");
  }
  const paths = own(value, "paths");
  if (!isObject(paths) || Object.keys(paths).length === 0) {
    throw new Unreadable("The description has no paths.");
  }
  return value;
}
