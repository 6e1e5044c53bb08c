// For runtimes that forbid compiling bytes: the bundler hands over a module that is compiled.
import wasm from "./botsplash.wasm?module";
import { lazyClient } from "./core.js";

export { BotsplashError, isBotsplashError } from "#error";

export const Botsplash = lazyClient(
  (imports) => new WebAssembly.Instance(wasm, imports),
  'The bundler must give a WebAssembly.Module for "./botsplash.wasm?module"; ' +
    'where it cannot, import "botsplash/slim" and hand the module to provideWasm().',
);
