// The fields and parameters that one of their operations has and ours lacks, and the other way round.
import type { Body, Operation } from "./description.ts";
import type { Json } from "./json.ts";
import type { Field, Shape } from "./shape.ts";
import { jsonSchema, typeScript } from "./shape-text.ts";

/** One thing in which an operation of theirs differs from ours. */
export interface Difference {
  readonly in: "request" | "response" | "query" | "header";
  /** Such as `visitor.nickname`; empty for the whole. */
  readonly field: string;
  readonly kind: "added" | "missing" | "type" | "required" | "values" | "format" | "limits" | "body";
  /** As they have it, in words. */
  readonly theirs: string;
  /** As we have it, in words. */
  readonly ours: string;
}

/** A field that their requests have, and that the client would refuse. */
export interface ExtraField {
  readonly path: string;
  /** The name of the type that lacks it, as the package declares it. */
  readonly type: string | undefined;
  /** In TypeScript. */
  readonly valueType: string;
  /** In JSON Schema. */
  readonly schema: Json;
}

export function differencesOf(our: Operation, their: Operation): Difference[] {
  return [
    ...bodyDifferences("request", our.request, their.request),
    ...bodyDifferences("response", our.response, their.response),
    ...parameterDifferences(our, their),
  ];
}

/** The fields of their request that ours lacks, where ours takes no others. */
export function extraFieldsOf(our: Operation, their: Operation): ExtraField[] {
  if (our.request.kind !== "json" || their.request.kind !== "json") return [];
  const [ours, theirs] = [our.request.shape, their.request.shape];
  return addedPaths(ours, theirs)
    .filter((path) => ours.get(parentOf(path))?.open === false && /^[\w.[\]]+$/.test(path))
    .map((path) => ({
      path,
      type: ours.get(parentOf(path))?.schemaName,
      valueType: typeScript(path, theirs),
      schema: jsonSchema(path, theirs),
    }));
}

function bodyDifferences(where: "request" | "response", our: Body, their: Body): Difference[] {
  if (our.kind !== their.kind) {
    return [{ in: where, field: "", kind: "body", theirs: bodyInWords(their), ours: bodyInWords(our) }];
  }
  if (our.kind === "json" && their.kind === "json") return shapeDifferences(where, our.shape, their.shape);
  if (our.kind === "file" && their.kind === "file") return shapeDifferences(where, our.parts, their.parts);
  return [];
}

function bodyInWords(body: Body): string {
  return body.kind === "none" ? "no body" : body.mediaType;
}

function shapeDifferences(where: "request" | "response", ours: Shape, theirs: Shape): Difference[] {
  const difference = (field: string, kind: Difference["kind"], their: string, our: string): Difference => ({
    in: where,
    field,
    kind,
    theirs: their,
    ours: our,
  });
  const added = addedPaths(ours, theirs).map((path) =>
    difference(path, "added", inWords(theirs.get(path)), "does not have it"),
  );
  const missing = addedPaths(theirs, ours).map((path) =>
    difference(path, "missing", "does not have it", inWords(ours.get(path))),
  );
  const changed = [...ours].flatMap(([path, our]) => {
    const their = theirs.get(path);
    return their === undefined ? [] : fieldDifferences(where, path, our, their);
  });
  return [...added, ...missing, ...changed];
}

/** The paths that only the second has, without those inside of others of them. */
function addedPaths(first: Shape, second: Shape): string[] {
  return [...second.keys()].filter((path) => !first.has(path) && first.has(parentOf(path)));
}

function parentOf(path: string): string {
  if (path.endsWith("[]")) return path.slice(0, -2);
  const dot = path.lastIndexOf(".");
  return dot === -1 ? (path === "" ? "\0" : "") : path.slice(0, dot);
}

function fieldDifferences(where: "request" | "response", field: string, our: Field, their: Field): Difference[] {
  const found: Difference[] = [];
  const add = (kind: Difference["kind"], theirs: string, ours: string): void => {
    if (theirs !== ours) found.push({ in: where, field, kind, theirs, ours });
  };
  add("type", typeInWords(their, where), typeInWords(our, where));
  // In a response nothing is promised.
  if (where === "request" && field !== "") {
    add("required", their.required ? "required" : "optional", our.required ? "required" : "optional");
  }
  add("values", valuesInWords(their), valuesInWords(our));
  if (their.types.join() === our.types.join()) add("format", their.format ?? "any", our.format ?? "any");
  add("limits", limitsInWords(their), limitsInWords(our));
  return found;
}

function inWords(field: Field | undefined): string {
  if (field === undefined) return "";
  const more = [valuesInWords(field), field.format ?? "any", limitsInWords(field)].filter((one) => one !== "any");
  return [typeInWords(field, "request"), ...more, ...(field.required ? ["required"] : [])].join(", ");
}

function typeInWords({ types, nullable }: Field, where: "request" | "response"): string {
  const all = [...types, ...(nullable && where === "request" ? ["null"] : [])];
  return all.length === 0 ? "any" : all.join(" or ");
}

function valuesInWords({ values, otherValues }: Field): string {
  if (values.length === 0) return "any";
  return `${[...values].sort().join(", ")}${otherValues ? ", and others" : ""}`;
}

function limitsInWords({ limits }: Field): string {
  const given = Object.entries(limits);
  return given.length === 0 ? "any" : given.map(([name, value]) => `${name} ${value}`).join(", ");
}

/** Of queries and headers, without the credentials, which our parameters leave out. */
function parameterDifferences(our: Operation, their: Operation): Difference[] {
  return their.parameters.flatMap((parameter) => {
    const place = parameter.in;
    if (
      (place !== "query" && place !== "header") ||
      /^(api[_-]?key|authorization|accept|content-type)$/i.test(parameter.name)
    ) {
      return [];
    }
    if (our.parameters.some((one) => one.in === place && one.name === parameter.name)) return [];
    const theirs = parameter.required ? "required" : "optional";
    return [{ in: place, field: parameter.name, kind: "added" as const, theirs, ours: "does not have it" }];
  });
}
