import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { succeed } from "./install.js";
import { submitsInNode } from "./support/node.js";

test("in this Node, the installed package submits once", async (t) => {
  const folder = await submitsInNode(t, process.execPath);
  await t.test("and the sandbox's command is there", async () => {
    const help = await succeed(join(folder, "node_modules", ".bin", "botsplash"), ["sandbox", "--help"], folder);
    assert.match(help, /^Usage: botsplash sandbox/);
  });
});
