// The client with the wasm inside, which starts with the first call.
import { bytes } from "./bytes.js";
import { lazyClient } from "./core.js";

export const Botsplash = lazyClient(
  async (imports) => (await WebAssembly.instantiate(await bytes(), imports)).instance,
  "A page with a Content-Security-Policy needs 'wasm-unsafe-eval' in its script-src. " +
    "On Cloudflare Workers and other edge runtimes the bundler must resolve this package " +
    'with the condition "workerd" or "edge-light".',
);
