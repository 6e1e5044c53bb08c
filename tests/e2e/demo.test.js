import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { chromeFlags, findChrome } from "../../scripts/lib/browser.js";
import { faintTexts } from "./contrast.js";
import { startDemo } from "./demo-process.js";
import { visit } from "./visit.js";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
// Chromium writes this line for every answer of 400 and above and every lost connection; no page can hush it.
const FAILED_REQUEST = /^Failed to load resource: /;

/** @typedef {Awaited<ReturnType<typeof visit>>} Visit */
/** @type {Awaited<ReturnType<typeof startDemo>>} */
let demo;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Visit[]} */
let visits = [];

before(async () => {
  demo = await startDemo();
  browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
});
after(async () => {
  await browser?.close();
  demo?.end();
});
beforeEach(() => demo.reset());
afterEach(async () => {
  const open = visits;
  visits = [];
  for (const { close, elsewhere, complaints } of open) {
    await close();
    assert.deepEqual(elsewhere, [], "the page asks nobody but its own server");
    assert.deepEqual(complaints.filter((text) => !FAILED_REQUEST.test(text)), [], "the console is clean");
  }
});

/** @param {Parameters<typeof visit>[2]} [options] */
const open = async (options) => {
  const visitor = await visit(browser, demo.url, options);
  visits.push(visitor);
  return visitor;
};

const received = async () => (await demo.sandbox("texts")).map((/** @type {{ text: string }} */ { text }) => text);

test("a newcomer submits a listener, then sends a message", async () => {
  const { page, listener, message, texts, complaints, shoot } = await open();
  await shoot("start");
  assert.equal(await listener.run(), "Success");
  assert.match(await listener.fact("requestId").innerText(), UUID);
  assert.match(await listener.attempts.innerText(), /^200 OK, \d+ ms$/);
  assert.equal(await message.run(), "Success");
  assert.equal(await message.fact("clientVisitorId").innerText(), "12345");
  assert.deepEqual(await texts.allInnerTexts(), ["Welcome!", "Hello Jane, is now a good time?"]);
  assert.equal(await page.locator(".phone .count").innerText(), "2 texts");
  assert.deepEqual(complaints, []);
  await shoot("success");
});

test("the request is shown as it was sent, and holds no credential", async () => {
  const { listener } = await open();
  await listener.run();
  const [arrived] = await demo.sandbox("requests");
  const shown = await listener.request.innerText();
  const [headers, body] = shown.split("\n\n");
  assert.match(await listener.line.innerText(), /^POST http:\/\/127\.0\.0\.1:\d+\/relay\/demo\/listener\/botsplash\/welcome$/);
  assert.deepEqual(headers.split("\n").sort(), ["accept: application/json", "content-type: application/json"]);
  assert.deepEqual(JSON.parse(body), JSON.parse(arrived.body));
  assert.deepEqual(JSON.parse(body), {
    visitor: {
      ...{ clientVisitorId: "12345", firstName: "Jane", lastName: "Doe" },
      ...{ email: "example@example.com", phoneNumber: "3334445555", state: "NC" },
    },
    args: { message: "Welcome!" },
  });
  assert.match(arrived.headers.authorization, /^Basic /, "the relay adds it");
});

test("who is submitted twice is texted twice, and seen to be", async () => {
  const { listener, texts } = await open();
  await listener.run();
  await listener.run();
  assert.equal(await texts.count(), 2);
});

test("a field that does not fit is named beside it, and nothing is sent", async () => {
  const { page, listener, message, shoot } = await open();
  await listener.field("listenerId").fill("");
  assert.equal(await listener.run(), "Not sent");
  assert.equal(await listener.fact("code").innerText(), "validation");
  assert.equal(await listener.fact("field").innerText(), "listenerId");
  assert.match(await listener.problem.innerText(), /listenerId/);
  assert.equal(await page.locator(":focus").getAttribute("name"), "listenerId");
  assert.equal(await page.locator(":focus").getAttribute("aria-invalid"), "true");
  assert.deepEqual(await demo.sandbox("requests"), []);
  await shoot("validation");

  await listener.field("listenerId").fill("welcome");
  assert.equal(await listener.run(), "Success");
  assert.equal(await listener.problem.count(), 0, "what was put right is no longer marked");
  assert.equal(await message.verdict.innerText(), "Nothing sent yet", "the other form has its own record");
});

test("a message to nobody on file is refused, and says what the server said", async () => {
  const { message } = await open();
  assert.equal(await message.run(), "Rejected");
  assert.equal(await message.fact("status").innerText(), "400");
  assert.match(await message.meaning.innerText(), /nothing was done/);
  assert.match(await message.response.innerText(), /visitor_unknown/);
});

