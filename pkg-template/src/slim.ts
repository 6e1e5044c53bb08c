// The wasm comes from the caller, who knows better how to ship it.
import { clientClass } from "./client.ts";
import { host } from "./host.ts";
import type { Foreign } from "./safely.ts";

export { BotsplashError, bodyOf, isBotsplashError } from "./error.ts";

/** Anything: what it is comes to light when it is compiled. */
let source: Foreign;

export const provideWasm = (wasm: unknown): void => {
  source = wasm;
};

const instantiate = async (imports: WebAssembly.Imports): Promise<WebAssembly.Instance> => {
  const wasm = await (typeof source === "function" ? source() : source);
  if (wasm === undefined) throw new Error("provideWasm() was not called");
  const made: WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource = await (typeof Response ===
    "function" && wasm instanceof Response
    ? WebAssembly.instantiateStreaming(wasm, imports)
    : WebAssembly.instantiate(wasm, imports));
  // Bytes give a pair, a module gives the instance itself.
  return "instance" in made ? made.instance : made;
};

export const Botsplash = clientClass(
  host,
  instantiate,
  "Call provideWasm() before the first call, with botsplash/botsplash.wasm as a module, as bytes, or as a Response " +
    "that is application/wasm. Fetched with an integrity, the file must be that of the installed version.",
);
