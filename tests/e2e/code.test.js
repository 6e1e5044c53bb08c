// The code that the explorer shows does what the explorer does.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Botsplash } from "botsplash";
import { startServer } from "../../sandbox/server.ts";
import { at, cache } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { staticPage } from "./static-page.js";

const PATIENCE_MS = 500_000;

const open = staticPage();
/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
/** Below the workshop, so that `botsplash` is what was built. @type {string} */
let folder;
before(async () => {
  server = await startServer({ credentials: false });
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "samples-"));
  writeFileSync(join(folder, "photo.png"), "PNG");
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** @typedef {"This page" | "A relay" | "The real API"} Target */

/**
 * The code of every operation in every language, with all of its fields filled in.
 * @param {Target} target
 * @returns {Promise<Record<string, Record<string, string>>>} by language, by operation
 */
const collect = async (target) => {
  const visit = await open();
  await visit.target(target);
  if (target === "A relay") await visit.page.getByLabel("Relay", { exact: true }).fill(server.url);
  /** @type {Record<string, Record<string, string>>} */
  const codes = {};
  for (const name of await visit.explorer.names.allInnerTexts()) {
    await visit.explorer.choose(name);
    if (name !== "uploadFile") await visit.explorer.press("Fill in the example");
    if (name === "submitListener") {
      for (const fold of await visit.page.locator(".group .more summary").all()) await fold.click();
      await visit.explorer
        .field("args.*")
        .fill('{"campaign":"spring","n":1.5,"on":true,"list":["a",null],"deep":{"x":-2}}');
      await visit.explorer.field("args.mediaUrl").fill("https://example.com/a.png?b=1&c='2'");
      await visit.explorer.field("visitor.lastName").fill('O\'Neil \\ "quoted" \u0007 Ünï');
    }
    if (name === "updatePhoneStatuses") await visit.explorer.field("items[0].status").fill("stop");
    for (const language of ["JavaScript", "Rust", "Node.js", "Python", "curl", "HTML form"]) {
      if (!(await visit.page.getByRole("button", { name: language, exact: true }).count())) continue;
      await visit.explorer.language(language);
      codes[language] = {
        ...codes[language],
        [name]: (await visit.explorer.code.locator("code").textContent()) ?? "",
      };
    }
  }
  await visit.context.close();
  return codes;
};

/** @type {Map<Target, ReturnType<typeof collect>>} One walk through the page is enough for all tests. */
const collected = new Map();

/** @param {string} language @param {Target} [target] @returns {Promise<Record<string, string>>} by operation */
const samples = async (language, target = "A relay") => {
  const codes = collected.get(target) ?? collect(target);
  collected.set(target, codes);
  return (await codes)[language] ?? {};
};

/** @param {Record<string, string>} codes @param {(name: string, code: string) => Promise<{ code: number, output: string }>} run */
const performs = async (codes, run) => {
  server.sandbox.reset();
  const names = Object.keys(codes);
  assert.equal(names.length, 9);
  for (const name of names) {
    const { code, output } = await run(name, codes[name] ?? "");
    assert.equal(code, 0, `${name}: ${output}`);
  }
  const { requests, submissions, texts } = server.sandbox;
  assert.deepEqual(
    requests.map(({ operation, status }) => [operation, status]),
    names.map((name) => [name, 200]),
  );
  assert.equal(submissions[0]?.visitor.lastName, 'O\'Neil \\ "quoted" \u0007 Ünï');
  assert.deepEqual(submissions[0]?.args, {
    message: "Welcome!",
    mediaUrl: "https://example.com/a.png?b=1&c='2'",
    campaign: "spring",
    n: 1.5,
    on: true,
    list: ["a", null],
    deep: { x: -2 },
  });
  assert.equal(texts.length, 3);
};

test("the JavaScript of every operation runs as it is", async () => {
  await performs(await samples("JavaScript"), (name, code) => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, code);
    return capture(process.execPath, [file], { cwd: folder, timeoutMs: PATIENCE_MS });
  });
});

