import assert from "node:assert/strict";
import test from "node:test";
import { consumer, installed } from "./install.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";

/** @type {[environment: string, file: string, ...packages: string[]][]} */
const servers = [
  ["Express", "express.js", "express"],
  ["Fastify", "fastify.js", "fastify"],
  ["Hono, Node", "hono.js", "hono", "@hono/node-server"],
];

test("servers in Node", async (t) => {
  const folder = await consumer(t, "servers");
  for (const [environment, file, ...packages] of servers) {
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
      sandbox.fault({ operation: "submitListener", status: 401 });
      assert.deepEqual(await post({ phoneNumber: "3334445555" }), {
        status: 502,
        answer: { success: false, delivery: "rejected" },
      });
      row({ environment, versions: installed(folder, ...packages) });
    });
  }
});
