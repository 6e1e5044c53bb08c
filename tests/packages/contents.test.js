import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { parse } from "acorn";
import { build, transform } from "esbuild";
import { clientNames } from "../../scripts/build/bundle.js";
import { budgetFile, measure } from "../../scripts/build/sizes.js";
import { pkg, root } from "../../scripts/lib/paths.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { pack, succeed } from "./install.js";

test("publint and attw find nothing wrong with the packed package", async () => {
  const folder = temporaryFolder();
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

test("the tarball holds what is published and nothing else", async () => {
  const folder = temporaryFolder();
  const list = await succeed("tar", ["-tzf", await pack(folder)], folder);
  const files = list
    .trim()
    .split("\n")
    .map((file) => file.replace("package/", ""));
  const documents = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY.txt", "package.json"];
  assert.deepEqual(files.filter((file) => !file.startsWith("dist/")).sort(), documents);
  assert.deepEqual(
    files.filter((file) => /^dist\/.*(test|bindgen)/.test(file)),
    [],
  );
});

test("each script has a source map, which apps do not download", async () => {
  const dist = join(pkg, "dist");
  for (const name of readdirSync(dist).filter((file) => /\.c?js$/.test(file))) {
    const code = readFileSync(join(dist, name), "utf8");
    const { sources, sourcesContent, names, mappings } = JSON.parse(readFileSync(join(dist, `${name}.map`), "utf8"));
    assert.ok(mappings.length > 20, name);
    assert.ok(Array.isArray(names), name);
    for (const [index, source] of sources.entries()) {
      const content = sourcesContent[index];
      // Hand-written files are as they are in the repository; of files that the build makes, one line stands.
      const file = join(root, source.replace("../", ""));
      assert.equal(content, existsSync(file) ? readFileSync(file, "utf8") : "// Made by the build.\n", source);
    }
    assert.ok(
      sources.some((/** @type {string} */ source) => existsSync(join(root, source.replace("../", "")))),
      name,
    );
    if (name === "form.js" || name === "form-auto.js") assert.ok(!code.includes("sourceMappingURL"));
    else assert.ok(code.trimEnd().endsWith(`\n//# sourceMappingURL=${name}.map`), name);
  }
  const app = await bundle('import { Botsplash } from "botsplash"; new Botsplash({}).sendMessage({});');
  assert.ok(!app.includes("sourceMappingURL"));
});

test("the package's README tells what its user needs, and leads to nothing that is not in it", () => {
  const readme = readFileSync(join(pkg, "README.md"), "utf8");
  for (const name of ["Quick start", "After a failure", "The parts", "Where it runs", "Guides"]) {
    assert.ok(readme.includes(`\n## ${name}\n`), name);
  }
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]*)\)/g)) assert.match(target, /^https:/);
});

/**
 * An app, as a bundler makes it.
 * @param {string} contents
 * @param {"browser" | "node"} [platform]
 */
const bundle = async (contents, platform = "browser") => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    platform,
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

test("no name that the build shortens is one that users see", () => {
  const seen = ["dist/index.d.ts", "dist/slim.d.ts", "README.md"].map((file) => readFileSync(join(pkg, file), "utf8"));
  const asMember = (/** @type {string} */ name) => new RegExp(`\\.${name}\\b|(^|[{,])\\s*${name}\\??[:(]`, "m");
  const shared = clientNames.filter((name) => asMember(name).test(seen.join("\n")));
  assert.deepEqual(shared, []);
});

test("an app for pages carries nothing of what only servers tell of a failed connection", async () => {
  for (const entry of ["botsplash", "botsplash/slim"]) {
    const app = `import { Botsplash } from "${entry}"; new Botsplash({}).sendMessage({});`;
    assert.doesNotMatch(await bundle(app), /getaddrinfo/, entry);
    assert.match(await bundle(app, "node"), /getaddrinfo/, entry);
  }
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

/** The year whose syntax each file has, unless it is 2019: this one is read by browsers alone. */
const YEARS = new Map([["form-auto.js", 2020]]);

test("what apps import is in the syntax of 2019, which webpack 4 and Metro read", () => {
  const dist = join(pkg, "dist");
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => /\.c?js$/.test(file));
  // The command is Node's alone.
  const imported = files.filter((file) => !file.startsWith(join("command", "")));
  assert.ok(imported.length > 10);
  for (const file of imported) {
    const ecmaVersion = /** @type {import("acorn").ecmaVersion} */ (YEARS.get(file) ?? 2019);
    const sourceType = file.endsWith(".cjs") ? "script" : "module";
    assert.doesNotThrow(() => parse(readFileSync(join(dist, file), "utf8"), { ecmaVersion, sourceType }), file);
  }
});

test("what pages download of the form's script is ASCII, in the syntax of 2020", async () => {
  for (const name of ["form.js", "form-auto.js"]) {
    const code = readFileSync(join(pkg, "dist", name), "latin1");
    assert.match(code, /^[\n -~]+$/);
    const { warnings } = await transform(code, { target: "es2020", logLevel: "silent" });
    assert.deepEqual(warnings, []);
    assert.doesNotMatch(code, /BigInt/);
    const { code: lowered } = await transform(code, { target: "es2020" });
    const { code: kept } = await transform(code, { target: "esnext" });
    assert.equal(lowered, kept, `${name} has syntax that is younger`);
  }
});

test("the inlined WebAssembly needs no file, no URL and no eval", () => {
  const code = readFileSync(join(pkg, "dist", "inlined.js"), "utf8");
  for (const word of ["import.meta", "node:fs", "require(", "eval(", "Function("]) {
    assert.ok(!code.includes(word), `it says ${word}`);
  }
});
