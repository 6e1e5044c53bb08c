import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { succeed } from "./install.js";
import { browserProject } from "./support/bundler.js";
import { submitsInChromium } from "./support/chromium.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";
import { serveFolder } from "./support/site.js";

test("esbuild", async (t) => {
  const { folder, versions } = await browserProject(t, "esbuild");
  const dist = join(folder, "dist");

  for (const [format, page] of [
    ["esm", "index.html"],
    ["iife", "iife.html"],
  ]) {
    await t.test(`the ${format} app that it builds submits once`, async (t) => {
      await succeed("npm", ["run", `build:${format}`], folder);
      await cp(join(folder, page), join(dist, format, "index.html"));
      const { appBytes } = await submitsInChromium(t, await serveFolder(t, join(dist, format)));
      row({ environment: `esbuild, ${format}`, versions, appBytes });
    });
  }

  await t.test("the CommonJS program for Node that it builds submits once, with nothing else installed", async (t) => {
    await succeed("npm", ["run", "build:node"], folder);
    await rm(join(folder, "node_modules"), { recursive: true });
    const { sandbox, env } = await sandboxFor(t);
    textedOnce(sandbox, JSON.parse(await succeed(process.execPath, ["dist/server.cjs"], folder, env)));
    row({ environment: "esbuild, Node CommonJS", versions });
  });
});
