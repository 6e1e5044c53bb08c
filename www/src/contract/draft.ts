// A form's texts, and the value that they stand for.
import type { Field } from "./fields.ts";

/** Strings by the field's path; a list's length under its own. An empty field is left out. */
export type Draft = Readonly<Record<string, string>>;

export const lengthOf = (field: Field, draft: Draft) => Number(draft[field.path] ?? 0);

/** The value of a field's text; `undefined` where nothing is to be sent. */
export const valueIn = (field: Field, draft: Draft): unknown => {
  const text = draft[field.path] ?? "";
  switch (field.kind) {
    case "group":
      return objectOf(field.fields ?? [], draft, field.required);
    case "list": {
      const items = Array.from({ length: lengthOf(field, draft) }, (_, index) => valueIn(field.item!(index), draft));
      return items.length > 0 || field.required ? items : undefined;
    }
    case "lines":
      return text.trim() ? text.split("\n").filter(Boolean) : undefined;
    case "boolean":
      return text ? text === "true" : undefined;
    case "integer":
      // A string that is not a number stays a string: the client says what it expected.
      return text.trim() ? (Number.isNaN(Number(text)) ? text : Number(text)) : undefined;
    case "json":
      return text.trim() ? parsed(text) : undefined;
    default:
      return text || (field.required ? "" : undefined);
  }
};

/** The object that the fields make up; `undefined` where it would be empty and need not be there. */
export const objectOf = (fields: Field[], draft: Draft, required: boolean): Record<string, unknown> | undefined => {
  const all: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueIn(field, draft);
    if (value === undefined) continue;
    if (!field.path.endsWith(".*")) all[field.name] = value;
    else if (isObject(value)) Object.assign(all, value);
  }
  return required || Object.keys(all).length > 0 ? all : undefined;
};

/** Whether what stands there is not, or not yet, the JSON that the field wants. */
export const isBroken = (field: Field, draft: Draft) =>
  field.kind === "json" && Boolean(draft[field.path]?.trim()) && !isObject(valueIn(field, draft));

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The draft that stands for a value. @param keep which fields of it to take */
export const draftOf = (fields: Field[], value: unknown, keep: (field: Field) => boolean = () => true): Draft => {
  const draft: Record<string, string> = {};
  const fill = (field: Field, given: unknown) => {
    if (given === undefined || given === null) return;
    if (field.kind === "group") {
      for (const inner of field.fields ?? []) fill(inner, (given as Record<string, unknown>)[inner.name]);
    } else if (field.kind === "list") {
      draft[field.path] = String((given as unknown[]).length);
      for (const [index, item] of (given as unknown[]).entries()) fill(field.item!(index), item);
    } else if (keep(field)) {
      draft[field.path] =
        field.kind === "lines"
          ? (given as string[]).join("\n")
          : typeof given === "object"
            ? JSON.stringify(given, null, 2)
            : String(given);
    }
  };
  for (const field of fields) fill(field, (value as Record<string, unknown> | undefined)?.[field.name]);
  return draft;
};
