import { existsSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { at } from "../../../scripts/lib/paths.js";
import { consumer, installed, succeed } from "../install.js";
import { submitsInChromium } from "./chromium.js";
import { row } from "./row.js";
import { serveFolder } from "./site.js";

const app = at("tests", "packages", "support", "browser-app");

/**
 * One of the projects with the app that they all build.
 * @param {import("node:test").TestContext} t
 * @param {string} name
 */
export const browserProject = async (t, name) => {
  const folder = await consumer(name);
  // What a project has of its own stays.
  await cp(app, folder, { recursive: true, force: false });
  return { folder, versions: versionsOf(folder) };
};

/**
 * Has a project's `npm run build` fill dist/, and the page in it submit in Chromium.
 * @param {string} environment as the table names it
 * @param {string} name the project's
 */
export const testBundler = (environment, name) =>
  test(`${environment}: the app that it builds submits once`, async (t) => {
    const { folder, versions } = await browserProject(t, name);
    await succeed("npm", ["run", "build"], folder);
    const dist = join(folder, "dist");
    // Most bundlers make JavaScript only, for the page that there is.
    if (!existsSync(join(dist, "index.html"))) await cp(join(folder, "index.html"), join(dist, "index.html"));
    const { appBytes } = await submitsInChromium(t, await serveFolder(t, dist));
    row({ environment, versions, appBytes });
  });

/** @param {string} folder @returns the versions of what its project asks for beside the package */
export const versionsOf = (folder) => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  return installed(folder, ...names.filter((name) => name !== "botsplash"));
};
