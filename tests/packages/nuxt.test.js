import { testFramework } from "./support/framework.js";

testFramework("Nuxt", "nuxt", {
  modes: [
    { mode: "development", start: "dev" },
    { mode: "built for Node", build: "build", start: "start" },
    { mode: "built for Cloudflare", build: "build:edge", start: "start:edge" },
  ],
});
