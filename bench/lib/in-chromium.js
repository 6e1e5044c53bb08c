import { basename, dirname } from "node:path";
import { chromium } from "playwright-core";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { serveFolder } from "./serve-folder.js";

export const launch = () => chromium.launch({ executablePath: findChrome(), args: chromeFlags });

/**
 * A module in a page of its own.
 * @param {string} file
 * @returns {Promise<import("./in-node.js").Process>}
 */
export const startPage = async (file) => {
  const site = await serveFolder(dirname(file));
  const browser = await launch();
  const close = async () => {
    await browser.close();
    site.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const module = await page.evaluateHandle((name) => import(`/${name}`), basename(file));
    return {
      call: (name, ...args) =>
        module.evaluate((functions, [name, args]) => functions[name](...args), /** @type {const} */ ([name, args])),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
