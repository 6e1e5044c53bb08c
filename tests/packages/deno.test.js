import test from "node:test";
import { consumer, installed, succeed } from "./install.js";
import { binary } from "./support/binary.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

test("in Deno, allowed nothing but the network, the installed package submits once", async (t) => {
  const folder = await consumer(t, "deno");
  const { sandbox, env } = await sandboxFor(t);
  const deno = binary(folder, "@deno", "deno");
  const { API_URL, API_USERNAME, API_PASSWORD } = env;
  const args = ["run", "--allow-net=127.0.0.1", "--no-prompt", "main.js", API_URL, API_USERNAME, API_PASSWORD];
  const output = await succeed(deno, args, folder, { DENO_DIR: `${folder}/.deno` });
  textedOnce(sandbox, JSON.parse(output));
  row({ environment: "Deno", versions: installed(folder, "deno"), note: "with `--allow-net` only" });
});
