import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { demoCredentials } from "../../../sandbox/index.ts";
import { startServer } from "../../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../../scripts/lib/browser.js";
import { at, pkg } from "../../../scripts/lib/paths.js";
import { startWorker } from "../../../scripts/lib/worker.js";
import { eventually } from "./outbox.js";

/** 127.0.0.1 under a name that makes a page of it an insecure one. */
const INSECURE = "form.test";
const REVIEW_SECRET = "0123456789abcdef0123456789abcdef";

const source = `
  import { createRelay } from "botsplash/relay";

  const relay = createRelay(({ OPTIONS, USERNAME, PASSWORD }) => ({
    ...OPTIONS,
    auth: { username: USERNAME, password: PASSWORD },
    rateLimit: false,
  }));
  export const Outbox = relay.Outbox;
  export default relay;`;

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

/** @typedef {import("../../../relay/index.ts").ListenerOptions} ListenerOptions */

/** What the form's pages need: they are shared by the tests of a file, which cannot take them from each other. */
const startWorld = async () => {
  const api = await startServer();
  /** @type {Map<string, string>} HTML by path */
  const pages = new Map([["/thanks", "<!doctype html><title>Thanks</title><h1>Thanks</h1>"]]);
  const site = createServer(({ url = "" }, response) => {
    if (url === "/form-auto.js") {
      // As a host without settings has it: no charset.
      return response
        .writeHead(200, { "content-type": "text/javascript" })
        .end(readFileSync(join(pkg, "dist", "form-auto.js")));
    }
    const html = pages.get(url);
    if (html === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (site.address());
  const [page, insecurePage] = ["127.0.0.1", INSECURE].map((host) => `http://${host}:${port}`);

  const [{ username, password }] = demoCredentials;
  // The key alone has to tell what is the same lead.
  const common = { successUrl: `${page}/thanks`, dedupeWindowMs: 0 };
  /** @type {Omit<import("../../../relay/index.ts").RelayOptions, "auth">} */
  const options = {
    appId: "demo",
    baseUrl: api.url,
    origins: [page, insecurePage],
    listeners: {
      welcome: { ...common, fields: ["firstName", "phoneNumber", "message"] },
      nameless: { ...common, fields: ["firstName", "message"] },
    },
    reviewSecret: REVIEW_SECRET,
  };
  const env = { OPTIONS: options, USERNAME: username, PASSWORD: password };
  const relay = await startWorker({ source, env });
  const browser = await chromium.launch({
    executablePath: findChrome(),
    args: [...chromeFlags, `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`],
  });
  const stop = async () => {
    site.closeAllConnections();
    site.close();
    await Promise.all([browser.close(), relay.stop(), api.close()]);
  };
  return { api, pages, page, insecurePage, relay, browser, stop };
};

/** @type {ReturnType<typeof startWorld> | undefined} */
let shared;
after(async () => (await shared)?.stop());

/**
 * A page with a lead form on one origin, a relay in workerd on another, and the sandbox behind it.
 * @param {{ attributes?: string, inside?: string, listener?: "welcome" | "nameless" }} [options] what the form has:
 *   attributes, and HTML at its end; and where it goes
 */
export const startForm = async ({ attributes = "", inside = "", listener = "welcome" } = {}) => {
  shared ??= startWorld();
  const { api, pages, page, insecurePage, relay, browser } = await shared;
  const path = `/form/${pages.size}`;
  const action = `${relay.url}demo/listener/botsplash/${listener}`;
  pages.set(path, formPage(action, attributes, inside));

  /** @returns {Promise<Record<import("../../../relay/index.ts").LeadState, number>>} */
  const counts = async () => {
    const headers = { authorization: `Bearer ${REVIEW_SECRET}` };
    const answer = await fetch(`${relay.url}review/api/status`, { headers });
    const { listeners } = await answer.json();
    return listeners.find((/** @type {any} */ one) => one.id === listener).counts;
  };
  const [textsBefore, countsBefore] = [api.sandbox.texts.length, await counts()];

  return {
    sandbox: api.sandbox,
    relay,
    browser,
    action,
    address: page + path,
    insecureAddress: insecurePage + path,
    /** Everybody who was texted, once no lead is on its way any more. @param {number} leads how many there must be */
    texts: async (leads) => {
      await eventually(async () => {
        const { delivered, ...others } = await counts();
        const left = Object.values(others).some((count) => count > 0);
        return (delivered - countsBefore.delivered === leads && !left) || JSON.stringify({ delivered, ...others });
      });
      return api.sandbox.texts.slice(textsBefore).map(({ to, text }) => `${to}: ${text}`);
    },
    /** @param {import("playwright-core").BrowserContextOptions} [options] */
    visit: async (options) => {
      const context = await browser.newContext({ viewport: { width: 480, height: 640 }, ...options });
      context.setDefaultTimeout(15_000);
      return visitIn(context, page + path, action);
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
