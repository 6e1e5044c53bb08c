// The API's reference, a chapter for each operation, made of openapi.json: request, answer, sample in four languages.
import { curl } from "../../www/src/code/curl.ts";
import { node } from "../../www/src/code/node.ts";
import { python } from "../../www/src/code/python.ts";
import { rust } from "../../www/src/code/rust.ts";
import { contract, nameOf, resolved } from "../../www/src/contract/document.ts";
import { objectOf } from "../../www/src/contract/draft.ts";
import { example } from "../../www/src/contract/examples.ts";
import { bodyFields } from "../../www/src/contract/fields.ts";
import { operations } from "../../www/src/contract/operations.ts";

const REPEATS = {
  read: "Reads alone: the client tries again after what may pass.",
  idempotent: "A second request does nothing more: the client tries again after what may pass.",
  send: "A second request may do it twice: the client tries again only where the server says that it did nothing.",
};

const CELL = /[|\n]/g;

/** @param {unknown} value */
const cell = (value) => String(value ?? "").replaceAll(CELL, " ");

/** @param {import("../../www/src/contract/document.ts").Schema} schema @returns {string} its type, for a reader */
const typeOf = (schema) => {
  if (schema.$ref) return `[${nameOf(schema.$ref)}](schemas.md#${nameOf(schema.$ref).toLowerCase()})`;
  if (schema.enum) return schema.enum.map((one) => `\`"${one}"\``).join(" or ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  const types = [schema.type ?? "any JSON"].flat().join(" or ");
  return schema.format ? `${types} (${schema.format})` : types;
};

/** @param {import("../../www/src/contract/document.ts").Schema} schema */
const fieldTable = (schema) => {
  const { properties = {}, required = [] } = resolved(schema);
  const rows = Object.entries(properties).map(
    ([name, field]) =>
      `| \`${name}\` | ${cell(typeOf(field))} | ${required.includes(name) ? "yes" : ""} | ${cell(field.description ?? resolved(field).description)} |`,
  );
  return ["| field | type | required | meaning |", "|---|---|---|---|", ...rows].join("\n");
};

/** @param {string} language @param {string} code */
const fence = (language, code) => `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;

/** @param {import("../../www/src/contract/operations.ts").Operation} operation */
const chapter = (operation) => {
  const draft = example(operation);
  const body = operation.body && objectOf(bodyFields(operation), draft, true);
  const values = Object.fromEntries(
    operation.values.map(({ placeholder, field }) => [placeholder, draft[placeholder] ?? draft[field] ?? ""]),
  );
  const call = { operation, values, ...(body && { body }) };
  const place = /** @type {const} */ ({ target: "api", appId: "acme", relayUrl: "" });
  const documented = contract.paths[operation.path]?.[operation.method.toLowerCase()];
  const answer = documented?.responses["200"].content["application/json"];
  const answers = Object.values(answer?.examples ?? {}).map(({ value }) =>
    fence("json", JSON.stringify(value, null, 2)),
  );
  return [
    `# ${operation.name}`,
    `${operation.summary}${operation.summary.endsWith(".") ? "" : "."}`,
    operation.docs,
    fence("http", `${operation.method} ${contract.servers[0]?.url ?? ""}${operation.path}`),
    operation.assumed
      ? "**This route is assumed.** The published description names the operation and its schemas; its method and path did not reach us. [When the contract changes](../contract.md) says how to end the assumption."
      : "This route is published.",
    REPEATS[operation.repeat],
    ...(operation.values.length > 0
      ? [
          "## Path",
          [
            "| parameter | meaning |",
            "|---|---|",
            "| `appId` | The account's App Name or ID. |",
            ...operation.values.map(({ placeholder, docs }) => `| \`${placeholder}\` | ${cell(docs)} |`),
          ].join("\n"),
        ]
      : []),
    ...(operation.body ? ["## Request body", fieldTable(operation.body.schema)] : []),
    ...(operation.file ? ["## Request body", "`multipart/form-data` with one part, `file`."] : []),
    "## Response",
    `Every field may be missing or null: see [${operation.answer}](schemas.md#${operation.answer.toLowerCase()}).`,
    ...answers,
    "## Samples",
    "### Shell",
    fence("sh", curl(call, place)),
    "### Node.js",
    fence("js", node(call, place)),
    "### Python",
    fence("python", python(call, place)),
    "### Rust",
    fence("rust,ignore", rust(call, place)),
  ].join("\n\n");
};

const schemas = () =>
  [
    "# Schemas",
    "Each object that the API takes or answers. Requests are strict; responses may have fields that are not listed.",
    ...Object.entries(contract.components.schemas).flatMap(([name, schema]) => [
      `## ${name}`,
      ...(schema.description ? [schema.description] : []),
      schema.properties ? fieldTable(schema) : `Type: ${typeOf(schema)}.`,
    ]),
  ].join("\n\n");

/** @returns {Promise<Record<string, string>>} the chapters by their paths */
export const apiChapters = async () => ({
  ...Object.fromEntries(operations.map((operation) => [`api/${operation.name}.md`, `${chapter(operation)}\n`])),
  "api/schemas.md": `${schemas()}\n`,
});
