import test from "node:test";
import { newestNode } from "../../scripts/lib/nodes.js";
import { consumer, installed, succeed } from "./install.js";
import { answerIn } from "./support/answers.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

test("a test that Vitest runs submits once", async (t) => {
  const newest = await newestNode();
  const folder = await consumer(t, "vitest");
  const { sandbox, env } = await sandboxFor(t);
  const output = await succeed("node_modules/.bin/vitest", ["run"], folder, { ...newest.env, ...env });
  textedOnce(sandbox, answerIn(output));
  row({ environment: "Vitest", versions: installed(folder, "vitest") });
});
