// The page apart from its demo: its types, and what a build of it is.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { startServer } from "../../sandbox/server.js";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { visit } from "./visit.js";

test("the page's TypeScript is sound", async () => {
  const { code, output } = await capture("tsc", ["--project", "www"]);
  assert.equal(code, 0, output);
});

test("the built page works under its Content-Security-Policy", async (t) => {
  const outDir = mkdtempSync(join(tmpdir(), "botsplash-page-"));
  t.after(() => rmSync(outDir, { recursive: true }));
  await build({ root: at("www"), logLevel: "warn", build: { outDir, emptyOutDir: true } });

  const sandbox = await startServer({ credentials: false });
  t.after(sandbox.close);
  const site = await preview({
    configFile: false,
    root: at("www"),
    logLevel: "warn",
    build: { outDir },
    preview: {
      host: "127.0.0.1",
      port: 0,
      proxy: {
        "/relay": { target: sandbox.origin, rewrite: (path) => path.replace("/relay", new URL(sandbox.url).pathname) },
        "/_sandbox": { target: sandbox.origin },
      },
    },
  });
  t.after(() => site.close());
  const browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  t.after(() => browser.close());

  const [url] = /** @type {import("vite").ResolvedServerUrls} */ (site.resolvedUrls).local;
  const { page, listener, complaints, elsewhere } = await visit(browser, url);
  assert.equal(await listener.run(), "Success");
  assert.equal(sandbox.sandbox.texts.length, 1);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy ?? "", /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'/);
  assert.deepEqual(complaints, []);
  assert.deepEqual(elsewhere, []);
});
