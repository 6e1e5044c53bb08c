// The wasm comes from the caller, who knows better how to ship it.
import { lazyClient } from "./core.js";

export { BotsplashError, isBotsplashError } from "#error";

/** @type {any} */
let source;

/** @param {unknown} wasm */
export const provideWasm = (wasm) => {
  source = wasm;
};

/** @param {WebAssembly.Imports} imports @returns {Promise<WebAssembly.Instance>} */
const instantiate = async (imports) => {
  const wasm = await (typeof source === "function" ? source() : source);
  if (wasm === undefined) throw new Error("provideWasm() was not called");
  const made = await (typeof Response === "function" && wasm instanceof Response
    ? WebAssembly.instantiateStreaming(wasm, imports)
    : WebAssembly.instantiate(wasm, imports));
  // Bytes give a pair, a module gives the instance itself.
  return "instance" in made ? made.instance : made;
};

export const Botsplash = lazyClient(
  instantiate,
  "Call provideWasm() before the first call, with botsplash/botsplash.wasm as a module, as bytes, or as a Response " +
    "that is application/wasm. Fetched with an integrity, the file must be that of the installed version.",
);
