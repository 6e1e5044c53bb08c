import test from "node:test";
import { consumer, installed, succeed } from "./install.js";
import { binary } from "./support/binary.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";
import { knowsWhatWasSent } from "./support/sockets.js";

test("in Deno", async (t) => {
  const folder = await consumer("deno");
  const deno = binary(folder, "@deno", "deno");
  const versions = installed(folder, "deno");
  const home = { DENO_DIR: `${folder}/.deno` };

  await t.test("allowed nothing but the network, the installed package submits once", async (t) => {
    const { sandbox, env } = await sandboxFor(t);
    const { API_URL, API_USERNAME, API_PASSWORD } = env;
    const args = ["run", "--allow-net=127.0.0.1", "--no-prompt", "main.js", API_URL, API_USERNAME, API_PASSWORD];
    textedOnce(sandbox, JSON.parse(await succeed(deno, args, folder, home)));
    row({ environment: "Deno", versions, note: "with `--allow-net` only" });
  });

  await t.test("a failed connection is known for what it is", async (t) => {
    await knowsWhatWasSent(t, deno, ["run", "--allow-all", "--no-prompt"], home);
    row({ environment: "Deno, real sockets that fail", versions, note: "until a first request has connected" });
  });
});
