// For whoever does not see the page: axe at each step, and the accessibility tree, which is what a screen reader reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { startForm } from "../support/form.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "Retry-After" };

/** @typedef {Awaited<ReturnType<Awaited<ReturnType<typeof startForm>>["visit"]>>} Visit */

/**
 * axe finds nothing, and the tree has these lines: of the button, and of the words.
 * @param {Visit} visit @param {string} button @param {string[]} words
 */
const hears = async ({ page }, button, words) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run("form"));
  assert.deepEqual(
    violations.map((/** @type {{ id: string }} */ { id }) => id),
    [],
  );
  const tree = (await page.locator("form").ariaSnapshot()).split("\n").map((line) => line.trim());
  assert.deepEqual(
    tree.filter((line) => /^- (button|status|alert)/.test(line)),
    [button, ...words],
  );
};

const BUTTON = '- button "Send"';
const BUSY = '- button "Send" [disabled]';
const QUIET = ["- status", "- alert"];
/** @param {string} text */
const status = (text) => [`- status: ${text}`, "- alert"];
/** @param {string} text */
const alert = (text) => ["- status", `- alert: ${text}`];

test("before it is sent, while it is in flight, while it is retried, and when it is sent", async () => {
  const form = await startForm();
  const visit = await form.visit();
  const { page, button, status: place, fill } = visit;
  await hears(visit, BUTTON, QUIET);
  await fill();

  /** @type {() => void} */
  let answer = () => {};
  const isAsked = new Promise((resolve) => (answer = () => resolve(undefined)));
  await page.route(
    form.action,
    async (route) => {
      await isAsked;
      await route.fulfill({ status: 503, json: {}, headers: { ...cors, "retry-after": "60" } });
    },
    { times: 1 },
  );
  await button.click();
  await place.getByText("Sending…").waitFor();
  await hears(visit, BUSY, status("Sending…"));
  answer();
  await place.getByText("No answer yet. Trying again…").waitFor();
  await hears(visit, BUSY, status("No answer yet. Trying again…"));
  // The focus has never left the button.
  assert.equal(await button.evaluate((element) => document.activeElement === element), true);
  // Submitted again, it waits no longer.
  await button.press("Enter");
  await place.getByText("Thank you. It is sent.").waitFor();
  await hears(visit, BUTTON, status("Thank you. It is sent."));
});

test("when it is refused: the field is invalid, and focused", async () => {
  const form = await startForm({ listener: "nameless" });
  const visit = await form.visit();
  await visit.fill();
  await visit.button.click();
  await visit.alert.getByText(/./).waitFor();
  await hears(visit, BUTTON, alert(String(await visit.alert.textContent())));
  assert.match(await visit.page.locator("form").ariaSnapshot(), /textbox "Phone" \[invalid\]/);
  assert.equal(await visit.phone.evaluate((element) => document.activeElement === element), true);
});

test("when it has failed", async () => {
  const form = await startForm();
  const visit = await form.visit();
  const refusal = { status: 503, json: {}, headers: { ...cors, "retry-after": "300" } };
  await visit.page.route(form.action, (route) => route.fulfill(refusal));
  await visit.fill();
  await visit.button.click();
  await visit.alert.getByText(/./).waitFor();
  await hears(visit, BUTTON, alert("It may not have arrived. Please try again."));
});

test("each change is told in a place that was there before it: it alone is read aloud", async () => {
  const form = await startForm();
  const { page, button, status: place, fill } = await form.visit();
  await page.evaluate(() => {
    /** @type {string[]} */
    const read = [];
    Object.assign(window, { read });
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        for (const node of addedNodes) {
          const live = /** @type {Element} */ (target).closest?.("[role=status],[role=alert]");
          read.push(`${live?.getAttribute("role")}: ${node.textContent}`);
        }
      }
    }).observe(document.forms[0], { childList: true, subtree: true, characterData: true });
  });
  await fill();
  await button.click();
  await place.getByText("Thank you. It is sent.").waitFor();
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).read), [
    "status: Sending…",
    "status: Thank you. It is sent.",
  ]);
});
