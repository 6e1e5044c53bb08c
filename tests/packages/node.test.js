import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { demoCredentials } from "../../sandbox/index.js";
import { startServer } from "../../sandbox/server.js";
import { capture } from "../../scripts/lib/run.js";
import { consumer, succeed } from "./install.js";

test("in Node, the installed package submits once", async (t) => {
  const folder = await consumer(t, "node");
  for (const file of ["import.js", "require.cjs"]) {
    await t.test(`with ${file}`, async () => {
      const server = await startServer();
      try {
        const [{ username, password }] = demoCredentials;
        const env = { BASE_URL: server.url, USERNAME: username, PASSWORD: password };
        const { code, output } = await capture(process.execPath, [file], { cwd: folder, env });
        assert.equal(code, 0, output);
        const { answer, refusal, branded } = JSON.parse(output);
        assert.equal(answer.success, true);
        assert.equal(refusal.code, "validation");
        assert.equal(refusal.delivery, "not_sent");
        assert.equal(branded, true);
        assert.deepEqual(server.sandbox.texts, [{ to: "3334445555", text: "Welcome!", by: "submitListener" }]);
        assert.equal(server.sandbox.requests.length, 1);
      } finally {
        await server.close();
      }
    });
  }
  await t.test("and the sandbox's command is there", async () => {
    const help = await succeed(join(folder, "node_modules", ".bin", "botsplash-sandbox"), ["--help"], folder);
    assert.match(help, /^Usage: botsplash-sandbox/);
  });
});
