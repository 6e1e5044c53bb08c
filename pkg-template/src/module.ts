// For runtimes that forbid compiling bytes: the bundler hands over a module that is compiled.
import wasm from "./botsplash.wasm?module";
import { clientClass } from "./client.ts";
import { connectedOnce, neverConnected } from "./connect-error-untold.ts";
import type { Host } from "./host.ts";

export { BotsplashError, bodyOf, isBotsplashError } from "./error.ts";

const edge: Host = {
  remedy: (hint) => hint,
  keep: () => {},
  neverConnected,
  connectedOnce,
};

export const Botsplash = clientClass(
  edge,
  (imports) => new WebAssembly.Instance(wasm, imports),
  'The bundler must give a WebAssembly.Module for "./botsplash.wasm?module"; ' +
    'where it cannot, import "botsplash/slim" and hand the module to provideWasm().',
);
