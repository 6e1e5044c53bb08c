import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { startServer } from "../../sandbox/server.ts";
import { newestNode } from "../../scripts/lib/nodes.js";
import { succeed } from "./install.js";
import { versionsOf } from "./support/bundler.js";
import { submitsInChromium, visitInChromium } from "./support/chromium.js";
import { frameworkProject } from "./support/framework.js";
import { row } from "./support/row.js";
import { serveFolder } from "./support/site.js";

test("Angular", async (t) => {
  const { env } = await newestNode();
  const folder = await frameworkProject("angular");
  const versions = versionsOf(folder);
  /** @param {import("node:test").TestContext} t @param {string[]} configuration */
  const build = async (t, ...configuration) => {
    await succeed("npm", ["run", "build", "--", ...configuration], folder, env);
    return serveFolder(t, join(folder, "dist", "browser"));
  };

  await t.test("the app that it builds submits once", async (t) => {
    const { appBytes } = await submitsInChromium(t, await build(t));
    row({ environment: "Angular", versions, appBytes, note: "most of the bytes are Angular" });
  });

  await t.test("under Angular's own CSP it says what to allow, and sends nothing", async (t) => {
    const server = await startServer({ credentials: false });
    t.after(server.close);
    const address = `${await build(t, "--configuration", "csp")}?baseUrl=${encodeURIComponent(server.url)}`;
    const { code, delivery, hint } = JSON.parse((await visitInChromium(t, address)).text);
    assert.deepEqual({ code, delivery }, { code: "configuration", delivery: "not_sent" });
    assert.match(hint, /'wasm-unsafe-eval'/);
    assert.deepEqual(server.sandbox.requests, []);
  });

  await t.test("under Angular's own CSP that allows it, it submits once", async (t) => {
    const { appBytes } = await submitsInChromium(t, await build(t, "--configuration", "csp-with-wasm"));
    const note = 'with `"autoCsp": { "unsafeEval": true }`';
    row({ environment: "Angular, `autoCsp`", versions, appBytes, note });
  });
});
