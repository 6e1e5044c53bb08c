import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { startServer } from "../../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../../scripts/lib/browser.js";
import { textedOnce } from "./sandbox.js";

/**
 * @typedef {object} Visit
 * @property {string} text What the page wrote.
 * @property {number} appBytes All JavaScript and wasm that it downloaded, each file after brotli 11.
 * @property {string} chromium The version.
 */

/**
 * Opens a page that submits once and writes the answer, and holds it to the sandbox's records.
 * @param {import("node:test").TestContext} test
 * @param {string} address
 * @param {string} [hash] the address's
 */
export const submitsInChromium = async (test, address, hash = "") => {
  const server = await startServer({ credentials: false });
  test.after(server.close);
  const visit = await visitInChromium(test, `${address}?baseUrl=${encodeURIComponent(server.url)}${hash}`);
  // Chromium asks before it posts across origins.
  const requests = server.sandbox.requests.filter(({ method }) => method !== "OPTIONS");
  textedOnce({ ...server.sandbox, requests }, JSON.parse(visit.text));
  return visit;
};

/**
 * Opens a page, presses the button of its form if it has one, and waits for what it writes.
 * @param {import("node:test").TestContext} test
 * @param {string} address
 * @returns {Promise<Visit>}
 */
export const visitInChromium = async (test, address) => {
  const browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  test.after(() => browser.close());
  const context = await browser.newContext();
  // A development server may make the page only now.
  context.setDefaultTimeout(90_000);
  /** @type {Promise<number>[]} */
  const downloads = [];
  // Of the context, since those of a web worker do not belong to its page alone.
  context.on("response", (response) => {
    if (isCode(response)) downloads.push(response.body().then((body) => brotliCompressSync(body).length));
  });
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(message.text()));

  await page.goto(address);
  const button = page.locator("form button");
  if ((await button.count()) > 0) await button.click();
  const text = await page
    .locator("output:not(:empty)")
    .textContent()
    .catch((error) => {
      throw new Error(`the page wrote nothing, but:\n${complaints.join("\n")}`, { cause: error });
    });
  const sizes = await Promise.all(downloads);
  return {
    text: text ?? "",
    appBytes: sizes.reduce((total, size) => total + size, 0),
    chromium: browser.version(),
  };
};

/** @param {import("playwright-core").Response} response */
const isCode = (response) => response.ok() && /javascript|wasm/.test(response.headers()["content-type"] ?? "");
