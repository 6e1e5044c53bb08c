// The npm package in each browser engine: the half of the boundary that is JavaScript. tests/wasm.rs is the other.
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { at, pkg } from "../../scripts/lib/paths.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { serveFolder } from "../packages/support/site.js";
import { browsers } from "./browsers.js";
import { open, until } from "./webdriver.js";

// One of them is enough for a quick look.
const { ENGINE } = process.env;

for (const engine of browsers.filter(({ name }) => !ENGINE || name === ENGINE)) {
  test(`in ${engine.name} the client reads, sends and answers as it should`, async (t) => {
    const folder = temporaryFolder();
    await cp(join(pkg, "dist"), folder, { recursive: true });
    await cp(at("tests", "engines", "client"), folder, { recursive: true });
    const browser = await open(t, engine);
    await browser.visit(await serveFolder(t, folder));
    const written = () => document.querySelector("output")?.textContent ?? "";
    const results = Object.entries(JSON.parse(await until(() => browser.run(written))));
    assert.ok(results.length > 10);
    for (const [name, failure] of results) assert.equal(failure, "", name);
  });
}
