import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import test from "node:test";
import { chromium } from "playwright-core";
import { demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { newestNode } from "../../scripts/lib/nodes.js";
import { at } from "../../scripts/lib/paths.js";
import { freePort } from "../../scripts/lib/ports.js";
import { consumer, succeed } from "../packages/install.js";
import { startProgram } from "../packages/support/program.js";
import { shoot } from "./support/form.js";
import { eventually } from "./support/outbox.js";
import { startSiteverify } from "./support/siteverify.js";

const REVIEW_SECRET = "0123456789abcdef0123456789abcdef";
const WORDS = "You may text me at this number. Message and data rates may apply; I can reply STOP at any time.";
const MESSAGE_SECRET = "fedcba9876543210fedcba9876543210";

/** Cloudflare's script, as far as a page notices it: a token for each widget, and another one after each reset. */
const widgetScript = `
  const tokenOf = (number) => "good-" + number;
  let issued = 0;
  for (const widget of document.querySelectorAll(".cf-turnstile")) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "cf-turnstile-response", id: "cf-chl-widget-abc_response" });
    field.value = tokenOf((issued += 1));
    widget.dataset.shown = widget.dataset.sitekey + " " + widget.dataset.action;
    widget.append(field);
  }
  globalThis.turnstile = {
    reset(id) {
      if (id !== "cf-chl-widget-abc") throw new Error("There is no such widget.");
      document.querySelector('[name="cf-turnstile-response"]').value = tokenOf((issued += 1));
    },
  };`;

/** Where alerts go. @param {import("node:test").TestContext} t */
const startWebhook = async (t) => {
  /** @type {string[]} */
  const told = [];
  const server = createServer(async (request, response) => {
    told.push(/** @type {{ text: string }} */ (await json(request)).text);
    response.end("ok");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/hook`, told };
};

test("the example Worker", async (t) => {
  const api = await startServer();
  t.after(api.close);
  const webhook = await startWebhook(t);
  const { env } = await newestNode();
  const folder = await consumer("cloudflare-worker", at("examples", "cloudflare-worker"));
  // Wrangler's files about its user's account stay in the folder.
  const options = { ...env, XDG_CONFIG_HOME: folder };

  await t.test("is built by wrangler with all that it needs", async () => {
    const wrangler = "node_modules/.bin/wrangler";
    const output = await succeed(wrangler, ["deploy", "--dry-run", "--outdir", "built"], folder, options);
    for (const binding of ["env.OUTBOX", "env.RATE_LIMIT", "env.APP_ID"]) assert.ok(output.includes(binding), output);
    assert.doesNotMatch(output, /warning/i);
  });

  /**
   * Runs it in a test of its own: wrangler writes into the folder until it ends.
   * @param {import("node:test").TestContext} t
   * @param {Record<string, string>} [more] variables
   */
  const run = async (t, more) => {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const [{ username, password }] = demoCredentials;
    const variables = {
      BOTSPLASH_USERNAME: username,
      BOTSPLASH_PASSWORD: password,
      MESSAGE_SECRET,
      REVIEW_SECRET,
      ALERT_WEBHOOK: webhook.url,
      API_URL: api.url,
      // At whatever hour this runs.
      SEND_FROM: "00:00",
      SEND_TO: "24:00",
      ORIGINS: `${address} https://www.example.com`,
      ...more,
    };
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
    await writeFile(join(folder, ".dev.vars"), lines.join(""));
    const args = ["dev", "--local", "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"];
    await startProgram(t, "node_modules/.bin/wrangler", args, {
      cwd: folder,
      env: options,
      ready: /Ready on (http:\S+)/,
    });
    return address;
  };

  const browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  t.after(() => browser.close());

  await t.test("runs", async (t) => {
    const address = await run(t);

    /** Fills the form in and sends it. @param {boolean} javaScriptEnabled @param {string} phoneNumber */
    const visit = async (javaScriptEnabled, phoneNumber) => {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 480, height: 900 } });
      const page = await context.newPage();
      await page.goto(address);
      await page.getByLabel("First name").fill("Jane");
      await page.getByLabel("Mobile number").fill(phoneNumber);
      await page.getByLabel("What is it about?").fill("Welcome!");
      await page.getByRole("checkbox").check();
      await shoot(page, `example-${javaScriptEnabled ? "script" : "plain"}`);
      await page.getByRole("button", { name: "Send" }).click();
      return page;
    };
    /** @param {object[]} expected */
    const texted = (expected) =>
      eventually(() => {
        const { texts } = api.sandbox;
        return texts.length >= expected.length && (assert.deepEqual(texts, expected), true);
      });
    const text = (/** @type {string} */ to) => ({ to, text: "Thanks, we will text you.", by: "submitListener" });

    await t.test("serves a form without Turnstile, where no site key is set", async () => {
      const html = await (await fetch(address)).text();
      assert.doesNotMatch(html, /cf-turnstile|challenges\.cloudflare/);
    });

    await t.test("serves a form that works without script", async () => {
      const page = await visit(false, "3334445555");
      await page.getByRole("heading", { name: "Thank you" }).waitFor();
      assert.equal(page.url(), `${address}/thanks`);
      await texted([text("3334445555")]);
    });

    await t.test("serves a form that stays where it is with script", async () => {
      const page = await visit(true, "3334445556");
      await page.getByRole("status").getByText("Thank you.").waitFor();
      assert.equal(page.url(), `${address}/`);
      await texted([text("3334445555"), text("3334445556")]);
    });

    /** A form's post that no page has sent. @param {Record<string, string>} fields */
    const post = (fields) =>
      fetch(`${address}/lead`, {
        method: "POST",
        headers: { origin: address },
        body: new URLSearchParams({ firstName: "Jane", ...fields }),
      });
    /** @param {string} path */
    const review = (path) =>
      fetch(`${address}/review/api/${path}`, { headers: { authorization: `Bearer ${REVIEW_SECRET}` } });
    /** @param {string} code */
    const toldOf = (code) =>
      eventually(() => webhook.told.some((text) => text.includes(code)) || JSON.stringify(webhook.told));

    await t.test("keeps how each visitor agreed, with the words that the form shows", async () => {
      const lines = (await (await review("consents.jsonl?listener=welcome")).text()).trim().split("\n");
      const records = lines.map((line) => JSON.parse(JSON.parse(line).record));
      assert.deepEqual(
        records.map(({ phoneNumber, words, version, box, page }) => ({ phoneNumber, words, version, box, page })),
        ["3334445555", "3334445556"].map((phoneNumber) => ({
          phoneNumber,
          words: WORDS,
          version: "2026-11",
          box: "consent",
          page: `${address}/`,
        })),
      );
    });

    await t.test("takes no lead without a consent, or without a number", async () => {
      for (const [fields, code] of /** @type {[Record<string, string>, string][]} */ ([
        [{ phoneNumber: "3334445557" }, "consent_required"],
        [{ email: "jane@example.com", consent: WORDS }, "field_required"],
      ])) {
        const answer = await post(fields);
        assert.deepEqual([answer.status, (await answer.json()).code], [422, code]);
      }
    });

    await t.test("tells a webhook of a lead whose words are not listed, and sends it to nobody", async () => {
      const before = api.sandbox.texts.length;
      const answer = await post({ phoneNumber: "3334445558", consent: "Whatever." });
      assert.equal(answer.status, 202);
      await toldOf("lead_held");
      const { leads } = await (await review("leads?listener=welcome&state=held")).json();
      assert.equal(leads.length, 1);
      assert.equal(api.sandbox.texts.length, before);
      assert.doesNotMatch(webhook.told.join(), /333444|Jane/);
    });

    /** @param {string} [secret] */
    const message = (secret) =>
      fetch(`${address}/message`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(secret && { authorization: `Bearer ${secret}` }) },
        body: JSON.stringify({ text: "Hello", visitor: { phoneNumber: "3334445555" } }),
      });

    await t.test("sends a message for whoever has the secret, and for nobody else", async () => {
      const before = { texts: api.sandbox.texts.length, requests: api.sandbox.requests.length };
      for (const secret of [undefined, "undefined", "null", MESSAGE_SECRET.slice(1), `${MESSAGE_SECRET}0`]) {
        const refusal = await message(secret);
        assert.equal(refusal.status, 403);
      }
      assert.equal(api.sandbox.requests.length, before.requests);
      const answer = await message(MESSAGE_SECRET);
      assert.equal(answer.status, 200, await answer.clone().text());
      assert.equal((await answer.json()).phoneNumber, "3334445555");
      assert.deepEqual(api.sandbox.texts.slice(before.texts), [{ to: "3334445555", text: "Hello", by: "sendMessage" }]);
    });

    await t.test("says what is known of a message that was lost on its way", async () => {
      const before = api.sandbox.texts.length;
      api.sandbox.fault({ operation: "sendMessage", reset: true, when: "after" });
      const answer = await message(MESSAGE_SECRET);
      assert.equal(answer.status, 502);
      assert.equal((await answer.json()).delivery, "unknown");
      assert.equal(api.sandbox.texts.length, before + 1);
    });
  });

  await t.test("shows Turnstile's widget with your site key, and sends what has a good token", async (t) => {
    const siteverify = await startSiteverify(t, undefined, (token) => token.startsWith("good-"));
    const address = await run(t, {
      TURNSTILE_SITEKEY: "0x4AAAAAAA-the-site-key",
      TURNSTILE_HOSTNAME: "www.example.com",
      TURNSTILE_SECRET: "turnstile-secret",
      SITEVERIFY_URL: siteverify.url,
    });
    const context = await browser.newContext();
    t.after(() => context.close());
    await context.route("https://challenges.cloudflare.com/**", (route) =>
      route.fulfill({ contentType: "text/javascript", body: widgetScript }),
    );
    const page = await context.newPage();
    await page.goto(address);
    const widget = page.locator(".cf-turnstile");
    await page.waitForFunction(() => "turnstile" in globalThis);
    assert.equal(await widget.getAttribute("data-shown"), "0x4AAAAAAA-the-site-key lead");

    const token = () => page.locator('[name="cf-turnstile-response"]').inputValue();
    const known = siteverify.asked.length;
    const before = api.sandbox.texts.length;
    for (const [index, phoneNumber] of ["3334446601", "3334446602"].entries()) {
      assert.equal(await token(), `good-${index + 1}`, "after a lead the widget is reset, since its token is spent");
      await page.getByLabel("Mobile number").fill(phoneNumber);
      await page.getByRole("checkbox").check();
      await page.getByRole("button", { name: "Send" }).click();
      await eventually(async () => (await token()) === `good-${index + 2}` || page.getByRole("alert").innerText());
      await eventually(() => api.sandbox.texts.length === before + index + 1 || webhook.told.join());
    }
    assert.deepEqual(
      siteverify.asked.slice(known).map(({ secret, response }) => ({ secret, response })),
      ["good-1", "good-2"].map((response) => ({ secret: "turnstile-secret", response })),
    );

    // A program without a browser has no token.
    const answer = await fetch(`${address}/lead`, {
      method: "POST",
      body: new URLSearchParams({ phoneNumber: "3334446603", consent: WORDS }),
    });
    assert.equal(answer.status, 202);
    const headers = { authorization: `Bearer ${REVIEW_SECRET}` };
    const { leads } = await (
      await fetch(`${address}/review/api/leads?listener=welcome&state=quarantined`, { headers })
    ).json();
    assert.deepEqual(
      leads.map((/** @type {any} */ { caughtBy, submission }) => [caughtBy, submission.visitor.phoneNumber]),
      [["turnstile", "3334446603"]],
    );
    assert.equal(api.sandbox.texts.length, before + 2);
  });
});