test("a lost request and a lost answer look the same, and only the phone tells", async () => {
  const { listener, texts, onTheWay, shoot } = await open();
  for (const [label, count] of /** @type {const} */ ([["Request lost", 0], ["Answer lost", 1]])) {
    await onTheWay(label);
    assert.equal(await listener.run(), "Unknown");
    assert.equal(await listener.fact("status").innerText(), "502");
    assert.match(await listener.meaning.innerText(), /may or may not have been done/);
    assert.equal(await listener.fact("attempts").innerText(), "1");
    assert.equal((await received()).length, count);
    assert.equal(await texts.count(), count);
  }
  await shoot("unknown");
});

test("a 503 is not answered with a second submit", async () => {
  const { listener, onTheWay } = await open();
  await onTheWay("503 Service Unavailable");
  assert.equal(await listener.run(), "Unknown");
  assert.equal(await listener.fact("status").innerText(), "503");
  assert.equal((await demo.sandbox("requests")).length, 1);
});

test("a 429 is waited out, and every attempt is shown", async () => {
  const { listener, onTheWay, shoot } = await open();
  await onTheWay("429 Too Many Requests, once");
  assert.equal(await listener.run(), "Success");
  const [first, second] = await listener.attempts.allInnerTexts();
  assert.match(first, /^429 /);
  assert.match(second, /^200 /);
  assert.deepEqual(await received(), ["Welcome!"]);
  await shoot("retried");

  await onTheWay("429 Too Many Requests, every time");
  assert.equal(await listener.run(), "Rejected");
  assert.equal(await listener.fact("attempts").innerText(), "3");
  assert.deepEqual(await received(), ["Welcome!"]);
});

test("an unreadable answer to a submit that was taken is told as accepted", async () => {
  const { listener, onTheWay, shoot } = await open();
  await onTheWay("Unreadable answer");
  assert.equal(await listener.run(), "Accepted");
  assert.match(await listener.meaning.innerText(), /Do not send it again/);
  assert.deepEqual(await received(), ["Welcome!"]);
  await shoot("accepted");
});

test("a call can be cancelled, and its form is busy until it ends", async () => {
  const { page, listener, message, onTheWay, shoot } = await open();
  await onTheWay("Slow server (10 s)");
  assert.equal(await listener.cancel.isVisible(), false);
  await listener.submit.click();
  await listener.attempts.waitFor();
  assert.equal(await listener.submit.isDisabled(), true);
  assert.equal(await message.submit.isDisabled(), false);
  await shoot("running");
  await listener.cancel.click();
  assert.equal(await listener.end(), "Unknown");
  assert.equal(await listener.fact("code").innerText(), "aborted");
  assert.equal(await listener.cancel.isVisible(), false);
  assert.match(await page.locator(":focus").innerText(), /Submit/);
  assert.deepEqual(await received(), []);
  await shoot("cancelled");
});

test("the keyboard is enough", async () => {
  const { page, listener, onTheWay } = await open();
  await onTheWay("Slow server (10 s)");
  await listener.field("visitor.state").focus();
  await page.keyboard.press("Enter");
  await listener.cancel.waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await listener.cancel.evaluate((button) => button === document.activeElement), true);
  assert.notEqual(await listener.cancel.evaluate((button) => getComputedStyle(button).outlineStyle), "none");
  await page.keyboard.press("Space");
  assert.equal(await listener.end(), "Unknown");
});

test("what happens is announced, and every field has its label", async () => {
  const { page } = await open();
  assert.equal(await page.locator('.outcome[role="status"]').count(), 2);
  const unnamed = await page
    .locator("input, textarea, select")
    .evaluateAll((fields) => fields.filter((field) => /** @type {HTMLInputElement} */ (field).labels?.length !== 1).length);
  assert.equal(unnamed, 0);
});

test("starting over empties the sandbox and the list", async () => {
  const { page, listener, texts } = await open();
  await listener.run();
  assert.equal(await texts.count(), 1);
  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText("Nothing yet.").waitFor();
  assert.equal(await texts.count(), 0);
  assert.deepEqual(await demo.sandbox("ledger"), []);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`the page is readable on a narrow ${colorScheme} screen, whatever it shows`, async () => {
    const { page, listener, message, onTheWay, shoot } = await open({ colorScheme, viewport: { width: 360, height: 740 } });
    const sound = async () => {
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, "nothing sticks out");
      assert.deepEqual(await faintTexts(page), []);
    };
    await sound();
    await listener.run();
    await onTheWay("Answer lost");
    await message.run();
    await sound();
    await shoot(`narrow-${colorScheme}`);
    await listener.field("listenerId").fill("");
    await listener.run();
    await sound();
  });
}

test("the page follows a dark system", async () => {
  const { page, listener, message, onTheWay, shoot } = await open({ colorScheme: "dark" });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(18, 21, 22)");
  await listener.run();
  await onTheWay("503 Service Unavailable");
  await message.run();
  assert.deepEqual(await faintTexts(page), []);
  await shoot("dark");
});

// The last one, since it ends the demo.
test("Ctrl-C ends the demo, and nothing is left of it", async () => {
  const { code, left } = await demo.interrupt();
  assert.equal(code, 0);
  assert.equal(left, false);
  await assert.rejects(fetch(demo.url), "nobody listens any more");
});
