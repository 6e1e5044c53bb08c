import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";
import { chromeFlags, findChrome } from "../../../scripts/lib/browser.js";
import { at } from "../../../scripts/lib/paths.js";

/**
 * A page in a browser of its own, for the review page's tests. It says yes to every question, and keeps them.
 * @param {import("node:test").TestContext} t
 * @param {string} name of its pictures
 */
export const openBrowser = async (t, name) => {
  const browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  t.after(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const questions = [];
  page.on("dialog", (dialog) => {
    questions.push(dialog.message());
    return dialog.accept();
  });
  return {
    page,
    questions,
    /** For people to look at. @param {string} moment */
    shoot: async (moment) => {
      const folder = at("tests", "e2e", "screenshots");
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: `${folder}/${name}-${moment}.png`, fullPage: true });
    },
  };
};
