import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test from "node:test";
import { build } from "esbuild";
import { demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { consumer } from "./install.js";

/** @type {{ default: string }} the program; its wrapper in .bin lets nothing but three streams through */
const { default: workerd } = createRequire(import.meta.url)("workerd");

test("in workerd, a module Worker", async (t) => {
  const folder = await consumer("workerd");
  await build({
    absWorkingDir: folder,
    entryPoints: ["worker.js"],
    outfile: "dist/worker.js",
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    // As wrangler does: a compiled module is not bundled but handed over beside the script.
    external: ["*?module"],
  });
  const server = await startServer();
  t.after(server.close);
  const [{ username, password }] = demoCredentials;
  const worker = await startWorkerd(t, folder, { API_URL: server.url, API_USERNAME: username, API_PASSWORD: password });

  await t.test("submits once for each request, two of them first at the same time", async () => {
    const answers = await Promise.all([fetch(worker), fetch(worker)]);
    for (const answer of answers) {
      const body = await answer.text();
      assert.equal(answer.status, 200, body);
      assert.equal(JSON.parse(body).success, true);
    }
    const text = { to: "3334445555", text: "Welcome!", by: "submitListener" };
    assert.deepEqual(server.sandbox.texts, [text, text]);
    assert.equal(server.sandbox.requests.length, 2);
  });

  await t.test("refuses a misspelt field before anything is sent", async () => {
    server.sandbox.reset();
    const refusal = await (await fetch(`${worker}typo`)).json();
    assert.equal(refusal.branded, true);
    assert.equal(refusal.code, "validation");
    assert.equal(refusal.delivery, "not_sent");
    assert.equal(server.sandbox.requests.length, 0);
  });
});

/**
 * @param {import("node:test").TestContext} test
 * @param {string} folder
 * @param {Record<string, string>} env
 * @returns {Promise<string>} the Worker's address
 */
const startWorkerd = (test, folder, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(workerd, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    test.after(
      () =>
        new Promise((ended) => {
          child.once("close", ended);
          child.kill("SIGKILL");
        }),
    );
    child.once("close", (code) => reject(new Error(`workerd ended with ${code}`)));
    const control = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
    createInterface(control).on("line", (line) => {
      const { event, port } = JSON.parse(line);
      if (event === "listen") resolve(`http://127.0.0.1:${port}/`);
    });
  });
