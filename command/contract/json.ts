// Reads values of which nothing is known yet.

export type Json = Readonly<Record<string, unknown>>;

/** @returns The value if it is an object, else an empty one. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns The value if it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** @returns The value if it is a string. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** @returns The strings in a list. */
export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((one) => typeof one === "string");
}

/** @returns A value of the object's own: `constructor` is nobody's. */
export function own(object: Json, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
