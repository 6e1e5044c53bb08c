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
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  // Whoever asks for the slow response cancels it, however long the test looks at the page meanwhile.
  await page.addInitScript(() => {
    const { setTimeout: set } = window;
    /** @param {TimerHandler} run @param {number} [ms] @param {any[]} args */
    const patient = (run, ms = 0, ...args) => set(run, ms >= 5000 ? 600_000 : ms, ...args);
    window.setTimeout = /** @type {any} */ (patient);
  });
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
  if (options.javaScriptEnabled !== false) await ready(page);

  return {
    context,
    page,
    complaints,
    /** Requests that left the page's own origin. */
    elsewhere,
    lead: lead(page),
    explorer: explorer(page),
    /** The phone's texts. */
    texts: page.locator(".device .bubble"),
    /** @param {"This page" | "A relay" | "The real API"} name */
    target: (name) => page.getByRole("radio", { name }).check(),
    /** For people to look at, if they say so with SCREENSHOTS=1. @param {string} name */
    shoot: async (name) => {
      if (!process.env.SCREENSHOTS) return;
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
    },
  };
};

/** The phone says what it has once the page's script runs and knows. @param {import("playwright-core").Page} page */
const ready = (page) => page.locator(".device .count").filter({ hasNotText: "Starting" }).waitFor();

/**
 * A record of a call.
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").Locator} record
 */
const recordOf = (page, record) => ({
  verdict: record.locator(".verdict"),
  meaning: record.locator(".meaning"),
  /** @param {string} name what it says of one fact */
  fact: (name) => record.locator(".facts div", { has: page.locator(`dt:text-is("${name}")`) }).locator("dd"),
  wire: record.locator(".wire summary"),
  request: record.locator(".wire .request"),
  received: record.locator(".wire .received"),
  line: record.locator(".wire .line").first(),
  /** @returns {Promise<string>} the verdict, once the call is over */
  async end() {
    await record.and(page.locator(':not([data-tone="idle"]):not([data-tone="running"])')).waitFor();
    return record.locator(".verdict").innerText();
  },
});

/** @param {import("playwright-core").Page} page */
const lead = (page) => {
  const record = recordOf(page, page.locator(".happening .record"));
  const form = page.locator("#submit-listener");
  return {
    ...record,
    /** @param {string} name */
    field: (name) => form.locator(`[name="${name}"]`),
    submit: form.locator("button[type=submit]"),
    cancel: form.locator(".cancel"),
    problem: form.locator(".wrong"),
    again: page.getByRole("button", { name: "Send it again anyway" }),
    stations: page.locator(".station b"),
    legs: page.locator(".leg:not(.later)"),
    /** @param {string} label */
    onTheWay: (label) => form.getByRole("radio", { name: label, exact: true }).check({ force: true }),
    /** Submits, and waits for the end of the call. @returns {Promise<string>} the verdict */
    async run() {
      await form.locator("button[type=submit]").click();
      return record.end();
    },
  };
};

/** @param {import("playwright-core").Page} page */
const explorer = (page) => {
  const section = page.locator("#explorer");
  const record = recordOf(page, section.locator(".record"));
  return {
    ...record,
    section,
    names: section.locator(".operations button code"),
    /** @param {string} name an operation's */
    choose: (name) => section.getByRole("navigation").getByRole("button", { name }).click(),
    /** @param {string} path */
    field: (path) => section.locator(`[name="${path}"]`),
    route: section.getByLabel("Route"),
    send: section.locator(".sendbar [type=submit]"),
    cancel: section.locator(".cancel"),
    tree: section.locator(".tree").first(),
    status: section.locator(".timing b"),
    timing: section.locator(".timing"),
    code: section.locator(".code pre"),
    received: section.locator(".received .bubble"),
    /** @param {string} name */
    language: (name) => section.getByRole("group", { name: "Language" }).getByRole("button", { name }).click(),
    /** @param {string} name */
    press: (name) => section.getByRole("button", { name }).click(),
    /** @param {string} label */
    onTheWay: (label) => section.getByLabel("On the way").selectOption({ label }),
    /** Sends, and waits for the end of the call. @returns {Promise<string>} the verdict */
    async run() {
      await section.locator(".sendbar [type=submit]").click();
      return record.end();
    },
  };
};
