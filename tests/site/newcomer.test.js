// Somebody who has the packed package and the site alone, on a phone's width: they search, they copy what the pages show,
// and it works. `npm install botsplash` takes the packed package, as it is not published.
import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { nodeOf, OLDEST_HOST } from "../../scripts/lib/nodes.js";
import { at } from "../../scripts/lib/paths.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { pack, succeed } from "../packages/install.js";
import { startProgram } from "../packages/support/program.js";
import { serveFolder } from "../packages/support/site.js";
import { openSite, PHONE, search } from "./support.js";

const { url, context } = openSite();

/** @param {import("node:test").TestContext} t a page of the site's, whose reader may use the clipboard */
const reader = async (t) => {
  const phone = await context({ viewport: PHONE, permissions: ["clipboard-read", "clipboard-write"] });
  t.after(() => phone.close());
  const page = await phone.newPage();
  await page.goto(url());
  return page;
};

/** @param {import("playwright-core").Page} page @param {string} question @param {string} expected */
const find = async (page, question, expected) => {
  assert.ok((await search(page, question)).includes(expected), `"${question}" finds ${expected}`);
  await page.locator(`[id$=searchresults] a[href^="${expected}.html"]`).first().click();
  await page.waitForURL(({ pathname }) => pathname.endsWith(`/${expected}.html`));
};

/** @param {import("playwright-core").Page} page @param {string} language @returns {Promise<string[]>} by the copy buttons */
const copied = async (page, language) => {
  const texts = [];
  for (const block of await page.locator("main pre", { has: page.locator(`code.language-${language}`) }).all()) {
    await block.hover();
    await block.getByRole("button", { name: "Copy to clipboard" }).click();
    texts.push(await page.evaluate(() => navigator.clipboard.readText()));
  }
  return texts;
};

/** @param {string} commands @param {string} tarball @returns {string[]} */
const withPacked = (commands, tarball) =>
  commands.trim().replace("npm install botsplash", `npm install --offline --no-audit --no-fund ${tarball}`).split("\n");

test("from nothing to a first submit", async (t) => {
  const page = await reader(t);
  await page.getByRole("link", { name: "Getting started" }).last().click();
  await page.waitForURL("**/getting-started.html");
  const [commands = ""] = await copied(page, "sh");
  const [program = ""] = await copied(page, "js");

  const folder = temporaryFolder();
  await succeed("bash", ["-ec", withPacked(commands, await pack(folder)).join("\n")], folder);
  await writeFile(join(folder, "first-lead", "first.mjs"), program);
  const printed = await succeed(process.execPath, ["first.mjs"], join(folder, "first-lead"));
  assert.match(printed, /^[\w-]{36} \[.*text: 'Welcome!'/s);
});

test("from the first submit to a relay on one machine, and to a form on a page of one's own", async (t) => {
  const page = await reader(t);
  await find(page, "relay on one machine", "relay-one-machine");
  const [first = "", second = ""] = await copied(page, "sh");
  await find(page, "form on my page", "form");
  const [form = ""] = await copied(page, "html");

  const folder = temporaryFolder();
  const { env } = await nodeOf(OLDEST_HOST);
  /** @param {string | undefined} command @param {string} cwd @returns {Promise<string>} its address */
  const relay = (command, cwd) => {
    const [program = "", ...args] = (command ?? "").split(" ");
    const ready = /A form to try: +(http:\S+)\//;
    return startProgram(t, program, [...args, "--listen", "127.0.0.1:0"], { cwd, env, ready });
  };

  const setup = withPacked(first, await pack(folder));
  const start = setup.pop();
  await succeed("bash", ["-ec", setup.join("\n")], folder, env);
  const own = join(folder, "lead-relay");

  await t.test("its own form, which the first start shows", async () => {
    const address = await relay(start, own);
    await page.goto(address);
    await page.getByLabel("First name").fill("Jane");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you. It is sent.").waitFor();
    await page.getByText("3334445555: Thanks, we will text you.").waitFor();
  });

  await t.test("the guide's form, with the configuration that --init writes", async () => {
    const [init = "", serve] = second.trim().split("\n");
    await succeed("bash", ["-ec", init], own, env);
    const pages = join(folder, "pages");
    await succeed("mkdir", [pages], folder);
    const origin = (await serveFolder(t, pages)).replace(/\/$/, "");
    const configuration = join(own, "relay.config.mjs");
    const text = await readFile(configuration, "utf8");
    await writeFile(configuration, text.replace('"https://www.example.com"', `"${origin}"`));
    const address = await relay(serve, own);

    const html = form.replace("https://relay.example.com/acme", `${address}/demo`);
    await writeFile(join(pages, "index.html"), `<!doctype html><title>Ours</title>\n${html}`);
    await copyFile(join(own, "node_modules", "botsplash", "dist", "form-auto.js"), join(pages, "form-auto.js"));

    for (const [javaScriptEnabled, number] of /** @type {const} */ ([
      [true, "3334445556"],
      [false, "3334445557"],
    ])) {
      const visitor = await context({ javaScriptEnabled });
      t.after(() => visitor.close());
      const theirs = await visitor.newPage();
      await theirs.goto(origin);
      await theirs.getByLabel("First name").fill("Jane");
      await theirs.getByLabel("Phone").fill(number);
      await theirs.getByRole("checkbox").check();
      await theirs.getByRole("button", { name: "Send" }).click();
      await theirs.getByText("Thank you").waitFor();
      await page.goto(address);
      await page.getByText(`${number}: Thanks, we will text you.`).waitFor();
    }
  });
});

test("the Rust guide's program is the one that tests compile and run", async (t) => {
  const page = await reader(t);
  await find(page, "rust program", "rust");
  const [program] = await copied(page, "rust");
  const [dependencies = ""] = await copied(page, "toml");
  const tested = await readFile(at("examples", "rust", "quick-start", "src", "main.rs"), "utf8");
  assert.equal(program?.trim(), tested.trim());
  for (const line of (await readFile(at("examples", "rust", "quick-start", "Cargo.toml"), "utf8")).split("\n")) {
    const [, name, features] = /^(\w+) = \{.*features = (\[.*\]) \}$/.exec(line) ?? [];
    if (name && features)
      assert.match(dependencies, new RegExp(`^${name} = .*${features.replaceAll(/[[\]]/g, "\\$&")}`, "m"));
  }
});
