// The facts of a release stand in several files, for tools that read one of them alone: they agree.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { version } from "../../scripts/build/version.js";
import { at, pkg } from "../../scripts/lib/paths.js";
import { changelog, problems } from "../../scripts/release/facts.js";

/** @param {string} file */
const read = (file) => readFileSync(at(file), "utf8");

test("crate, lock files, npm package and changelog have one version", () => {
  for (const lock of ["Cargo.lock", "examples/rust/Cargo.lock"]) {
    assert.equal(/^name = "botsplash"\nversion = "(.+)"$/m.exec(read(lock))?.[1], version(), lock);
  }
  assert.equal(JSON.parse(readFileSync(`${pkg}/package.json`, "utf8")).version, version());
  assert.equal(changelog()[0]?.version, version(), "CHANGELOG.md begins with the version of Cargo.toml");
});

test("the changelog's versions come newest first, dated once they are out, and each kind of change in its order", () => {
  const releases = changelog();
  const numbers = releases.map((release) => release.version.split(".").map(Number));
  const sorted = numbers.toSorted((one, other) => other.map((part, at) => part - (one[at] ?? 0)).find(Boolean) ?? 0);
  assert.deepEqual(numbers, sorted);
  for (const part of read("CHANGELOG.md").split(/^## /m).slice(1)) {
    const kinds = [...part.matchAll(/^### (.+)$/gm)].map(([, kind = ""]) =>
      kind.replace(/^Upgrade from .*/, "Upgrade"),
    );
    const order = ["Upgrade", "Breaking", "Added", "Fixed", "Security"];
    assert.deepEqual(
      kinds,
      order.filter((kind) => kinds.includes(kind)),
    );
  }
});

test("a release refuses while documents say that nobody can install the package", async () => {
  const said = (await problems()).filter((one) => one.includes("not published yet"));
  const told = ["README.md", "docs/getting-started.md", "docs/relay-one-machine.md", "docs/rust.md"].filter((file) =>
    read(file).includes("not published yet"),
  );
  for (const file of told)
    assert.ok(
      said.some((one) => one.startsWith(file)),
      file,
    );
});

test("what users are told to install is that version", () => {
  const [major, minor] = version().split(".");
  for (const file of ["README.md", "src/README.md"]) {
    const told = [...read(file).matchAll(/^botsplash = (?:\{ version = )?"([\d.]+)"/gm)].map(([, one]) => one);
    assert.ok(told.length > 0, `${file} does not say how Cargo gets it`);
    for (const one of told) assert.equal(one, `${major}.${minor}`, file);
  }
  const { dependencies } = JSON.parse(read("examples/cloudflare-worker/package.json"));
  assert.equal(dependencies.botsplash, `^${version()}`);
});

test("the guide of the client has each of its options", () => {
  const [, options = ""] =
    /^export interface ClientOptions \{\n([\s\S]*?)^\}/m.exec(read("tests/types/golden.d.ts")) ?? [];
  const names = [...options.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name = ""]) => name);
  const [, section = ""] = read("docs/client.md").split("## Options\n");
  const told = [...section.split("\n## ")[0].matchAll(/^\| `(\w+)` /gm)].map(([, name = ""]) => name);
  assert.ok(names.length > 5);
  assert.deepEqual(told.toSorted(), names.toSorted());
});

test("the sizes that documents tell are those that the build is held to", () => {
  const { brotliBytes } = JSON.parse(read("size-budget.json"));
  const kilobytes = (/** @type {number} */ bytes, digits = 0) => (bytes / 1000).toFixed(digits);
  const flat = (/** @type {string} */ file) => read(file).replace(/\s+/g, " ");
  const [, module, app] =
    /small: (\d+) KB of brotli for the wasm .*? and (\d+) KB for an app/.exec(flat("DESIGN.md")) ?? [];
  assert.deepEqual([module, app], [kilobytes(brotliBytes.module), kilobytes(brotliBytes.app)], "DESIGN.md");
  const [, whole] = /weigh (\d+) KB compressed/.exec(flat("README.md")) ?? [];
  assert.equal(whole, kilobytes(brotliBytes.app), "README.md");
  const [, release] = /for one call weighs ([\d.]+) KB compressed/.exec(flat("CHANGELOG.md")) ?? [];
  // The changelog tells what was measured, and the budget is 1% above.
  assert.ok(Math.abs(Number(release) - brotliBytes.app / 1000) < 0.4, `CHANGELOG.md: ${release}`);
});
