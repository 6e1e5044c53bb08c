// Makes a value of a text: JSON, or YAML.
import { Unreadable } from "./unreadable.ts";

/** YAML takes far longer to parse than JSON. */
const MAX_YAML_CHARACTERS = 2 * 1024 * 1024;

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
    throw new Unreadable("The document's YAML grows beyond the limit when its aliases are followed.");
  }
}
