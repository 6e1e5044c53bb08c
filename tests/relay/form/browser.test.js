// cspell:ignore framenavigated
// The browser as the judge: each form is submitted plain and enhanced. The received post, and where the person ends up,
// must be the same. docs/form.md has the one exception: who is thanked or refused stays in the page.
import assert from "node:assert/strict";
import test from "node:test";
import { world } from "../support/form.js";
import { pageOf, rows } from "../support/form-table.js";

const PATIENCE_MS = 60_000;

/** @typedef {import("../support/form-table.js").Row & { submit: (page: import("playwright-core").Page) => Promise<unknown> }} Row */

test("there are at least 60 forms", () => {
  assert.ok(rows.length >= 60, `${rows.length}`);
  assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
});

for (const row of rows) {
  test(`${row.name}: enhanced as plain`, async () => {
    const plain = await submit(row, false);
    const enhanced = await submit(row, true);
    assert.deepEqual(enhanced, plain);
  });
}

/** @type {import("playwright-core").Page | undefined} one for all rows but those that open another */
let tab;

/** @param {Row} row @param {boolean} isEnhanced */
const submit = async (row, isEnhanced) => {
  const site = await world();
  const path = site.add(pageOf(row, site, isEnhanced).replaceAll("SALES", site.sales));
  tab ??= await site.browser.newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  await tab.goto(site.page + path);
  site.gate.reset();
  site.visits.length = 0;
  if (row.listen) await tab.evaluate(row.listen);
  const end = await endOf(row, tab, site.page + path);
  return {
    posts: site.gate.posts.map(({ method, path, fields }) => ({
      method,
      path,
      fields: fields.filter(([name]) => name !== "submissionKey"),
    })),
    visits: site.visits
      .filter((visit) => visit !== "GET /thanks" && visit !== "GET /nothing")
      .map((visit) => visit.replace(path, "/form")),
    end: end.replace(path, "/form"),
  };
};

/**
 * Submits.
 * @param {Row} row @param {import("playwright-core").Page} page @param {string} start
 * @returns {Promise<string>} where the person ends up
 */
const endOf = async (row, page, start) => {
  if (row.stays) {
    await row.submit(page);
    // Anything that the submit starts would have started before this is answered.
    await page.evaluate(() => fetch("/nothing").then(() => fetch("/nothing")));
    if (page.frames().length > 1) await page.frames()[1]?.waitForURL("**/thanks");
    return page.url() === start ? "stays" : page.url();
  }
  const opened = row.opens ? page.waitForEvent("popup") : undefined;
  const words = page
    .locator("[role=status]", { hasText: "Thank you." })
    .or(page.locator("[role=alert]", { hasText: /./ }));
  const isTold = words
    .first()
    .waitFor()
    .then(() => page);
  // A post to the page's own address does not change that.
  const hasMoved = page.waitForEvent("framenavigated").then(() => page);
  for (const one of [opened, isTold, hasMoved]) one?.catch(() => {});
  await row.submit(page);
  const shown = await Promise.any(opened ? [opened] : [isTold, hasMoved]);
  if (opened) await shown.waitForURL((url) => url.href !== "about:blank");
  await shown.waitForLoadState();
  const url = shown.url().replace(/#.*/, "");
  if (opened) await shown.close();
  else if (await words.count()) return (await page.locator("[role=alert]").textContent()) ? "refused" : "thanked";
  if (url.endsWith("/thanks")) return opened ? "thanked, elsewhere" : "thanked";
  if (!opened && (await page.locator("h1").allTextContents()).some((text) => text.includes("not sent")))
    return "refused";
  return url;
};
