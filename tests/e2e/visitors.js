import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { chromium } from "playwright-core";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { visit } from "./visit.js";

// Chromium writes this line for every answer of 400 and above and every lost connection; no page can hush it.
const FAILED_REQUEST = /^Failed to load resource: /;

/**
 * A browser for the tests of a file. After each test, the pages that it opened must have been silent and have asked
 * nobody else.
 * @param {() => string} url where the page is, once it is somewhere
 */
export const visitors = (url) => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof visit>>[]} */
  let open = [];
  before(async () => {
    browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  });
  after(() => browser?.close());
  afterEach(async () => {
    const visits = open;
    open = [];
    for (const { context, elsewhere, complaints } of visits) {
      await context.close();
      assert.deepEqual(elsewhere, [], "the page asks nobody but its own server");
      assert.deepEqual(
        complaints.filter((text) => !FAILED_REQUEST.test(text)),
        [],
        "the console is clean",
      );
    }
  });
  /** @param {Parameters<typeof visit>[2]} [options] */
  return async (options) => {
    const visitor = await visit(browser, url(), options);
    open.push(visitor);
    return visitor;
  };
};
