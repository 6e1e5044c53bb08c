export default defineNuxtConfig({
  telemetry: false,
  // Only where Nitro builds for an edge: the presets cloudflare_module, vercel-edge and netlify-edge.
  nitro: { experimental: { wasm: true } },
});
