// Service workers: a site's own, and an extension's, whose pages are tried as well.
import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { chromium } from "playwright-core";
import { startServer } from "../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { succeed } from "./install.js";
import { versionsOf } from "./support/bundler.js";
import { submitsInChromium } from "./support/chromium.js";
import { frameworkProject } from "./support/framework.js";
import { row } from "./support/row.js";
import { textedOnce } from "./support/sandbox.js";
import { serveFolder } from "./support/site.js";

test("in the background", async (t) => {
  const folder = await frameworkProject("background");
  const versions = versionsOf(folder);
  await succeed("npm", ["run", "build"], folder);
  const dist = join(folder, "dist");
  for (const file of ["index.html", "manifest.json"]) await cp(join(folder, file), join(dist, file));

  await t.test("a service worker submits once", async (t) => {
    await submitsInChromium(t, await serveFolder(t, dist), "#background");
    row({ environment: "Service worker", versions });
  });

  for (const [part, hash] of [
    ["page", ""],
    ["service worker", "#background"],
  ]) {
    await t.test(`an extension's ${part} submits once`, async (t) => {
      const { sandbox, answer } = await submitsInExtension(t, dist, hash);
      const requests = sandbox.requests.filter(({ method }) => method !== "OPTIONS");
      textedOnce({ ...sandbox, requests }, answer);
      row({
        environment: `Extension (Manifest V3), ${part}`,
        versions,
        note: "with `'wasm-unsafe-eval'` in its manifest",
      });
    });

    await t.test(`an extension's ${part} that may not start WebAssembly says what to allow`, async (t) => {
      const bare = join(temporaryFolder(), "bare");
      await cp(dist, bare, { recursive: true });
      const { content_security_policy: _, ...manifest } = JSON.parse(
        await readFile(join(bare, "manifest.json"), "utf8"),
      );
      await writeFile(join(bare, "manifest.json"), JSON.stringify(manifest));
      const { sandbox, answer } = await submitsInExtension(t, bare, hash);
      assert.deepEqual([answer.code, answer.delivery], ["configuration", "not_sent"]);
      assert.match(answer.hint, /'wasm-unsafe-eval'/);
      assert.deepEqual(sandbox.requests, []);
    });
  }
});

/**
 * @param {import("node:test").TestContext} t
 * @param {string} extension its folder
 * @param {string} hash which part of it is to submit
 */
const submitsInExtension = async (t, extension, hash) => {
  const server = await startServer({ credentials: false });
  t.after(server.close);
  const context = await chromium.launchPersistentContext(temporaryFolder(), {
    executablePath: findChrome(),
    // Playwright's own flags leave no room for extensions.
    ignoreDefaultArgs: ["--disable-extensions"],
    args: [...chromeFlags, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
  });
  t.after(() => context.close());
  const [worker] = context.serviceWorkers();
  const { host } = new URL((worker ?? (await context.waitForEvent("serviceworker"))).url());
  const page = await context.newPage();
  await page.goto(`chrome-extension://${host}/index.html?baseUrl=${encodeURIComponent(server.url)}${hash}`);
  await page.locator("form button").click();
  const text = await page.locator("output:not(:empty)").textContent({ timeout: 90_000 });
  return { sandbox: server.sandbox, answer: JSON.parse(text ?? "") };
};
