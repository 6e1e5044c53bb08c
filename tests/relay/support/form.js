import { after } from "node:test";
import { chromium } from "playwright-core";
import { chromeFlags, findChrome } from "../../../scripts/lib/browser.js";
import { at } from "../../../scripts/lib/paths.js";
import { INSECURE, startSite } from "./form-site.js";

/** @param {string} action @param {string} attributes @param {string} inside */
const formPage = (action, attributes, inside) => `<!doctype html>
<html lang="en">
  <meta name="viewport" content="width=device-width" />
  <title>Ask us</title>
  <script src="/form-auto.js" defer></script>
  <style>
    form { display: grid; gap: 0.75rem; max-width: 24rem; margin: 2rem auto; font: 1rem/1.5 system-ui, sans-serif; }
    label { display: grid; }
    [aria-invalid="true"] { outline: 2px solid #b00020; }
    [role="alert"] { color: #b00020; }
  </style>
  <form method="post" action="${action}" data-botsplash ${attributes}>
    <label>First name <input name="firstName" autocomplete="given-name" /></label>
    <label>Phone <input name="phoneNumber" type="tel" required autocomplete="tel" /></label>
    <label>Color <input name="color" /></label>
    <label>Message <textarea name="message"></textarea></label>
    <button>Send</button>
    ${inside}
  </form>
</html>`;

const startWorld = async () => {
  const site = await startSite();
  const browser = await chromium.launch({
    executablePath: findChrome(),
    args: [...chromeFlags, `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`],
  });
  const stop = () => Promise.all([browser.close(), site.stop()]);
  return { ...site, browser, stop };
};

/** @type {ReturnType<typeof startWorld> | undefined} what the tests of a file share */
let shared;
after(async () => (await shared)?.stop());

/** The site, and Chromium. */
export const world = () => (shared ??= startWorld());

/**
 * A page with a lead form on one origin, a relay on another, and the sandbox behind it.
 * @param {{ attributes?: string, inside?: string, listener?: "welcome" | "nameless" }} [options] what the form has:
 *   attributes, and HTML at its end; and where it goes
 */
export const startForm = async ({ attributes = "", inside = "", listener = "welcome" } = {}) => {
  const site = await world();
  site.gate.reset();
  const action = site[listener === "welcome" ? "action" : "nameless"];
  const path = site.add(formPage(action, attributes, inside));
  return {
    sandbox: site.sandbox,
    relay: site.relay,
    gate: site.gate,
    browser: site.browser,
    action,
    address: site.page + path,
    insecureAddress: site.insecurePage + path,
    texts: await site.count(),
    /** @param {import("playwright-core").BrowserContextOptions} [options] */
    visit: async (options) => {
      const context = await site.browser.newContext({ viewport: { width: 480, height: 640 }, ...options });
      context.setDefaultTimeout(60_000);
      return visitIn(context, site.page + path, action);
    },
  };
};

/** For people to look at, if they say so with SCREENSHOTS=1. @param {import("playwright-core").Page} page @param {string} name */
export const shoot = async (page, name) => {
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: at("tests", "relay", "screenshots", `${name}.png`), fullPage: true });
};

/**
 * A tab with the page in it.
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} address
 * @param {string} action the relay's, whose requests are kept
 */
const visitIn = async (context, address, action) => {
  const page = await context.newPage();
  /** @type {URLSearchParams[]} */
  const posts = [];
  page.on("request", (request) => {
    if (request.url() === action && request.method() === "POST")
      posts.push(new URLSearchParams(request.postData() ?? ""));
  });
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(address);
  return {
    page,
    context,
    posts,
    errors,
    /** The submission keys that were posted. */
    keys: () => posts.map((post) => post.get("submissionKey")),
    button: page.getByRole("button", { name: "Send" }),
    status: page.getByRole("status"),
    alert: page.getByRole("alert"),
    phone: page.getByLabel("Phone"),
    /** @param {string} [phoneNumber] */
    fill: async (phoneNumber = "3334445555") => {
      await page.getByLabel("First name").fill("Jane");
      await page.getByLabel("Phone").fill(phoneNumber);
      await page.getByLabel("Message").fill("Welcome!");
    },
    /** @param {string} name */
    shoot: (name) => shoot(page, name),
  };
};
