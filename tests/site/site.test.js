import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { test } from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { brokenLinks } from "../../scripts/site/links.js";
import { hostsIn } from "./net-log.js";
import { questions } from "./questions.js";
import { openSite, PHONE, search, site } from "./support.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const netLog = join(tmpdir(), `botsplash-site-${process.pid}.json`);

// No name but this machine's is looked up: the browser's own requests fail.
const alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
// Chromium's own, which would ask about each form that it sees, in the name of its page.
const noAutofill = "--disable-features=AutofillServerCommunication";
const { url, context, closeBrowser } = openSite([`--log-net-log=${netLog}`, alone, noAutofill]);

const pages = [...readFileSync(at("docs", "SUMMARY.md"), "utf8").matchAll(/\]\(([^)]+)\.md\)/g)].map(
  ([, page = ""]) => page,
);
/** @param {string} page */
const html = (page) => readFileSync(join(site, `${page}.html`), "utf8");

const others = {
  "demo/index.html": "submitListener",
  "reference/npm/index.html": "botsplash/relay",
  "reference/npm/classes/botsplash.Botsplash.html": "submitListener",
  "reference/rust/botsplash/index.html": "On a server",
  "reference/rust/botsplash/struct.Client.html": "on_attempt",
};

test("every link and anchor leads somewhere, in the references too", () => {
  assert.deepEqual(brokenLinks(site), []);
});

test("each page is there as Markdown too, and llms.txt lists it", () => {
  const list = readFileSync(join(site, "llms.txt"), "utf8");
  for (const page of pages) {
    assert.ok(existsSync(join(site, `${page}.md`)), page);
    assert.ok(!readFileSync(join(site, `${page}.md`), "utf8").includes("<figure"), page);
    assert.ok(list.includes(`](${page}.md)`), page);
    const [, alternate = ""] = /<link rel="alternate" type="text\/markdown" href="([^"]+)">/.exec(html(page)) ?? [];
    assert.equal(posix.join(posix.dirname(page), alternate), `${page}.md`, "the page names its Markdown");
  }
});

/** Trees in the references fold by buttons that hold links: the programs that make them have it so. */
const FOLDS = { rules: { "nested-interactive": { enabled: false } } };

/** @param {import("playwright-core").Page} page @param {string} name @param {object} [options] @returns {Promise<string[]>} */
const violations = async (page, name, options = {}) => {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate((how) => /** @type {any} */ (globalThis).axe.run(how), options);
  return found.map(
    (/** @type {any} */ { id, nodes }) => `${name}: ${id} ${nodes[0].target} ${nodes[0].html.slice(0, 120)}`,
  );
};

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds no violation, ${colorScheme}: in a page, nor in what the search shows`, async (t) => {
    const browsing = await context({ colorScheme });
    t.after(() => browsing.close());
    const page = await browsing.newPage();
    const found = [];
    for (const name of pages) {
      await page.goto(url(`${name}.html`));
      found.push(...(await violations(page, name)));
    }
    for (const name of Object.keys(others)) {
      await page.goto(url(name));
      // TypeDoc shows its page when its script has run.
      await page.getByRole("link", { name: "Guides", exact: true }).waitFor();
      found.push(...(await violations(page, name, name.startsWith("reference/") ? FOLDS : {})));
    }
    await page.goto(url());
    await search(page, "consent");
    found.push(...(await violations(page, "search")));
    assert.deepEqual(found, []);
  });
}

test("no page is wider than a phone, and no bar of a chart pushes its figures out", async (t) => {
  const browsing = await context({ viewport: PHONE });
  t.after(() => browsing.close());
  const page = await browsing.newPage();
  const wide = [];
  for (const name of [...pages.map((one) => `${one}.html`), ...Object.keys(others)]) {
    await page.goto(url(name));
    const beyond = await page.evaluate(() => {
      const figures = [...document.querySelectorAll(".chart em, .chart b, .chart strong, figcaption")];
      const cut = figures.filter((one) => one.getBoundingClientRect().right > innerWidth);
      return { by: document.documentElement.scrollWidth - innerWidth, cut: cut.map((one) => one.textContent) };
    });
    if (beyond.by > 0 || beyond.cut.length > 0) wide.push([name, beyond]);
  }
  assert.deepEqual(wide, []);
});

test("the demo page and the references work there, and lead back to the guides", async (t) => {
  const browsing = await context();
  t.after(() => browsing.close());
  const page = await browsing.newPage();
  /** @type {string[]} */
  const troubles = [];
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  for (const [name, words] of Object.entries(others)) {
    await page.goto(url(name), { waitUntil: "load" });
    assert.ok((await page.locator("body").innerText()).includes(words), `${name} does not say ${words}`);
    await page.getByRole("link", { name: "Guides", exact: true }).click();
    await page.waitForURL(url());
  }
  const openapi = await page.evaluate(async () => (await fetch("openapi.json")).json());
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

test("each question finds its page by the site's own search among the first three", async (t) => {
  const browsing = await context();
  t.after(() => browsing.close());
  const page = await browsing.newPage();
  await page.goto(url());
  const lost = [];
  for (const [question, expected] of questions) {
    const found = await search(page, question);
    if (!found.includes(expected)) lost.push(`${question}: ${expected} is not among ${found.join(", ")}`);
  }
  assert.deepEqual(lost, []);
});

test("by the browser's own log, no page asked another host for anything", async (t) => {
  const browsing = await context();
  t.after(() => browsing.close());
  const page = await browsing.newPage();
  // The log is not blind: this is in it.
  await page.goto(url());
  await page.evaluate(() => fetch("http://elsewhere.invalid/").catch(() => {}));
  // The last of all tests: a browser writes the end of its log when it ends.
  await closeBrowser();
  assert.deepEqual([...hostsIn(readFileSync(netLog, "utf8"))].sort(), ["127.0.0.1", "elsewhere.invalid"]);
});
