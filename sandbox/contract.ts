// The OpenAPI document, in the form that the sandbox needs.
//
// The document is imported as JSON, so that there is no second copy of it to keep in step. Node
// (from 20.10), Deno, Bun, esbuild and Vite all read `with { type: "json" }`, and the published
// build has it bundled.
import type { OperationName } from "botsplash";
import document from "../openapi.json" with { type: "json" };

/** A JSON object. */
// biome-ignore lint/suspicious/noExplicitAny: values are checked against the contract's schemas before they are read
export type Json = Record<string, any>;

/** One operation of the contract. */
export interface Operation {
  /** The operationId, such as `submitListener`. */
  readonly name: OperationName;
  /** The HTTP method. */
  readonly method: string;
  /** The effect of repeating it. */
  readonly repeat: "read" | "idempotent" | "send";
  /** The path, such as `/{appId}/message`. */
  readonly path: string;
  /** The values allowed for path parameters that are enumerations. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** The type of the request body, if there is one. */
  readonly mediaType: string | undefined;
  /** The schema of a JSON request body. */
  readonly schema: Json | undefined;
  /** An answer that succeeds. */
  readonly example: Json;
}

const contract: Json = document;

/** The schemas that `$ref`s in {@link Operation} schemas lead to. */
export const schemas: Json = contract.components.schemas;

/** Every operation, at its route in the contract. */
export const operations: readonly Operation[] = Object.entries<Json>(contract.paths).flatMap(([path, methods]) =>
  Object.entries<Json>(methods).map(([method, operation]) => describe(path, method, operation)),
);

export const operationNames: readonly OperationName[] = operations.map(({ name }) => name);

function describe(path: string, method: string, operation: Json): Operation {
  const content = operation.requestBody?.content ?? {};
  const [example] = Object.values<Json>(operation.responses["200"].content["application/json"].examples);
  const parameters: Json[] = operation.parameters.map(resolve);
  return {
    name: operation.operationId,
    method: method.toUpperCase(),
    repeat: operation["x-repeat"],
    path,
    choices: Object.fromEntries(
      parameters.filter(({ schema }) => schema.enum).map(({ name, schema }) => [name, schema.enum]),
    ),
    mediaType: Object.keys(content)[0],
    schema: content["application/json"]?.schema,
    example: example?.value,
  };
}

function resolve(node: Json): Json {
  if (node.$ref === undefined) return node;
  const keys: string[] = node.$ref.slice(2).split("/");
  return keys.reduce((at, key) => at[key], contract);
}
