import node from "@astrojs/node";
import { defineConfig } from "astro/config";

export default defineConfig({
  adapter: node({ mode: "standalone" }),
  output: "server",
  // With a CSP of Astro's, WebAssembly has to be allowed.
  security: { checkOrigin: false, csp: { scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] } } },
});
