// Reads a schema as a list of its fields, whatever it is put together from.
import { isObject, type Json, listOf, own, stringOf, stringsOf } from "./json.ts";
import { nameOfReference, type References } from "./references.ts";
import { Unreadable } from "./unreadable.ts";

/** A schema's facts about one field. */
export interface Field {
  /** Without `null`; empty where the schema does not say. */
  readonly types: readonly string[];
  readonly nullable: boolean;
  /** Its object cannot be there without it. */
  readonly required: boolean;
  /** The values that are allowed. */
  readonly values: readonly string[];
  /** Other values are allowed beside these. */
  readonly otherValues: boolean;
  readonly format: string | undefined;
  /** `maxLength` and the like. */
  readonly limits: Readonly<Record<string, string>>;
  /** An object that takes fields of any name. */
  readonly open: boolean;
  /** The name of an object's schema, where it has one. */
  readonly schemaName: string | undefined;
  readonly description: string | undefined;
}

/** Fields by path: `visitor.email`, `items[].status`; `""` is the whole. */
export type Shape = ReadonlyMap<string, Field>;

/** A body with more fields than this is not looked at any further. */
const MAX_FIELDS = 2000;
const MAX_DEPTH = 12;
const LIMITS = [
  "minLength",
  "maxLength",
  "pattern",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
] as const;

/** A schema that is put together from more parts than this is not a description but an attack. */
const MAX_PARTS = 50_000;

interface Walk {
  readonly references: References;
  readonly shape: Map<string, Field>;
  partsLeft: number;
}

/** @throws {Unreadable} If the schema's parts multiply without end. */
export function shapeOf(schema: unknown, references: References): Shape {
  const walk: Walk = { references, shape: new Map(), partsLeft: MAX_PARTS };
  addFields(walk, "", true, layersOf(walk, schema, []), []);
  return walk.shape;
}

/** One schema as it applies: its own keywords, and those of all that it is put together from. */
interface Layer {
  readonly schema: Json;
  readonly name: string | undefined;
}

/** The alternatives of a schema; each is a list of layers that apply together. */
type Alternatives = readonly (readonly Layer[])[];

/** More alternatives than this are not told apart. */
const MAX_ALTERNATIVES = 32;

function layersOf(walk: Walk, node: unknown, above: readonly Json[]): Alternatives {
  walk.partsLeft -= 1;
  if (walk.partsLeft < 0) throw new Unreadable("The description's schemas multiply beyond the limit.");
  const schema = walk.references.follow(node);
  // A schema that is a part of itself says nothing new.
  if (above.includes(schema) || above.length > MAX_DEPTH * 4) return [[]];
  const below = [...above, schema];
  const itself: Alternatives = [[{ schema, name: nameOfReference(node) }]];
  const all = listOf(own(schema, "allOf")).map((part) => layersOf(walk, part, below));
  const any = ["oneOf", "anyOf"].flatMap((keyword) => {
    const parts = listOf(own(schema, keyword));
    return parts.length === 0 ? [] : [parts.flatMap((part) => layersOf(walk, part, below))];
  });
  return [...all, ...any].reduce<Alternatives>(
    (left, right) => left.flatMap((one) => right.map((other) => [...one, ...other])).slice(0, MAX_ALTERNATIVES),
    itself,
  );
}

function addFields(
  walk: Walk,
  path: string,
  required: boolean,
  alternatives: Alternatives,
  above: readonly Json[],
): void {
  if (walk.shape.size >= MAX_FIELDS) return;
  walk.shape.set(path, fieldOf(alternatives, required));
  const layers = alternatives.flat();
  if (above.length > MAX_DEPTH || layers.some(({ schema }) => above.includes(schema))) return;
  const below = [...above, ...layers.map(({ schema }) => schema)];

  for (const [name, nodes] of propertiesOf(layers)) {
    // Required in each alternative, that is, whichever the caller chooses.
    const needed = alternatives.every((one) =>
      one.some(({ schema }) => stringsOf(own(schema, "required")).includes(name)),
    );
    addFields(walk, path === "" ? name : `${path}.${name}`, needed, together(walk, nodes), below);
  }
  const items = layers.flatMap(({ schema }) => (isObject(own(schema, "items")) ? [own(schema, "items")] : []));
  if (items.length > 0) addFields(walk, `${path}[]`, false, together(walk, items), below);
}

