// The built page as a whole: what it is made of, and that it needs nobody.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { at, cache, pkg } from "../../scripts/lib/paths.js";
import { buildPage, serve } from "./page-site.js";
import { visitors } from "./visitors.js";

const BUDGET_BYTES = 100_000;

/** The reader of API descriptions, loaded only when somebody drops one; most of it is the parser of YAML. */
const READER = /^assets\/(browser|html|report)-/;
const READER_BUDGET_BYTES = 45_000;

/** @type {string} */
let built;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
before(async () => {
  built = await buildPage();
  site = await serve(built);
});
after(() => {
  site.close();
});
const open = visitors(() => site.url);

test("all of the page, the library included, is lighter than its budget without the library", () => {
  const files = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name));
  /** @param {string[]} some */
  const weigh = (some) =>
    some.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(built, name))).length, 0);
  const reader = files.filter((name) => READER.test(name));
  const total = weigh(files.filter((name) => !READER.test(name)));
  assert.ok(total < BUDGET_BYTES, `${total} bytes`);
  assert.equal(reader.length, 3);
  assert.ok(weigh(reader) < READER_BUDGET_BYTES, `${weigh(reader)} bytes for the reader`);
});

test("nothing in the page is named by an address of its own host's root", () => {
  const html = readFileSync(join(built, "index.html"), "utf8");
  assert.doesNotMatch(html, /(src|href)="\//);
});

test("before any script runs there are the headline, the first call and the measured figures", async () => {
  const { page } = await open({ javaScriptEnabled: false });
  assert.match(await page.locator("h1").innerText(), /Know what became/);
  assert.match(await page.locator(".sample").innerText(), /client\.submitListener\("welcome", \{/);
  const sizes = JSON.parse(readFileSync(join(cache, "sizes.json"), "utf8"));
  const manifest = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
  const figures = await page.locator(".figures dd").allInnerTexts();
  const rows = readFileSync(at("docs", "environments.md"), "utf8")
    .split("<!-- environments")[1]
    .split("<!-- end")[0]
    .split("\n");
  const environments = rows.filter((row) => row.startsWith("|")).length - 2;
  assert.deepEqual(figures.slice(0, 3), [
    `${(sizes.app.brotli / 1000).toFixed(1)} KB`,
    String(environments),
    String(Object.keys(manifest.dependencies ?? {}).length),
  ]);
  assert.equal(await page.locator(".environments li").count(), environments);
  assert.equal(await page.locator("noscript p:visible").count(), 2);
});

test("the policy lets in no script, style or font from elsewhere, and nothing inline", async () => {
  const { page } = await open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.equal(
    policy,
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' https://api.botsplash.com; " +
      "img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
});

test("with the network cut, a lead and every kind of call still work", async () => {
  const { context, lead, explorer, texts } = await open();
  await context.setOffline(true);
  assert.equal(await lead.run(), "Success");
  await lead.onTheWay("Response lost");
  assert.equal(await lead.run(), "unknown");
  await explorer.onTheWay("All goes well");
  for (const name of ["updateVisitor", "listMeetings", "scheduleMeeting", "sendMessage"]) {
    await explorer.choose(name);
    assert.equal(await explorer.run(), "Success", name);
  }
  await explorer.choose("uploadFile");
  await explorer.press("Use a sample file");
  assert.equal(await explorer.run(), "Success");
  await texts.nth(2).waitFor();
});
