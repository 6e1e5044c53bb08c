// A call that is in flight while its page begins to load something else, in each browser engine. A download's link is
// clicked, the loading is stopped. The call's outcome is told all the same, as far as it is known.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import test from "node:test";
import { pkg } from "../../scripts/lib/paths.js";
import { browsers } from "./browsers.js";
import { open, until } from "./webdriver.js";

const { ENGINE } = process.env;

const PAGE = `<!doctype html>
<title>A call in flight</title>
<a href="/download">A brochure</a>
<output></output>
<script type="module">
  import { Botsplash } from "/dist/index.js";

  const client = new Botsplash({ appId: "acme", baseUrl: location.origin + "/relay", retries: 0 });
  globalThis.submit = (timeoutMs) =>
    client
      .submitListener("welcome", { visitor: { phoneNumber: "3334445555" } }, { timeoutMs })
      .catch(({ code, delivery }) => ({ code, delivery }))
      .then((came) => { document.querySelector("output").textContent = JSON.stringify(came); });
  client.ready().then(() => { document.title = "ready"; });
</script>`;

/** A site whose relay answers when the test says so. @param {import("node:test").TestContext} t */
const startSite = async (t) => {
  /** @type {(() => void)[]} */
  const held = [];
  let downloads = 0;
  const server = createServer((request, response) => {
    const { url = "" } = request;
    if (url.startsWith("/relay/")) {
      request.resume();
      held.push(() => response.writeHead(200, { "content-type": "application/json" }).end('{"success":true}'));
    } else if (url === "/download") {
      downloads += 1;
      response.writeHead(200, { "content-disposition": "attachment; filename=brochure.txt" }).end("A brochure");
    } else if (url.startsWith("/dist/")) {
      response.writeHead(200, { "content-type": "text/javascript" });
      response.end(readFileSync(join(pkg, url)));
    } else response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}/`,
    arrived: () => until(async () => held.length > 0),
    downloaded: () => until(async () => downloads > 0),
    answer: () => held.splice(0).forEach((answer) => void answer()),
  };
};

const written = () => document.querySelector("output")?.textContent ?? "";
const isReady = () => document.title === "ready";
const submit = (/** @type {number} */ timeoutMs) => void (/** @type {any} */ (globalThis).submit(timeoutMs));

for (const engine of browsers.filter(({ name }) => !ENGINE || name === ENGINE)) {
  test(`in ${engine.name}`, async (t) => {
    const browser = await open(t, engine);
    const site = await startSite(t);
    /** @param {number} timeoutMs */
    const inFlight = async (timeoutMs) => {
      await browser.visit(site.address);
      await until(() => browser.run(isReady));
      await browser.run(submit, timeoutMs);
      await site.arrived();
    };

    // WebKit never settles the fetch, so that the client's own deadline ends the call.
    const survives = { WebKit: { code: "timeout", delivery: "unknown" } }[engine.name] ?? { success: true };
    await t.test(`a call survives the click on a download: ${JSON.stringify(survives)}`, async () => {
      await inFlight(engine.name === "WebKit" ? 3000 : 30_000);
      await browser.click("a");
      await site.downloaded();
      site.answer();
      assert.deepEqual(JSON.parse(await until(() => browser.run(written))), survives);
    });

    await t.test("a call whose page stops loading ends, as what it is", async () => {
      await inFlight(2000);
      await browser.run(() => window.stop());
      const { delivery } = JSON.parse(await until(() => browser.run(written)));
      // The relay has it, and nobody has heard of its answer.
      assert.equal(delivery, "unknown");
      site.answer();
    });
  });
}
