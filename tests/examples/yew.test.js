// The form on Yew, in Chromium, with a relay on its page's own host that passes its posts to a sandbox.
import assert from "node:assert/strict";
import { createReadStream, existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import test from "node:test";
import { chromium } from "playwright-core";
import { startServer } from "../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { temporaryFolder } from "../packages/install.js";
import { row } from "../packages/support/row.js";
import { buildForWeb, versions } from "./support.js";

/** @type {Record<string, string>} */
const types = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** @param {import("node:test").TestContext} test @param {string} folder @param {string} api */
const serve = async (test, folder, api) => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    if (pathname.startsWith("/relay/")) {
      const body = Buffer.concat(await request.toArray());
      const type = request.headers["content-type"] ?? "";
      const path = pathname.slice("/relay".length);
      const answer = await fetch(api + path, { method: request.method, body, headers: { "content-type": type } });
      return response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    }
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("content-type", types[extname(file)] ?? "");
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`;
};

test("the form on Yew submits a lead once, and says when nobody knows", async (t) => {
  const folder = await temporaryFolder(t);
  const appBytes = await buildForWeb("yew-form", folder);
  const page = `<!doctype html><title>Yew</title><body><script type="module">import init from "./app.js"; init();</script>`;
  writeFileSync(join(folder, "index.html"), page);
  const { sandbox, url, close } = await startServer({ credentials: false });
  t.after(close);
  const address = await serve(t, folder, url);
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
