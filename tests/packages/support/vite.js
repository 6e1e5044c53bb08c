import { cp } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { at } from "../../../scripts/lib/paths.js";
import { freePort } from "../../../scripts/lib/ports.js";
import { succeed } from "../install.js";
import { browserProject } from "./bundler.js";
import { submitsInChromium } from "./chromium.js";
import { startProgram } from "./program.js";
import { row } from "./row.js";
import { serveFolder } from "./site.js";

/** @param {string} major of Vite */
export const testVite = (major) =>
  test(`Vite ${major}`, async (t) => {
    const { folder, versions } = await browserProject(t, `vite-${major}`);
    await cp(at("tests", "packages", "support", "vite-app"), folder, { recursive: true });

    /** @param {import("node:test").TestContext} t */
    const develop = async (t) =>
      startProgram(t, "npm", ["run", "dev", "--", "--port", String(await freePort())], {
        cwd: folder,
        ready: /Local:\s+(http:\S+)/,
      });
    /** @param {string} environment @param {(t: import("node:test").TestContext) => Promise<{ appBytes?: number }>} prove */
    const proves = (environment, prove) =>
      t.test(environment, async (t) => {
        const { appBytes } = await prove(t);
        row({ environment: `Vite ${major}, ${environment}`, versions, appBytes });
      });
    const build = () => succeed("npm", ["run", "build"], folder);
    const dist = join(folder, "dist");

    // A development server's downloads say nothing about a production build.
    await proves("dev server", async (t) => {
      await submitsInChromium(t, await develop(t));
      return {};
    });
    await proves("dev server, web worker", async (t) => {
      await submitsInChromium(t, `${await develop(t)}worker.html`);
      return {};
    });
    await proves("build", async (t) => {
      await build();
      return submitsInChromium(t, await serveFolder(t, dist));
    });
    await proves("build, web worker", async (t) => submitsInChromium(t, `${await serveFolder(t, dist)}worker.html`));
  });
