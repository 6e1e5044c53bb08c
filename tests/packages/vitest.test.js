import assert from "node:assert/strict";
import test from "node:test";
import { newestNode } from "../../scripts/lib/nodes.js";
import { consumer, installed, succeed } from "./install.js";
import { answerIn } from "./support/answers.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

test("tests that Vitest runs", async (t) => {
  const newest = await newestNode();
  const folder = await consumer("vitest");
  const vitest = "node_modules/.bin/vitest";

  await t.test("submit once", async (t) => {
    const { sandbox, env } = await sandboxFor(t);
    const output = await succeed(vitest, ["run", "lead.test.js"], folder, { ...newest.env, ...env });
    textedOnce(sandbox, answerIn(output));
    row({ environment: "Vitest", versions: installed(folder, "vitest") });
  });

  await t.test("reach the sandbox by MSW", async () => {
    const output = await succeed(vitest, ["run", "msw.test.js"], folder, { ...newest.env, NO_COLOR: "1" });
    assert.match(output, /Tests +1 passed/);
    row({
      environment: "Vitest, MSW",
      versions: installed(folder, "vitest", "msw"),
      note: "MSW hands requests to the sandbox",
    });
  });
});
