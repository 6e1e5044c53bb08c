// What the OpenAPI document says, in the form the sandbox needs.
//
// The document is imported as JSON, so that there is no second copy of it to keep in step: Node
// (from 20.10), Deno, Bun, esbuild and Vite all read `with { type: "json" }`, and the published
// build has it bundled.
import document from "../openapi.json" with { type: "json" };

/**
 * @typedef {Record<string, any>} Json A JSON object.
 *
 * @typedef {object} Operation One operation of the contract.
 * @property {string} name The operationId, such as `submitListener`.
 * @property {string} method The HTTP method.
 * @property {"read" | "idempotent" | "send"} repeat What repeating it does.
 * @property {string} template The path as the contract writes it, such as `/{appId}/message`.
 * @property {string[]} segments The segments of `template`.
 * @property {Record<string, string[]>} choices The values allowed for path parameters that are enumerations.
 * @property {string | undefined} mediaType The type of the request body, if there is one.
 * @property {Json | undefined} schema The schema of a JSON request body.
 * @property {Json} example An answer that succeeds.
 */

/** @type {Json} */
const contract = document;

/** The schemas that `$ref`s in {@link Operation} schemas lead to. */
export const schemas = contract.components.schemas;

/** @type {readonly Operation[]} */
export const operations = Object.entries(contract.paths).flatMap(([template, methods]) =>
  Object.entries(/** @type {Json} */ (methods)).map(([method, operation]) => describe(template, method, operation)),
);

/** @param {string} template @param {string} method @param {Json} operation @returns {Operation} */
function describe(template, method, operation) {
  const content = operation.requestBody?.content ?? {};
  const examples = operation.responses["200"].content["application/json"].examples;
  return {
    name: operation.operationId,
    method: method.toUpperCase(),
    repeat: operation["x-repeat"],
    template,
    segments: template.split("/").slice(1),
    choices: Object.fromEntries(
      operation.parameters
        .map((/** @type {Json} */ parameter) => resolve(parameter))
        .filter((/** @type {Json} */ parameter) => parameter.schema.enum)
        .map((/** @type {Json} */ parameter) => [parameter.name, parameter.schema.enum]),
    ),
    mediaType: Object.keys(content)[0],
    schema: content["application/json"]?.schema,
    example: /** @type {Json} */ (Object.values(examples)[0]).value,
  };
}

/** @param {Json} node @returns {Json} */
function resolve(node) {
  return node.$ref
    ? node.$ref
        .slice(2)
        .split("/")
        .reduce((/** @type {Json} */ at, /** @type {string} */ key) => at[key], contract)
    : node;
}
