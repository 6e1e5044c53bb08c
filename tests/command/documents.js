// Descriptions as somebody else might write them, made from ours: the same API in another form, or a changed one.
import { readFileSync } from "node:fs";
import { at } from "../../scripts/lib/paths.js";

/** @returns {any} our own document, to be changed */
export const ours = () => JSON.parse(readFileSync(at("openapi.json"), "utf8"));

/** @param {any} document @returns {{ path: string, method: string, operation: any }[]} */
export const operationsOf = (document) =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(/** @type {any} */ (item)).map(([method, operation]) => ({ path, method, operation })),
  );

/** @param {any} document @param {string} name @returns {any} the operation of that `operationId` */
export const operationOf = (document, name) =>
  operationsOf(document).find(({ operation }) => operation.operationId === name)?.operation;

/**
 * Puts operations elsewhere.
 * @param {any} document
 * @param {Record<string, string>} routes such as `{ sendMessage: "PUT /messages/{appId}" }`
 */
export const move = (document, routes) => {
  const all = operationsOf(document);
  document.paths = {};
  for (const { path, method, operation } of all) {
    const [otherMethod, otherPath] = (routes[operation.operationId] ?? `${method} ${path}`).split(" ");
    document.paths[otherPath] = { ...document.paths[otherPath], [otherMethod.toLowerCase()]: operation };
  }
};

/** @param {any} document @param {string} name */
export const remove = (document, name) => {
  for (const { path, method, operation } of operationsOf(document)) {
    if (operation.operationId === name) delete document.paths[path][method];
  }
};

/**
 * Gives placeholders and their parameters other names, everywhere.
 * @param {any} document
 * @param {Record<string, string>} names
 */
export const renamePlaceholders = (document, names) => {
  document.paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path.replace(/\{(\w+)\}/g, (all, name) => (names[name] ? `{${names[name]}}` : all)),
      item,
    ]),
  );
  for (const parameter of Object.values(document.components.parameters)) {
    parameter.name = names[parameter.name] ?? parameter.name;
  }
};

/** Takes away all words by which operations could be known. @param {any} document */
export const silence = (document) => {
  for (const { operation } of operationsOf(document)) {
    for (const name of ["operationId", "summary", "description", "tags"]) delete operation[name];
  }
};

/** The document as 3.0 writes it: `nullable`, and no `const`. @param {any} document */
export const asVersion30 = (document) => {
  /** @param {any} node @returns {any} */
  const convert = (node) => {
    if (Array.isArray(node)) return node.map(convert);
    if (typeof node !== "object" || node === null) return node;
    const {
      const: value,
      type,
      ...rest
    } = Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, convert(inner)]));
    if (value !== undefined) return { ...rest, type: "string", enum: [value] };
    if (!Array.isArray(type)) return { ...rest, ...(type && { type }) };
    return { ...rest, type: type.find((one) => one !== "null"), nullable: true };
  };
  const { info, ...rest } = convert(document);
  const { summary, ...kept } = info;
  return { ...rest, info: { ...kept, license: { name: "MIT" } }, openapi: "3.0.3" };
};

/** The page that Redoc's own command writes. @param {any} document */
export const redocPage = (document) => `<!DOCTYPE html>
<html><head><meta charset="utf8" /><title>Botsplash Open API</title>
<script>/* "openapi": a word in a bundle */ var x = {"openapi":"not here"};</script></head>
<body><div id="redoc"><h1>{ "a": 1 }</h1></div>
<script>
const __redoc_state = ${JSON.stringify({
  menu: { activeItemIdx: -1 },
  spec: { data: document },
  searchIndex: { store: ["a } b"] },
}).replaceAll("<", "\\u003c")};
var container = document.getElementById('redoc');
Redoc.hydrate(__redoc_state, container);
</script></body></html>`;
