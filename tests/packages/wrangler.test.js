import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { newestNode } from "../../scripts/lib/nodes.js";
import { consumer, installed, succeed } from "./install.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { submitsInWorker } from "./support/worker.js";

const WRANGLER = "node_modules/.bin/wrangler";

test("a Worker with wrangler", async (t) => {
  const { env: node } = await newestNode();
  const folder = await consumer("wrangler");
  // Its files about its user's account stay in the folder.
  const env = { ...node, XDG_CONFIG_HOME: folder };

  await t.test("that it bundles and runs submits once for each request", async (t) => {
    const args = ["dev", "--local", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
    await submitsInWorker(t, folder, () =>
      startProgram(t, WRANGLER, args, { cwd: folder, env, ready: /Ready on (http:\S+)/ }),
    );
    row({ environment: "Cloudflare Workers, wrangler", versions: installed(folder, "wrangler", "workerd") });
  });

  await t.test("and a relay compiles with the types that wrangler makes of its bindings", async () => {
    await succeed(WRANGLER, ["types", "--config", "wrangler.relay.jsonc"], folder, env);
    const types = await readFile(join(folder, "worker-configuration.d.ts"), "utf8");
    assert.match(types, /OUTBOX: DurableObjectNamespace<import\("\.\/relay"\)\.Outbox>/);
    await succeed("tsc", ["--project", "."], folder);
  });
});
