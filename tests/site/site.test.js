import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
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
  const { code, output } = await capture(process.execPath, [at("scripts", "site.js")]);
  assert.equal(code, 0, output);
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

test("the demo page and the references work there, and ask no other host for anything", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const troubles = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url) && !/^(?:data|blob):/.test(request.url())) troubles.push(request.url());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  for (const [name, words] of [
    ["demo/index.html", "submitListener"],
    ["reference/npm/index.html", "botsplash for JavaScript"],
    ["reference/npm/classes/index.Botsplash.html", "submitListener"],
    ["reference/rust/index.html", "botsplash"],
  ]) {
    await page.goto(`${server.url}${name}`, { waitUntil: "load" });
    assert.ok((await page.locator("body").innerText()).includes(words), `${name} does not say ${words}`);
  }
  await page.goto(server.url);
  const openapi = await page.evaluate(async () => (await fetch("openapi.json")).json());
  await context.close();
  assert.equal(openapi.openapi, "3.1.0");
  assert.deepEqual(troubles, []);
});

test("each operation's page has each field of its request, and samples in four languages", () => {
  const { paths, components } = JSON.parse(readFileSync(at("openapi.json"), "utf8"));
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const documented = operations.filter((operation) => operation.operationId);
  assert.equal(documented.length, 9);
  for (const { operationId, requestBody } of documented) {
    const text = readFileSync(join(site, "api", `${operationId}.md`), "utf8");
    for (const language of ["Shell", "Node.js", "Python", "Rust"])
      assert.ok(text.includes(`\n### ${language}\n\n`), operationId);
    const name = requestBody?.content["application/json"]?.schema.$ref?.split("/").at(-1);
    const fields = Object.keys(components.schemas[name]?.properties ?? {});
    for (const field of fields) assert.ok(text.includes(`| \`${field}\` |`), `${operationId}: ${field}`);
  }
});

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
