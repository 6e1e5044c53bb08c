export default defineNuxtConfig({
  compatibilityDate: "2026-10-01",
  nitro: {
    // The presets for workers import WebAssembly only with this.
    experimental: { wasm: true },
    cloudflare: { deployConfig: true, nodeCompat: true },
  },
});
