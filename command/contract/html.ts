// Finds the description inside a page, as Redoc and others save it: in a script, in a string of a script, or in
// escaped text.
import { isObject, own } from "./json.ts";
import { parseText } from "./parse-text.ts";
import { Unreadable } from "./unreadable.ts";

/** How many characters are looked at before a page is given up: each beginning of an object is tried. */
const MAX_WORK = 16_000_000;

/** How many texts are parsed as YAML before a page is given up. */
const MAX_TEXTS = 10;

/** Thrown for a page that does not hold the description but says where it is. */
export class Elsewhere extends Unreadable {
  /** As the page has it: it may be relative. */
  readonly location: string;

  constructor(location: string) {
    super("The page does not hold the description but loads it from another address: save that one instead.");
    this.location = location;
  }
}

/** @throws {Unreadable} If the page holds none, or several. */
export async function descriptionIn(page: string): Promise<unknown> {
  const found = new Map<string, unknown>();
  const budget = { left: MAX_WORK };
  const keep = (value: unknown): void => {
    if (isDescription(value)) found.set(JSON.stringify(value), value);
  };
  for (const value of objectsIn(page, budget)) keep(value);
  if (found.size === 0) for (const value of objectsIn(unescapeHtml(page), budget)) keep(value);
  if (found.size === 0) {
    for (const text of firstFew(textsIn(page))) keep(await parseText(text).catch(() => undefined));
  }

  const [description, another] = found.values();
  if (another !== undefined) {
    throw new Unreadable(`The page holds ${found.size} different descriptions: save the one that is meant.`);
  }
  if (description !== undefined) return description;
  const location = /\bspec-?url\s*=\s*["']([^"']+)["']|Redoc\.init\(\s*["']([^"']+)["']/i.exec(page);
  const address = location?.[1] ?? location?.[2];
  if (address !== undefined) throw new Elsewhere(unescapeHtml(address));
  throw new Unreadable(
    "The page holds no OpenAPI description: use its button or link for the download, and give the file that it saves.",
  );
}

function isDescription(value: unknown): boolean {
  if (!isObject(value)) return false;
  const version = own(value, "openapi") ?? own(value, "swagger");
  return version !== undefined && isObject(own(value, "paths"));
}

interface Budget {
  left: number;
}

/** Every object of JSON with a field `openapi`, in the text itself or in a string of it. */
function* objectsIn(text: string, budget: Budget): Generator<unknown> {
  for (const { index } of text.matchAll(/"(?:openapi|swagger)"\s*:\s*"/g)) {
    for (let open = text.lastIndexOf("{", index); open !== -1 && budget.left > 0; ) {
      const value = objectAt(text, open, budget);
      if (isDescription(value)) {
        yield value;
        break;
      }
      open = open === 0 ? -1 : text.lastIndexOf("{", open - 1);
    }
  }
  for (const { index } of text.matchAll(/\\"(?:openapi|swagger)\\"\s*:/g)) {
    if (budget.left <= 0) return;
    const inner = stringAround(text, index, budget);
    if (inner !== undefined) yield* objectsIn(inner, budget);
  }
}

/** The object of JSON that begins there, if one does. */
function objectAt(text: string, start: number, budget: Budget): unknown {
  let depth = 0;
  let quoted = false;
  let at = start;
  for (; at < text.length && budget.left > 0; at += 1, budget.left -= 1) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{") depth += 1;
    else if (char === "}" && --depth === 0) return json(text.slice(start, at + 1));
  }
  return undefined;
}

/** The string literal around a place, unescaped. */
function stringAround(text: string, inside: number, budget: Budget): string | undefined {
  let start = inside;
  while (start >= 0 && budget.left > 0 && !(text[start] === '"' && text[start - 1] !== "\\")) {
    start -= 1;
    budget.left -= 1;
  }
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  budget.left -= end - start;
  const value = start < 0 ? undefined : json(text.slice(start, end + 1));
  return typeof value === "string" ? value : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first of the texts that have paths. */
function firstFew(texts: Iterable<string>): string[] {
  const few: string[] = [];
  for (const text of texts) {
    if (text.includes("paths") && few.push(text) === MAX_TEXTS) break;
  }
  return few;
}

/** Texts that may be YAML: what stands in elements for code, in strings of scripts, and in links to data. */
function* textsIn(page: string): Generator<string> {
  const openapi = /^\s*(?:#[^\n]*\n\s*|---\s*\n\s*)*["']?openapi["']?\s*:/;
  for (const inner of ["script", "pre", "code", "textarea", "template"].flatMap((name) => elements(page, name))) {
    const text = unescapeHtml(inner.replace(/<\/?[a-z][^<>]*>/gi, ""));
    if (openapi.test(text)) yield text;
  }
  for (const [literal] of page.matchAll(/"openapi: (?:[^"\\]|\\.)*"/g)) {
    const text = json(literal);
    if (typeof text === "string") yield text;
  }
  for (const [, base64, data = ""] of page.matchAll(/href=["']data:[^,"']*?(;base64)?,([^"']+)["']/gi)) {
    const text = dataOf(data, base64 !== undefined);
    if (text !== undefined) yield text;
  }
}

/** The contents of a page's elements of that name, markup and all. */
function elements(page: string, name: string): string[] {
  const found: string[] = [];
  const begin = new RegExp(`<${name}\\b`, "gi");
  const end = new RegExp(`</${name}\\s*>`, "gi");
  while (begin.exec(page) !== null) {
    const start = page.indexOf(">", begin.lastIndex) + 1;
    end.lastIndex = start;
    const close = start === 0 ? null : end.exec(page);
    if (close === null) break;
    found.push(page.slice(start, close.index));
    begin.lastIndex = close.index;
  }
  return found;
}

function dataOf(data: string, isBase64: boolean): string | undefined {
  try {
    if (!isBase64) return decodeURIComponent(unescapeHtml(data));
    return new TextDecoder().decode(Uint8Array.from(atob(data), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&", nbsp: " " };

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(quot|apos|lt|gt|amp|nbsp));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
