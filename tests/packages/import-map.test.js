import test from "node:test";
import { browserProject } from "./support/bundler.js";
import { submitsInChromium } from "./support/chromium.js";
import { row } from "./support/row.js";
import { serveFolder } from "./support/site.js";

test("a plain page with an import map submits once", async (t) => {
  const { folder } = await browserProject(t, "import-map");
  const { appBytes, chromium } = await submitsInChromium(t, await serveFolder(t, folder));
  row({ environment: "Plain page, import map", versions: { chromium }, appBytes });
});
