// The demo page, and files over HTTP, in each browser engine.
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { startDemo } from "../../scripts/demo/demo-server.js";
import { at, pkg } from "../../scripts/lib/paths.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { row } from "../packages/support/row.js";
import { serveFolder } from "../packages/support/site.js";
import { browsers } from "./browsers.js";
import { open, until } from "./webdriver.js";

for (const engine of browsers) {
  test(`in ${engine.name} the demo page texts once for each call and holds no credential, and files arrive as they are`, async (t) => {
    const browser = await open(t, engine);
    await demoPage(t, browser);
    await files(t, browser);
    row({ environment: `${engine.name}, demo page`, versions: { [engine.product]: browser.version } });
  });
}

/** @param {import("node:test").TestContext} t @param {import("./webdriver.js").Browser} browser */
const demoPage = async (t, browser) => {
  const demo = await startDemo();
  t.after(demo.close);
  await browser.visit(demo.url);
  await until(() => browser.run(phoneSays, "No texts yet."));

  assert.match(await call(browser, "#submit-listener [type=submit]", ".happening .record"), /^(Success|Taken in)$/);
  await until(() => browser.run(phoneSays, "1 text."));
  assert.deepEqual(demo.sandbox.texts, [{ to: "3334445555", text: "Welcome!", by: "submitListener" }]);
  const seen = (await browser.run(everythingThePageHas)).join("\n");
  assert.ok(seen.includes("submitListener("), "the page's own scripts are among it");
  const [{ username, password }] = demoCredentials;
  for (const secret of [password, Buffer.from(`${username}:${password}`).toString("base64")]) {
    assert.ok(!seen.includes(secret), "the page holds a credential");
  }

  // The same without a server: the client, the sandbox and the phone in one page.
  await browser.click('[name=target][value="sandbox"]');
  await until(() => browser.run(phoneSays, "No texts yet."));
  assert.equal(await call(browser, "#submit-listener [type=submit]", ".happening .record"), "Success");
  await until(() => browser.run(phoneSays, "1 text."));
  await browser.click(".operations li:nth-child(8) button");
  assert.equal(await call(browser, ".sendbar [type=submit]", ".result"), "Success");
  await until(() => browser.run(phoneSays, "2 texts."));
  assert.equal(demo.sandbox.texts.length, 1);
};

/** @param {import("node:test").TestContext} t @param {import("./webdriver.js").Browser} browser */
const files = async (t, browser) => {
  const server = await startServer({ credentials: false });
  t.after(server.close);
  const folder = temporaryFolder();
  await cp(join(pkg, "dist"), folder, { recursive: true });
  await cp(at("tests", "engines", "upload"), folder, { recursive: true });
  await browser.visit(`${await serveFolder(t, folder)}?baseUrl=${encodeURIComponent(server.url)}`);
  const written = () => document.querySelector("output")?.textContent ?? "";
  const answers = JSON.parse(await until(() => browser.run(written)));

  const { uploads } = server.sandbox;
  assert.deepEqual(
    answers,
    uploads.map(({ key }) => ({ key })),
  );
  assert.deepEqual(
    uploads.map(({ filename, type, bytes }) => ({ filename, type, bytes: Buffer.from(bytes).toString("latin1") })),
    [
      { filename: "offer.pdf", type: "application/pdf", bytes: "%PDF" },
      { filename: "photo.png", type: "image/png", bytes: "\x89PNG" },
      { filename: "bytes", type: "application/octet-stream", bytes: "\0\xff\r\n\0" },
    ],
  );
};

/** Runs in the page. @param {string} words */
const phoneSays = (words) => document.querySelector(".device .count")?.textContent?.startsWith(words);

/**
 * Makes a call of the page's.
 * @param {import("./webdriver.js").Browser} browser
 * @param {string} button
 * @param {string} record
 * @returns {Promise<string>} the verdict that it shows in the end
 */
const call = async (browser, button, record) => {
  await browser.click(button);
  return until(() =>
    browser.run((record) => {
      const settled = document.querySelector(`${record}:not([data-tone=idle], [data-tone=running])`);
      return settled?.querySelector(".verdict")?.textContent ?? "";
    }, record),
  );
};

/** Runs in the page. @returns what it shows, what it stores, and all that it has loaded from its server */
const everythingThePageHas = async () => {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const texts = loaded
    .filter((name) => name.startsWith(location.origin))
    .map(async (name) => (await fetch(name)).text());
  const stores = [localStorage, sessionStorage].map((store) => JSON.stringify(store));
  return [document.documentElement.outerHTML, document.cookie, ...stores, ...(await Promise.all(texts))];
};
