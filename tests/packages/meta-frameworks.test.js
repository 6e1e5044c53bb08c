// What renders on a server and has a route of its own there: each is built as its users build it, and takes a lead.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { newestNode } from "../../scripts/lib/nodes.js";
import { consumer, installed, succeed } from "./install.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

/**
 * @typedef {object} Framework
 * @property {string} environment
 * @property {string} project
 * @property {string[]} packages
 * @property {string[]} build a program of the project's, and its arguments
 * @property {string} server what the build leaves
 * @property {string} [path] of the route
 */

/** @type {Framework[]} */
const frameworks = [
  {
    environment: "Astro, Node",
    project: "astro",
    packages: ["astro", "@astrojs/node"],
    build: ["astro", "build"],
    server: "dist/server/entry.mjs",
  },
  {
    environment: "Nuxt, Node",
    project: "nuxt",
    packages: ["nuxt"],
    build: ["nuxt", "build"],
    server: ".output/server/index.mjs",
    path: "/api/lead",
  },
  {
    environment: "SvelteKit, Node",
    project: "sveltekit",
    packages: ["@sveltejs/kit", "svelte", "vite"],
    build: ["vite", "build"],
    server: "build/index.js",
  },
];

/** Their servers do not take a port of 0 for any that is free. */
const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
};

for (const { environment, project, packages, build, server, path = "/lead" } of frameworks) {
  test(environment, async (t) => {
    const newest = await newestNode();
    const folder = await consumer(t, project);
    const quietly = { ...newest.env, ASTRO_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1" };
    await succeed("npx", build, folder, quietly);
    const { sandbox, env } = await sandboxFor(t);
    const port = await freePort();
    const at = { HOST: "127.0.0.1", PORT: String(port), ORIGIN: `http://127.0.0.1:${port}` };
    await startProgram(t, "node", [server], {
      cwd: folder,
      env: { ...quietly, ...env, ...at },
      ready: /listening on .*?(http:\/\/\S+:\d+)/i,
    });
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ phoneNumber: "3334445555" }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    textedOnce(sandbox, JSON.parse(text));
    row({ environment, versions: installed(folder, ...packages) });
  });
}

test("Nuxt, built for an edge, has the WebAssembly as a module", async (t) => {
  const newest = await newestNode();
  const folder = await consumer(t, "nuxt");
  const env = { ...newest.env, NUXT_TELEMETRY_DISABLED: "1" };
  await succeed("npx", ["nuxt", "build", "--preset=cloudflare_module"], folder, env);
  const files = readdirSync(join(folder, ".output", "server"), { recursive: true, encoding: "utf8" });
  assert.equal(files.filter((name) => name.endsWith(".wasm")).length, 1, files.join("\n"));
});
