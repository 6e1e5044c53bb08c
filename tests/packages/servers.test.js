import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { consumer, installed, succeed } from "./install.js";
import { answerIn } from "./support/answers.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

const servers = [
  { environment: "Express", file: "express.js", packages: ["express"] },
  { environment: "Fastify", file: "fastify.js", packages: ["fastify"] },
  { environment: "Hono, Node", file: "hono.js", packages: ["hono", "@hono/node-server"] },
];

test("servers", async (t) => {
  const folder = await consumer("servers");

  for (const { environment, file, packages } of servers) {
    await t.test(environment, async (t) => {
      const { sandbox, env } = await sandboxFor(t);
      const address = await startProgram(t, process.execPath, [file], { cwd: folder, env, ready: /(http:\S+)/ });
      /** @param {object} lead */
      const post = async (lead) => {
        const response = await fetch(`${address}/lead`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(lead),
          signal: AbortSignal.timeout(60_000),
        });
        return { status: response.status, answer: await response.json() };
      };

      const { status, answer } = await post({ phoneNumber: "3334445555", clientVisitorId: "another's" });
      assert.equal(status, 200);
      textedOnce(sandbox, answer);

      sandbox.reset();
      const failed = { success: false, delivery: "not_sent" };
      assert.deepEqual(await post({ phoneNumber: 3334445555 }), { status: 422, answer: failed });
      assert.deepEqual(sandbox.requests, []);

      sandbox.fault({ operation: "submitListener", status: 401 });
      const refused = { success: false, delivery: "rejected" };
      assert.deepEqual(await post({ phoneNumber: "3334445555" }), { status: 502, answer: refused });
      row({ environment, versions: installed(folder, ...packages) });
    });
  }

  await t.test("readSubmission takes what Express and Hono make of a form", async (t) => {
    const { sandbox, env } = await sandboxFor(t);
    const answers = answerIn(await succeed(process.execPath, ["forms.js"], folder, env));
    assert.deepEqual(answers, { express: ["page"], hono: ["page"] });
    assert.deepEqual(
      sandbox.texts.map(({ to }) => to),
      ["3334445555", "3334445555"],
    );
  });

  await t.test("a framework that is handed an error never answers with the API's status", async (t) => {
    const { sandbox, env } = await sandboxFor(t);
    const statuses = answerIn(await succeed(process.execPath, ["careless.js"], folder, env));
    assert.deepEqual(statuses, { express: 500, fastify: 500, hono: 500 });
    assert.deepEqual(
      sandbox.requests.map(({ status }) => status),
      [401, 401, 401],
    );
  });

  await t.test("a Lambda-style bundle: one file, which answers event after event", async (t) => {
    await succeed("npm", ["run", "build:lambda"], folder);
    const elsewhere = temporaryFolder();
    await cp(join(folder, "dist", "lambda.mjs"), join(elsewhere, "lambda.mjs"));
    await cp(join(folder, "invoke.mjs"), join(elsewhere, "invoke.mjs"));
    const { sandbox, env } = await sandboxFor(t);
    const answers = JSON.parse(await succeed(process.execPath, ["invoke.mjs"], elsewhere, env));
    assert.deepEqual(
      answers.map((/** @type {{ statusCode: number }} */ { statusCode }) => statusCode),
      [200, 200],
    );
    assert.deepEqual(
      answers.map((/** @type {{ body: string }} */ { body }) => JSON.parse(body).requestId),
      sandbox.submissions.map(({ requestId }) => requestId),
    );
    assert.equal(sandbox.texts.length, 2);
    row({ environment: "Lambda-style bundle by esbuild", versions: installed(folder, "esbuild") });
  });
});
