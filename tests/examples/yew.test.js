// The form on Yew, in Chromium, with a relay on its page's own host that passes its posts to a sandbox.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { chromium } from "playwright-core";
import { startServer } from "../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { row } from "../packages/support/row.js";
import { serveFolder } from "../packages/support/site.js";
import { buildForWeb, versions } from "./support.js";

/** @type {Record<string, string>} */
/** The way through a relay to the API. @param {string} api @returns {Parameters<typeof serveFolder>[2]} */
const relayTo = (api) => (request, path) =>
  path.startsWith("/relay/") ? passOn(request, api + path.slice("/relay".length)) : undefined;

/** @param {import("node:http").IncomingMessage} request @param {string} url */
const passOn = async (request, url) => {
  const body = Buffer.concat(await request.toArray());
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  return fetch(url, { method: request.method ?? "GET", body, headers });
};

test("the form on Yew submits a lead once, and says when nobody knows", async (t) => {
  const folder = temporaryFolder();
  const appBytes = await buildForWeb("yew-form", folder);
  const page = `<!doctype html><title>Yew</title><body><script type="module">import init from "./app.js"; init();</script>`;
  writeFileSync(join(folder, "index.html"), page);
  const { sandbox, url, close } = await startServer({ credentials: false });
  t.after(close);
  const address = await serveFolder(t, folder, relayTo(url));
  const browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  t.after(() => browser.close());
  const visitor = await browser.newPage();
  const fill = async () => {
    await visitor.goto(address);
    await visitor.fill("[name=firstName]", "Jane");
    await visitor.fill("[name=phoneNumber]", "3334445555");
    await visitor.click("form button");
  };

  await fill();
  await visitor.locator("output", { hasText: "Thank you." }).waitFor();
  assert.deepEqual(
    sandbox.submissions.map(({ visitor }) => [visitor.firstName, visitor.phoneNumber]),
    [["Jane", "3334445555"]],
  );

  await visitor.route("**/relay/**", (route) => route.fulfill({ status: 500, body: "{}" }));
  await fill();
  await visitor.locator("output", { hasText: /^unknown: submitListener: / }).waitFor();
  row({
    language: "Rust",
    environment: "`wasm32-unknown-unknown`: Yew, a page in Chromium",
    versions: { ...(await versions("yew", "wasm-bindgen")), chromium: browser.version() },
    appBytes,
    note: "run in Chromium, a relay's way to the sandbox",
  });
});
