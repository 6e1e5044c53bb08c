import test from "node:test";
import { newestNode } from "../../scripts/lib/nodes.js";
import { consumer, installed } from "./install.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { submitsInWorker } from "./support/worker.js";

test("a Worker that wrangler bundles and runs submits once for each request", async (t) => {
  const { env } = await newestNode();
  const folder = await consumer(t, "wrangler");
  const args = ["dev", "--local", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
  await submitsInWorker(t, folder, () =>
    startProgram(t, "node_modules/.bin/wrangler", args, {
      cwd: folder,
      // Its files about its user's account stay in the folder.
      env: { ...env, XDG_CONFIG_HOME: folder },
      ready: /Ready on (http:\S+)/,
    }),
  );
  row({ environment: "Cloudflare Workers, wrangler", versions: installed(folder, "wrangler", "workerd") });
});
