// The client with the wasm inside, which starts with the first call.
import { bytes } from "./bytes.ts";
import { clientClass } from "./client.ts";
import { host } from "./host.ts";

export const Botsplash = clientClass(
  host,
  async (imports) => (await WebAssembly.instantiate(bytes(), imports)).instance,
  "A page with a Content-Security-Policy needs 'wasm-unsafe-eval' in its script-src. " +
    "On Cloudflare Workers and other edge runtimes the bundler must resolve this package " +
    'with the condition "workerd" or "edge-light".',
);
