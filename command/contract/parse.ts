// Makes a description of a text: JSON, YAML, or a page with one inside.
import { isObject, type Json, own } from "./json.ts";
import { Unreadable } from "./unreadable.ts";

/** The largest text that is read, in bytes. */
export const MAX_BYTES = 8 * 1024 * 1024;

/** YAML takes far longer to parse than JSON. */
const MAX_YAML_CHARACTERS = 2 * 1024 * 1024;

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

/** @throws {Unreadable} If it is neither JSON nor YAML. */
export async function parseText(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return parseYaml(text);
  }
}

async function parseYaml(text: string): Promise<unknown> {
  if (text.length > MAX_YAML_CHARACTERS) {
    const megabytes = Math.round(MAX_YAML_CHARACTERS / 1024 / 1024);
    throw new Unreadable(
      `The document is not valid JSON, and has more than the ${megabytes} MB that are read as YAML.`,
    );
  }
  const { parseDocument } = await import("yaml");
  try {
    const document = parseDocument(text, { prettyErrors: true, merge: true, logLevel: "silent" });
    const [error] = document.errors;
    if (error !== undefined) {
      const [at] = error.linePos ?? [];
      const place = at === undefined ? "" : ` (line ${at.line}, column ${at.col})`;
      throw new Unreadable(`The document is neither valid JSON nor valid YAML${place}.`);
    }
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    // Aliases that multiply, or levels without end: the parser gives up, with an error of its own for each.
    throw new Unreadable("The document's YAML grows beyond all bounds when its aliases are followed.");
  }
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
