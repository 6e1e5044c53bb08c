import assert from "node:assert/strict";
import test from "node:test";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { startServer } from "../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { consumer } from "./install.js";

test("built with Vite, in Chromium", async (t) => {
  const root = await consumer("vite");
  await build({ root, configFile: false, logLevel: "warn", build: { target: "es2022" } });
  const server = await startServer({ credentials: false });
  t.after(server.close);
  const browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  t.after(() => browser.close());

  /** @param {Record<string, string>} [headers] @returns what the page shows in the end */
  const visit = async (headers) => {
    const site = await preview({
      root,
      configFile: false,
      logLevel: "warn",
      preview: { host: "127.0.0.1", port: 0, headers },
    });
    try {
      const page = await browser.newPage();
      const [address] = /** @type {import("vite").ResolvedServerUrls} */ (site.resolvedUrls).local;
      await page.goto(`${address}?baseUrl=${encodeURIComponent(server.url)}`);
      const output = page.locator("output:not(:empty)");
      return JSON.parse(/** @type {string} */ (await output.textContent({ timeout: 90_000 })));
    } finally {
      await site.close();
    }
  };

  await t.test("the installed package submits once, across origins", async () => {
    const { answer } = await visit();
    assert.equal(answer?.success, true);
    assert.deepEqual(server.sandbox.texts, [{ to: "3334445555", text: "Welcome!", by: "submitListener" }]);
    assert.equal(server.sandbox.submissions.length, 1);
  });

  await t.test("a page that forbids WebAssembly is told what to allow, and nothing is sent", async () => {
    server.sandbox.reset();
    const { branded, code, delivery, hint } = await visit({ "content-security-policy": "script-src 'self'" });
    assert.deepEqual({ branded, code, delivery }, { branded: true, code: "configuration", delivery: "not_sent" });
    assert.match(hint, /'wasm-unsafe-eval'/);
    assert.equal(server.sandbox.requests.length, 0);
  });

  await t.test("a page that allows just that submits", async () => {
    const { answer } = await visit({ "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'" });
    assert.equal(answer?.success, true);
  });
});
