// The site as any file server would serve it, in a folder below its root, and a browser before it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { serve } from "../e2e/page-site.js";

export const site = at("site");

/** How wide a phone's page is. */
export const PHONE = { width: 390, height: 844 };

/** @param {string[]} [flags] more of the browser's */
export const openSite = (flags = []) => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    const { code, output } = await capture(process.execPath, [at("scripts", "site.js")]);
    assert.equal(code, 0, output);
    server = await serve(site);
    const executablePath = findChrome();
    assert.ok(executablePath, "there is no Chromium: set CHROME_PATH");
    browser = await chromium.launch({ executablePath, args: [...chromeFlags, ...flags] });
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  return {
    url: (path = "index.html") => `${server.url}${path}`,
    /** @param {import("playwright-core").BrowserContextOptions} [options] */
    context: (options) => browser.newContext(options),
    /** Ends the browser, which then has written its logs. */
    closeBrowser: () => browser.close(),
  };
};

/**
 * Types into the site's search, as a person does.
 * @param {import("playwright-core").Page} page
 * @param {string} question
 * @returns {Promise<string[]>} the first three pages among its results
 */
export const search = async (page, question) => {
  const bar = page.locator("input[type=search]");
  if (!(await bar.isVisible())) await page.locator("#mdbook-search-toggle").click();
  await bar.fill("");
  await bar.pressSequentially(question);
  await page.waitForFunction(
    (asked) => document.querySelector("[id$=searchresults-header]")?.textContent?.includes(`'${asked}'`),
    question,
  );
  const links = await page
    .locator("[id$=searchresults] a")
    .evaluateAll((all) => all.map((link) => /** @type {HTMLAnchorElement} */ (link).getAttribute("href") ?? ""));
  return [...new Set(links.map((link) => link.replace(/\.html.*$/, "").replace(/^(?:\.\.?\/)+/, "")))].slice(0, 3);
};
