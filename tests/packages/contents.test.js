import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { build, transform } from "esbuild";
import { budgetFile, measure } from "../../scripts/build/sizes.js";
import { pkg, root } from "../../scripts/lib/paths.js";
import { pack, succeed, temporaryFolder } from "./install.js";

test("publint and attw find nothing wrong with the packed package", async (t) => {
  const folder = await temporaryFolder(t);
  const tarball = await pack(folder);
  await succeed("publint", [tarball, "--strict"], folder);
  // Neither the WebAssembly nor what a page's own script element loads is a module with types.
  const apart = ["./botsplash.wasm", "./form-auto.js"];
  const table = await succeed("attw", [tarball, "--profile", "strict", "--exclude-entrypoints", ...apart], folder);
  const { exports } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
  for (const entry of Object.keys(exports)) {
    if (!apart.includes(entry)) assert.ok(table.includes(`"${join("botsplash", entry)}"`), `${entry} was not tried`);
  }
});

test("the tarball holds what is published and nothing else", async (t) => {
  const folder = await temporaryFolder(t);
  const list = await succeed("tar", ["-tzf", await pack(folder)], folder);
  const files = list
    .trim()
    .split("\n")
    .map((file) => file.replace("package/", ""));
  const documents = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY.txt", "package.json"];
  assert.deepEqual(files.filter((file) => !file.startsWith("dist/")).sort(), documents);
  assert.deepEqual(
    files.filter((file) => /^dist\/.*(test|bindgen|\.map)/.test(file)),
    [],
  );
});

test("the package's README tells what its user needs, and leads to nothing that is not in it", () => {
  const readme = readFileSync(join(pkg, "README.md"), "utf8");
  for (const name of ["Quick start", "After a failure", "The parts", "Where it runs", "Guides"]) {
    assert.ok(readme.includes(`\n## ${name}\n`), name);
  }
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]*)\)/g)) assert.match(target, /^https:/);
});

/** @param {string} contents @returns what a bundler makes of an app */
const bundle = async (contents) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    // That an import is left out is what one of the tests is about.
    logLevel: "error",
  });
  return outputFiles[0].text;
};

test("an app that only asks isBotsplashError carries no WebAssembly", async () => {
  const app = await bundle('import { isBotsplashError } from "botsplash"; console.log(isBotsplashError({}));');
  assert.ok(app.length < 1000, `it carries ${app.length} characters`);
});

test("an app that imports nothing carries nothing", async () => {
  assert.equal((await bundle('import "botsplash";')).trim(), "");
});

test("an app that enhances a form carries little more for it than the script that does so by itself", async () => {
  const limit = budgetFile().brotliLimits.form;
  const byHand = await bundle('import { enhance } from "botsplash/form"; enhance(document.forms[0]);');
  const byItself = await bundle('import "botsplash/form-auto.js";');
  for (const app of [byHand, byItself]) {
    const { brotli } = measure(Buffer.from(app));
    // Bundlers undo a part of what terser did.
    assert.ok(brotli <= limit * 1.05, `it carries ${brotli} bytes`);
    assert.match(app, /submissionKey/);
  }
});

test("what pages download of the form's script is ASCII, in the syntax of 2020", async () => {
  for (const name of ["form.js", "form-auto.js"]) {
    const code = readFileSync(join(pkg, "dist", name), "latin1");
    assert.match(code, /^[\n -~]+$/);
    const { warnings } = await transform(code, { target: "es2020", logLevel: "silent" });
    assert.deepEqual(warnings, []);
    const { code: lowered } = await transform(code, { target: "es2020", minify: true });
    const { code: kept } = await transform(code, { target: "esnext", minify: true });
    assert.equal(lowered, kept, `${name} has syntax that is younger`);
  }
});

test("the inlined WebAssembly needs no file, no URL and no eval", () => {
  const code = readFileSync(join(pkg, "dist", "inlined.js"), "utf8");
  for (const word of ["import.meta", "node:fs", "require(", "eval(", "Function("]) {
    assert.ok(!code.includes(word), `it says ${word}`);
  }
});
