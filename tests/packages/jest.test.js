import assert from "node:assert/strict";
import test from "node:test";
import { startServer } from "../../sandbox/server.ts";
import { consumer, installed, succeed } from "./install.js";
import { answerIn } from "./support/answers.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

test("tests that Jest runs", async (t) => {
  const folder = await consumer("jest");

  await t.test("submit once in its Node environment", async (t) => {
    const { sandbox, env } = await sandboxFor(t);
    const output = await succeed("node_modules/.bin/jest", ["lead.test.js"], folder, env);
    textedOnce(sandbox, answerIn(output));
    row({ environment: "Jest, node", versions: installed(folder, "jest") });
  });

  await t.test("submit once in jsdom that is given Node's fetch", async (t) => {
    const server = await startServer({ credentials: false });
    t.after(server.close);
    const output = await succeed("node_modules/.bin/jest", ["page.test.js"], folder, { API_URL: server.url });
    textedOnce(server.sandbox, answerIn(output));
    row({
      environment: "Jest, jsdom",
      versions: installed(folder, "jest", "jest-environment-jsdom"),
      note: "jsdom lacks `fetch` and `TextDecoder`: see the recipe",
    });
  });

  await t.test("render a component that imports it in jsdom as it comes", async () => {
    const output = await succeed("node_modules/.bin/jest", ["component.test.js"], folder);
    assert.match(output, /Tests: +2 passed/);
    row({
      environment: "Jest, jsdom as it comes, a component that imports it",
      versions: installed(folder, "jest", "jest-environment-jsdom"),
      note: "the import never throws; the first call says what jsdom lacks",
    });
  });
});
