import { Trouble } from "../lib/run.js";

const MARKED = /\/\* tables: (\{.*\}) \*\/\n?/;

/**
 * Takes what src/js/tables.rs says out of the declarations, among which it travels.
 * @param {string} declarations as wasm-bindgen wrote them
 */
export const tablesIn = (declarations) => {
  const [whole = "", json = ""] = MARKED.exec(declarations) ?? [];
  if (!json)
    throw new Trouble("wasm-bindgen's declarations lack the tables. Update the pattern in scripts/build/tables.js");
  return { tables: JSON.parse(json), types: declarations.replace(whole, "") };
};
