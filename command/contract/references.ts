// Follows the `$ref`s of a description.
import { isObject, type Json, own, stringOf } from "./json.ts";
import { Unreadable } from "./unreadable.ts";

export interface References {
  /**
   * @returns The object that is meant; an empty one where a reference leads out of the document or nowhere.
   * @throws {Unreadable} If references lead back to themselves.
   */
  follow(node: unknown): Json;
  /** The references that lead out of the document or nowhere. */
  readonly dangling: ReadonlySet<string>;
}

export function referencesOf(document: Json): References {
  const dangling = new Set<string>();
  return {
    dangling,
    follow(node) {
      const seen = new Set<string>();
      let at = node;
      for (;;) {
        if (!isObject(at)) return {};
        const reference = stringOf(own(at, "$ref"));
        if (reference === undefined) return at;
        if (seen.has(reference)) throw new Unreadable("The description's references lead back to themselves.");
        seen.add(reference);
        const target = find(document, reference);
        if (target === undefined) {
          dangling.add(reference);
          return {};
        }
        // In 3.1, what stands beside a reference counts too.
        const { $ref, ...beside } = at;
        at = isObject(target) && Object.keys(beside).length > 0 ? { ...target, ...beside } : target;
      }
    },
  };
}

function find(document: Json, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let at: unknown = document;
  for (const part of reference.slice(2).split("/")) {
    const key = unescapePointer(part);
    if (Array.isArray(at)) at = at[Number(key)];
    else if (isObject(at)) at = own(at, key);
    else return undefined;
  }
  return at;
}

function unescapePointer(part: string): string {
  const pointer = part.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}

/** `NewVisitor` for `#/components/schemas/NewVisitor`. */
export function nameOfReference(node: unknown): string | undefined {
  const reference = isObject(node) ? stringOf(own(node, "$ref")) : undefined;
  return reference === undefined ? undefined : unescapePointer(reference.slice(reference.lastIndexOf("/") + 1));
}
