import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { startServer } from "../../sandbox/server.ts";
import { succeed } from "./install.js";
import { browserProject } from "./support/bundler.js";
import { submitsInChromium, visitInChromium } from "./support/chromium.js";
import { row } from "./support/row.js";
import { serveFolder } from "./support/site.js";

test("botsplash/slim with Subresource Integrity", async (t) => {
  const { folder, versions } = await browserProject(t, "slim-integrity");
  await succeed("npm", ["run", "build"], folder);
  const dist = join(folder, "dist");

  await t.test("the file that was installed submits once", async (t) => {
    const { appBytes } = await submitsInChromium(t, await serveFolder(t, dist));
    row({ environment: "`botsplash/slim`, Vite 8, Subresource Integrity", versions, appBytes });
  });

  await t.test("a file that was tampered with is refused, with what to do, before any request", async (t) => {
    const assets = join(dist, "assets");
    const wasm = join(assets, (await readdir(assets)).find((name) => name.endsWith(".wasm")) ?? "");
    // A custom section more: it would run as the right one does.
    await writeFile(wasm, Buffer.concat([await readFile(wasm), Buffer.from([0, 2, 1, 0x78])]));
    const server = await startServer({ credentials: false });
    t.after(server.close);
    const address = `${await serveFolder(t, dist)}?baseUrl=${encodeURIComponent(server.url)}`;
    const { code, delivery, message, hint } = JSON.parse((await visitInChromium(t, address)).text);
    assert.deepEqual({ code, delivery }, { code: "configuration", delivery: "not_sent" });
    assert.match(message, /WebAssembly part did not start.*Nothing was sent/);
    assert.match(hint, /integrity, the file must be that of the installed version/);
    assert.deepEqual(server.sandbox.requests, []);
  });
});
