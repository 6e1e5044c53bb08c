// Reads the fields of a caller's object that fits its form. It may answer differently the second time:
// then a field is as if it were not there.
import { type Callback, type Foreign, safely } from "./safely.ts";

/** A field's value. A null counts as absent. */
export const field = (object: Foreign, name: string): Foreign => safely(() => object[name]) ?? undefined;

export const text = (object: unknown, name: string): string | undefined => {
  const value = field(object, name);
  return typeof value === "string" ? value : undefined;
};

/** NaN where there is none, as Rust takes it. */
export const number = (object: unknown, name: string): number => {
  const value = field(object, name);
  return typeof value === "number" ? value : Number.NaN;
};

export const callable = (object: unknown, name: string): Callback | undefined => {
  const value = field(object, name);
  return typeof value === "function" ? value : undefined;
};
