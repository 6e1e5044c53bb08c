import { cp } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { newestNode } from "../../scripts/lib/nodes.js";
import { at } from "../../scripts/lib/paths.js";
import { consumer, installed, succeed } from "./install.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { submitsInWorker } from "./support/worker.js";

test("a Worker with the Cloudflare Vite plugin", async (t) => {
  const newest = await newestNode();
  const folder = await consumer("cloudflare-vite");
  for (const file of ["worker.js", "wrangler.jsonc"]) {
    await cp(at("tests", "packages", "wrangler", file), join(folder, file));
  }
  const env = { ...newest.env, XDG_CONFIG_HOME: folder };
  const vite = join(folder, "node_modules", ".bin", "vite");
  /** @param {import("node:test").TestContext} t @param {string} command */
  const start = (t, command) =>
    startProgram(t, vite, [command, "--host", "127.0.0.1", "--port", "0"], {
      cwd: folder,
      env,
      ready: /Local:\s+(http:\S+)/,
    });
  const versions = installed(folder, "@cloudflare/vite-plugin", "vite");

  await t.test("in development, submits once for each request", async (t) => {
    await submitsInWorker(t, folder, () => start(t, "dev"));
    row({ environment: "Cloudflare Workers, Vite plugin, dev", versions });
  });

  await t.test("built, submits once for each request", async (t) => {
    await submitsInWorker(t, folder, async () => {
      await succeed(vite, ["build"], folder, env);
      return start(t, "preview");
    });
    row({ environment: "Cloudflare Workers, Vite plugin, build", versions });
  });
});
