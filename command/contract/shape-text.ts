// A field written down again: as a type, and as a schema.
import type { Json } from "./json.ts";
import type { Shape } from "./shape.ts";

const TYPES: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  object: "Record<string, unknown>",
};

/** A field in TypeScript. */
export function typeScript(path: string, shape: Shape): string {
  const field = shape.get(path);
  if (field === undefined) return "unknown";
  const types = field.types.map((type) => {
    if (type === "array") return `(${typeScript(`${path}[]`, shape)})[]`.replace(/^\((\w+)\)/, "$1");
    if (type === "string" && field.values.length > 0 && !field.otherValues) {
      return field.values.map((value) => JSON.stringify(value)).join(" | ");
    }
    return TYPES[type] ?? "unknown";
  });
  const all = [...new Set([...types, ...(field.nullable ? ["null"] : [])])];
  return all.length === 0 ? "unknown" : all.join(" | ");
}

/** A field in JSON Schema, with the fields inside of it. */
export function jsonSchema(path: string, shape: Shape): Json {
  const field = shape.get(path);
  if (field === undefined) return {};
  const { types, nullable, values, otherValues, format, limits, description } = field;
  const all = [...types, ...(nullable ? ["null"] : [])];
  const inside = [...shape.keys()].filter(
    (other) => other.startsWith(`${path}.`) && !/[.[]/.test(other.slice(path.length + 1)),
  );
  return {
    ...(all.length > 0 && { type: all.length === 1 ? all[0] : all }),
    ...(values.length > 0 && !otherValues && { enum: values }),
    ...(format !== undefined && { format }),
    ...Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, JSON.parse(numeric(value))])),
    ...(description !== undefined && { description }),
    ...(shape.has(`${path}[]`) && { items: jsonSchema(`${path}[]`, shape) }),
    ...(inside.length > 0 && {
      properties: Object.fromEntries(inside.map((other) => [other.slice(path.length + 1), jsonSchema(other, shape)])),
    }),
  };
}

function numeric(value: string): string {
  return /^(true|-?\d+(\.\d+)?)$/.test(value) ? value : JSON.stringify(value);
}
