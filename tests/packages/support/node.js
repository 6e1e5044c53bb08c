import assert from "node:assert/strict";
import { capture } from "../../../scripts/lib/run.js";
import { consumer } from "../install.js";
import { sandboxFor, textedOnce } from "./sandbox.js";

/**
 * The installed package in a Node, by `import` and by `require`, and what takes the WebAssembly from the caller.
 * @param {import("node:test").TestContext} t
 * @param {string} node the program
 * @returns {Promise<string>} the consumer's folder
 */
export const submitsInNode = async (t, node) => {
  const folder = await consumer("node");
  for (const file of ["import.js", "require.cjs", "slim.cjs"]) {
    await t.test(`with ${file}`, async (t) => {
      const { sandbox, env } = await sandboxFor(t);
      const { code, output } = await capture(node, [file], { cwd: folder, env, timeoutMs: 60_000 });
      assert.equal(code, 0, output);
      const { answer, refusal, branded } = JSON.parse(output);
      textedOnce(sandbox, answer);
      assert.equal(refusal.code, "validation");
      assert.equal(refusal.delivery, "not_sent");
      assert.equal(branded, true);
    });
  }
  return folder;
};
