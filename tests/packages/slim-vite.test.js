import { join } from "node:path";
import test from "node:test";
import { freePort } from "../../scripts/lib/ports.js";
import { succeed } from "./install.js";
import { browserProject } from "./support/bundler.js";
import { submitsInChromium } from "./support/chromium.js";
import { startProgram } from "./support/program.js";
import { row } from "./support/row.js";
import { serveFolder } from "./support/site.js";

test("botsplash/slim with Vite, which serves the WebAssembly beside the JavaScript", async (t) => {
  const { folder, versions } = await browserProject(t, "slim-vite");

  await t.test("in development, submits once", async (t) => {
    const address = await startProgram(t, "npm", ["run", "dev", "--", "--port", String(await freePort())], {
      cwd: folder,
      ready: /Local:\s+(http:\S+)/,
    });
    await submitsInChromium(t, address);
    row({ environment: "`botsplash/slim`, Vite 8, dev server", versions });
  });

  await t.test("built, submits once", async (t) => {
    await succeed("npm", ["run", "build"], folder);
    const { appBytes } = await submitsInChromium(t, await serveFolder(t, join(folder, "dist")));
    row({ environment: "`botsplash/slim`, Vite 8, build", versions, appBytes });
  });
});
