import { Trouble } from "../lib/run.js";

const MARKED = /\/\* tables: (\{.*\}) \*\/\n?/;

/**
 * Takes what src/js/tables.rs says out of the declarations, among which it travels.
 * @param {string} declarations as wasm-bindgen wrote them
 */
export const tablesIn = (declarations) => {
  const [whole = "", json = ""] = MARKED.exec(declarations) ?? [];
  if (!json) throw new Trouble("the declarations hold no tables: did wasm-bindgen write them in another way?");
  return { tables: JSON.parse(json), types: declarations.replace(whole, "") };
};
