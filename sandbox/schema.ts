// cspell:ignore aeio
import { format, Validator } from "@cfworker/json-schema";
import { type Operation, operations, schemas } from "./contract.ts";
import type { FieldProblem } from "./refusal.ts";

// The validator lets a format that it does not know pass in silence.
for (const name of formatsIn(schemas)) {
  if (!(name in format)) throw new Error(`openapi.json uses the format "${name}", which nothing here checks`);
}

const validators = new Map(
  operations
    .filter((operation) => operation.schema)
    .map((operation) => [
      operation.name,
      new Validator({ ...operation.schema, components: { schemas } }, "2020-12", false),
    ]),
);

/**
 * Checks a JSON body against the contract.
 *
 * @returns Empty if the body is as it should be.
 */
export function problems(operation: Operation, body: unknown): FieldProblem[] {
  const errors = errorsOf(operation, body);
  if (errors.length === 0) return [];
  const found = new Map<string, FieldProblem>();
  for (const { keyword, instanceLocation, error } of errors) {
    const path = pathTo(instanceLocation, body);
    // The validator's texts name the type, the format or the field that the contract wants.
    const wanted = /"([^"]+)"\.$/.exec(error)?.[1] ?? "";
    const message = explain(keyword, wanted);
    const field = keyword === "required" ? join(path, wanted) : path;
    if (message && !found.has(field)) found.set(field, { field, message });
  }
  return found.size > 0 ? [...found.values()] : [{ field: "", message: "does not fit the contract" }];
}

interface ValidationError {
  readonly keyword: string;
  readonly instanceLocation: string;
  readonly error: string;
}

function errorsOf(operation: Operation, body: unknown): ValidationError[] {
  try {
    return validators.get(operation.name)?.validate(body).errors ?? [];
  } catch (error) {
    // The validator writes names as URIs, which names with half a surrogate pair cannot become.
    if (error instanceof URIError) return [{ keyword: "", instanceLocation: "#", error: "" }];
    throw error;
  }
}

/**
 * The validator's own texts may quote values from the request; these do not.
 *
 * @returns Nothing for errors that only say that some part has errors.
 */
function explain(keyword: string, wanted: string): string | undefined {
  switch (keyword) {
    case "type":
      return `expected ${/^[aeio]/.test(wanted) ? "an" : "a"} ${wanted}`;
    case "format":
      return `expected a string in the format ${wanted}`;
    case "required":
      return "is required";
    case "false":
      return "is not a field of this request";
    default:
      return undefined;
  }
}

/**
 * `#/items/0/status` as `items[0].status`. Names that do not look like names are not repeated: a
 * caller may have put a value in a name's place.
 */
function pathTo(pointer: string, body: unknown): string {
  let path = "";
  let at = body;
  for (const part of pointer.split("/").slice(1)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(at)) path += `[${key}]`;
    else path = join(path, /^[A-Za-z_]\w{0,39}$/.test(key) ? key : "(unknown)");
    at = (at as Record<string, unknown> | undefined)?.[key];
  }
  return path;
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}

function formatsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "format" && typeof value === "string" ? [value] : formatsIn(value),
  );
}
