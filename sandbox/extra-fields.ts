// Takes out of a body the fields that a sandbox lets through although the contract does not have them.
import { isObject } from "./body.ts";

/**
 * @param paths Such as `visitor.nickname` and `items[].note`.
 * @returns The value without these fields; the value itself where it has none of them.
 */
export function withoutFields(value: unknown, paths: readonly string[]): unknown {
  return paths.reduce((rest, path) => without(rest, path.replaceAll("[]", ".[]").split(".")), value);
}

function without(value: unknown, [key = "", ...rest]: readonly string[]): unknown {
  if (key === "[]") {
    return Array.isArray(value) && rest.length > 0 ? value.map((item) => without(item, rest)) : value;
  }
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  const { [key]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...value, [key]: without(inner, rest) };
}
