import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { at } from "../../scripts/lib/paths.js";
import { brokenLinks } from "../../scripts/site/links.js";
import { serve } from "../e2e/page-site.js";
import { questions } from "./questions.js";

const site = at("site");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  assert.ok(existsSync(join(site, "index.html")), "`npm run site` makes the site");
  server = await serve(site);
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: [...flags, ...quiet] });
});
after(async () => {
  await browser.close();
  server.close();
});

const pages = [...readFileSync(at("docs", "SUMMARY.md"), "utf8").matchAll(/\]\(([^)]+)\.md\)/g)].map(
  ([, page = ""]) => page,
);

test("every link and anchor leads somewhere", () => {
  assert.deepEqual(brokenLinks(site), []);
});

test("each page is there as Markdown too, and llms.txt lists it", () => {
  const list = readFileSync(join(site, "llms.txt"), "utf8");
  for (const page of pages) {
    assert.ok(existsSync(join(site, `${page}.md`)), page);
    assert.ok(list.includes(`](${page}.md)`), page);
  }
});

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds no violation, ${scheme}, and no page asks another host for anything`, async () => {
    const context = await browser.newContext({ colorScheme: scheme });
    const page = await context.newPage();
    /** @type {string[]} */
    const elsewhere = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith("data:")) elsewhere.push(request.url());
    });
    /** @type {string[]} */
    const violations = [];
    for (const name of pages) {
      await page.goto(`${server.url}${name}.html`);
      await page.evaluate(axe);
      const { violations: found } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
      for (const { id, nodes } of found)
        violations.push(`${name}: ${id} ${nodes[0].target} ${nodes[0].html.slice(0, 120)}`);
    }
    await context.close();
    assert.deepEqual(violations, []);
    assert.deepEqual(elsewhere, []);
  });
}

test("each question finds its page by the site's own search among the first three", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}index.html`);
  await page.keyboard.press("s");
  const bar = page.locator("input[type=search]");
  await bar.waitFor();
  /** @type {string[]} */
  const lost = [];
  for (const [question, expected] of questions) {
    await bar.fill(question);
    await bar.dispatchEvent("keyup");
    const results = page.locator("[id$=searchresults] a");
    await page.waitForFunction(
      (asked) => document.querySelector("[id$=searchresults-header]")?.textContent?.includes(`'${asked}'`),
      question,
    );
    const links = await results.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const found = [...new Set(links.map((link) => link.replace(/\.html.*$/, "").replace(/^\.\//, "")))].slice(0, 3);
    if (!found.includes(expected)) lost.push(`${question}: ${expected} is not among ${found.join(", ")}`);
  }
  await context.close();
  assert.deepEqual(lost, []);
});
