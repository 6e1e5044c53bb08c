import { mkdirSync } from "node:fs";
import { at } from "../../scripts/lib/paths.js";

const screenshots = at("tests", "e2e", "screenshots");

/**
 * Opens the page in a profile of its own, and keeps what went wrong there.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export const visit = async (browser, url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  /** @type {string[]} */
  const elsewhere = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && origin !== new URL(url).origin) elsewhere.push(request.url());
  });
  await page.goto(url);
  // Written once the page's own script has run.
  await page.locator(".phone .count:not(:empty)").waitFor();

  return {
    page,
    complaints,
    /** Requests that left the page's own origin. */
    elsewhere,
    listener: call(page, "#submit-listener"),
    message: call(page, "#send-message"),
    texts: page.locator(".texts .bubble"),
    /** @param {string} label */
    onTheWay: (label) => page.getByLabel("On the way").selectOption({ label }),
    /** For people to look at. @param {string} name */
    shoot: async (name) => {
      mkdirSync(screenshots, { recursive: true });
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
    },
    close: () => context.close(),
  };
};

/** A form and the record of its call. @param {import("playwright-core").Page} page @param {string} section */
const call = (page, section) => {
  const within = page.locator(section);
  return {
    submit: within.locator("button[type=submit]"),
    cancel: within.locator(".cancel"),
    verdict: within.locator(".verdict"),
    meaning: within.locator(".meaning"),
    request: within.locator(".request"),
    line: within.locator(".line"),
    attempts: within.locator(".attempts li"),
    response: within.locator(".response"),
    problem: within.locator(".wrong"),
    /** @param {string} name */
    field: (name) => within.locator(`[name="${name}"]`),
    /** What the record says of one fact. @param {string} name */
    fact: (name) => within.locator(".facts div", { has: page.locator(`dt:text-is("${name}")`) }).locator("dd"),
    /** Submits, and waits for the end of the call. @returns {Promise<string>} the verdict */
    async run() {
      await within.locator("button[type=submit]").click();
      return this.end();
    },
    /** @returns {Promise<string>} the verdict */
    async end() {
      await within.locator('.record:not([data-tone="idle"]):not([data-tone="running"])').waitFor();
      await within.locator("button[type=submit]:enabled").waitFor();
      return within.locator(".verdict").innerText();
    },
  };
};