/** The same field as several schemas have it: each of them is an alternative. */
function together(walk: Walk, nodes: readonly unknown[]): Alternatives {
  return [...new Set(nodes)].slice(0, MAX_ALTERNATIVES).flatMap((node) => layersOf(walk, node, []));
}

function propertiesOf(layers: readonly Layer[]): Map<string, unknown[]> {
  const properties = new Map<string, unknown[]>();
  for (const { schema } of layers) {
    const given = own(schema, "properties");
    if (!isObject(given)) continue;
    for (const [name, node] of Object.entries(given)) properties.set(name, [...(properties.get(name) ?? []), node]);
  }
  return properties;
}

function fieldOf(alternatives: Alternatives, required: boolean): Field {
  const told = alternatives.map(factsOf);
  // `null` as an alternative makes the others nullable.
  const kinds = told.filter(({ types, nullable }) => !(nullable && types.length === 0));
  const values = [...new Set(kinds.flatMap((one) => one.values))];
  const [first] = kinds;
  const layers = alternatives.flat();
  return {
    types: [...new Set(kinds.flatMap(({ types }) => types))].sort(),
    nullable: told.some(({ nullable }) => nullable),
    required,
    values,
    otherValues: values.length > 0 && kinds.some((one) => one.values.length === 0),
    format: kinds.every(({ format }) => format === first?.format) ? first?.format : undefined,
    limits: kinds.length === 1 ? (first?.limits ?? {}) : {},
    open: layers.every(({ schema }) => own(schema, "additionalProperties") !== false),
    schemaName: layers.find(({ name, schema }) => name !== undefined && isObject(own(schema, "properties")))?.name,
    description: layers.map(({ schema }) => stringOf(own(schema, "description"))).find((one) => one !== undefined),
  };
}

interface Facts {
  readonly types: readonly string[];
  readonly nullable: boolean;
  readonly values: readonly string[];
  readonly format: string | undefined;
  readonly limits: Readonly<Record<string, string>>;
}

/** The layers of one alternative, taken together. */
function factsOf(layers: readonly Layer[]): Facts {
  const schemas = layers.map(({ schema }) => schema);
  const types = schemas.flatMap(typesOf);
  const values = schemas.flatMap((schema) =>
    Object.hasOwn(schema, "const") ? [schema.const] : listOf(own(schema, "enum")),
  );
  return {
    types: [...new Set(types)].filter((type) => type !== "null"),
    nullable:
      types.includes("null") || schemas.some((schema) => own(schema, "nullable") === true) || values.includes(null),
    values: values.filter((value) => value !== null).map(String),
    format: schemas.map((schema) => stringOf(own(schema, "format"))).find((format) => format !== undefined),
    limits: Object.fromEntries(
      schemas.flatMap((schema) =>
        LIMITS.flatMap((name) => {
          const limit = own(schema, name);
          return ["string", "number"].includes(typeof limit) || limit === true ? [[name, String(limit)]] : [];
        }),
      ),
    ),
  };
}

function typesOf(schema: Json): string[] {
  const type = own(schema, "type");
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return stringsOf(type);
  if (isObject(own(schema, "properties"))) return ["object"];
  if (isObject(own(schema, "items"))) return ["array"];
  const values = Object.hasOwn(schema, "const") ? [schema.const] : listOf(own(schema, "enum"));
  return [...new Set(values.map((value) => (value === null ? "null" : typeof value)))];
}