test("the JavaScript against a sandbox needs no server", async () => {
  const { submitListener = "" } = await samples("JavaScript", "This page");
  const file = join(folder, "in-process.mjs");
  writeFileSync(file, submitListener);
  const { code, output } = await capture(process.execPath, [file], { cwd: folder, timeoutMs: PATIENCE_MS });
  assert.equal(code, 0, output);
  assert.match(output, /success: true/);
});

test("the Node.js of every operation runs as it is", async () => {
  await performs(await samples("Node.js"), (name, code) => {
    const file = join(folder, `node-${name}.mjs`);
    writeFileSync(file, code);
    return capture(process.execPath, [file], { cwd: folder, timeoutMs: PATIENCE_MS });
  });
});

test("the Python of every operation runs as it is, with its standard library", async () => {
  await performs(await samples("Python"), (name, code) => {
    const file = join(folder, `${name}.py`);
    writeFileSync(file, code);
    return capture("python3", [file], { cwd: folder, timeoutMs: PATIENCE_MS });
  });
});

test("the curl of every operation runs as it is", async () => {
  await performs(await samples("curl"), (_, code) =>
    capture("bash", ["-c", code.replace("curl ", "curl --silent --show-error --fail ")], {
      cwd: folder,
      timeoutMs: PATIENCE_MS,
    }),
  );
});

test("what the HTML form holds is the submission, as the relay reads it", async () => {
  const { submitListener: markup = "" } = await samples("HTML form");
  const { context } = await open();
  const page = await context.newPage();
  await page.setContent(markup);
  const [action, entries] = await page.evaluate(() => {
    const form = document.forms[0];
    return /** @type {[string | null, [string, string][]]} */ ([
      form?.getAttribute("action") ?? null,
      [...new FormData(form)],
    ]);
  });
  assert.equal(action, `${server.url}/demo/listener/botsplash/welcome`);
  const { visitor, args } = await new Botsplash({ appId: "demo" }).readSubmission(new URLSearchParams(entries));
  assert.equal(visitor.lastName, 'O\'Neil \\ "quoted" \u0007 Ünï');
  assert.equal(visitor.deliveryStatus, 202);
  assert.equal(visitor.clientVisitorId, "12345");
  assert.deepEqual(args, { message: "Welcome!" });
});

test("the Rust of every operation compiles as it is, for a relay and for the API", async () => {
  const crate = join(folder, "crate");
  const source = join(crate, "src");
  mkdirSync(source, { recursive: true });
  const modules = [];
  for (const target of /** @type {const} */ (["A relay", "The real API"])) {
    for (const [name, code] of Object.entries(await samples("Rust", target))) {
      const module = `${name}_${target.split(" ").at(-1)}`.toLowerCase();
      writeFileSync(join(source, `${module}.rs`), code.replace("async fn", "pub async fn"));
      modules.push(`pub mod ${module};`);
    }
  }
  assert.equal(modules.length, 18);
  writeFileSync(join(source, "lib.rs"), modules.join("\n"));
  writeFileSync(
    join(crate, "Cargo.toml"),
    `[package]\nname = "samples"\nedition = "2024"\n\n[dependencies]\nbotsplash = { path = ${JSON.stringify(at())}, default-features = false }\n\n[workspace]\n`,
  );
  const lock = at("Cargo.lock");
  if (existsSync(lock)) await capture("cp", [lock, crate]);
  const { code, output } = await capture("cargo", ["check", "--quiet", "--target", "wasm32-unknown-unknown"], {
    cwd: crate,
    // Kept, so that only the first time has to check what the crate is made of.
    env: { CARGO_TARGET_DIR: join(cache, "samples-target"), RUSTFLAGS: "-D warnings" },
    timeoutMs: PATIENCE_MS,
  });
  assert.equal(code, 0, output);
});
