// A form's fields, from the schemas.
import { resolved, type Schema } from "./document.ts";
import type { Operation } from "./operations.ts";

type Kind = "text" | "long" | "integer" | "boolean" | "choice" | "lines" | "json" | "group" | "list";

export interface Field {
  /** As the client's errors name it: `visitor.email`, `items[0].status`. */
  path: string;
  name: string;
  kind: Kind;
  /** The type's name as the contract has it. */
  type: string;
  required: boolean;
  docs: string;
  /** The choices; for a text, the suggestions. */
  choices?: string[];
  /** A group's own. */
  fields?: Field[];
  /** A list's n-th item. */
  item?: (index: number) => Field;
}

/** Under these names come texts of more than a few words. */
const LONG = ["message", "text", "notes"];

const fieldOf = (path: string, name: string, given: Schema, required: boolean): Field => {
  const schema = resolved(given);
  const field = { path, name, required, docs: schema.description ?? "", type: String(schema.type ?? "string") };
  const { properties, items, anyOf, additionalProperties } = schema;
  if (anyOf) return { ...field, kind: "text", choices: anyOf.flatMap((one) => one.const ?? []) };
  if (schema.enum) return { ...field, kind: "choice", choices: schema.enum };
  if (properties) {
    const known = fieldsOf(path, schema);
    return { ...field, kind: "group", fields: additionalProperties ? [...known, further(path)] : known };
  }
  switch (schema.type) {
    case "object":
      return { ...field, kind: "json", type: "any JSON object" };
    case "array": {
      const item = resolved(items ?? {});
      if (!item.properties) return { ...field, kind: "lines", type: "strings, one to a line" };
      return { ...field, kind: "list", item: (index) => fieldOf(`${path}[${index}]`, `${name}[${index}]`, item, true) };
    }
    case "integer":
    case "boolean":
      return { ...field, kind: schema.type };
    default:
      return { ...field, kind: LONG.includes(name) ? "long" : "text", type: schema.format ?? "string" };
  }
};

/** An open object's fields beyond those that are published. */
const further = (path: string): Field => ({
  path: `${path}.*`,
  name: "further fields",
  kind: "json",
  type: "any JSON object",
  required: false,
  docs: "Whatever else the workflow knows, as a JSON object.",
});

const fieldsOf = (path: string, { properties = {}, required = [] }: Schema): Field[] =>
  Object.entries(properties).map(([name, schema]) =>
    fieldOf(path ? `${path}.${name}` : name, name, schema, required.includes(name)),
  );

/** The arguments of an operation's path. */
export const pathFields = ({ values }: Operation): Field[] =>
  values.map(({ placeholder, field, docs, choices }) => ({
    path: field,
    name: placeholder,
    kind: choices ? "choice" : "text",
    type: "string",
    required: true,
    docs,
    ...(choices && { choices }),
  }));

/** The fields of its body. */
export const bodyFields = ({ body }: Operation): Field[] => (body ? fieldsOf("", resolved(body.schema)) : []);
