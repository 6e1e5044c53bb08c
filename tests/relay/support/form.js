import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { demoCredentials } from "../../../sandbox/index.ts";
import { startServer } from "../../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../../scripts/lib/browser.js";
import { at, pkg } from "../../../scripts/lib/paths.js";
import { eventually } from "./outbox.js";
import { startWorkerd } from "./workerd.js";

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

/**
 * A page with a lead form on one origin, a relay in workerd on another, and the sandbox behind it.
 * @param {import("node:test").TestContext} test
 * @param {import("../../../relay/index.ts").ListenerOptions & { attributes?: string, inside?: string }} [listener] beside it, what the form has: attributes, and
 *   HTML at its end
 */
export const startForm = async (test, { attributes = "", inside = "", ...listener } = {}) => {
  const api = await startServer();
  test.after(api.close);

  let action = "";
  const site = createServer(({ url }, response) => {
    /** @type {Record<string, [type: string, text: string]>} */
    const files = {
      "/": ["text/html; charset=utf-8", formPage(action, attributes, inside)],
      "/form-auto.js": ["text/javascript", readFileSync(join(pkg, "dist", "form-auto.js"), "utf8")],
      "/thanks": ["text/html; charset=utf-8", "<!doctype html><title>Thanks</title><h1>Thanks</h1>"],
    };
    const [type, text] = files[url ?? ""] ?? [];
    if (type === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": type }).end(text);
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", () => resolve(undefined)));
  test.after(() => (site.closeAllConnections(), site.close()));
  const { port } = /** @type {import("node:net").AddressInfo} */ (site.address());
  const [page, insecurePage] = ["127.0.0.1", INSECURE].map((host) => `http://${host}:${port}`);

  const [{ username, password }] = demoCredentials;
  /** @type {Omit<import("../../../relay/index.ts").RelayOptions, "auth">} */
  const options = {
    appId: "demo",
    baseUrl: api.url,
    origins: [page, insecurePage],
    // The key alone has to tell what is the same lead.
    listeners: { welcome: { successUrl: `${page}/thanks`, dedupeWindowMs: 0, ...listener } },
    reviewSecret: REVIEW_SECRET,
  };
  const relay = await startWorkerd(test, { source, env: { OPTIONS: options, USERNAME: username, PASSWORD: password } });
  action = `${relay.url}demo/listener/botsplash/welcome`;

  const browser = await chromium.launch({
    executablePath: findChrome(),
    args: [...chromeFlags, `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`],
  });
  test.after(() => browser.close());

  /** @returns {Promise<Record<import("../../../relay/index.ts").LeadState, number>>} */
  const counts = async () => {
    const headers = { authorization: `Bearer ${REVIEW_SECRET}` };
    const answer = await fetch(`${relay.url}review/api/status`, { headers });
    return (await answer.json()).listeners[0].counts;
  };

  return {
    api,
    sandbox: api.sandbox,
    relay,
    browser,
    action,
    address: page,
    insecureAddress: insecurePage,
    counts,
    /** Everybody who was texted, once no lead is on its way any more. @param {number} leads how many there must be */
    texts: async (leads) => {
      await eventually(async () => {
        const { delivered, ...others } = await counts();
        const left = Object.entries(others).filter(([, count]) => count > 0);
        return (delivered === leads && left.length === 0) || JSON.stringify({ delivered, ...others });
      });
      return api.sandbox.texts.map(({ to, text }) => `${to}: ${text}`);
    },
    /** @param {import("playwright-core").BrowserContextOptions} [options] */
    visit: async (options) => {
      const context = await browser.newContext({ viewport: { width: 480, height: 640 }, ...options });
      context.setDefaultTimeout(15_000);
      return visitIn(context, page, action);
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
    if (request.url() === action) posts.push(new URLSearchParams(request.postData() ?? ""));
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
