// The crate is made of what deny.toml allows: licenses, one version of each crate, crates.io alone. And in WebAssembly nothing
// is in it that belongs elsewhere.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";

const WASM = ["--target", "wasm32-unknown-unknown"];

/** @param {...string} args @returns {Promise<{ name: string, version: string, license: string, source: string }[]>} each crate once */
const tree = async (...args) => {
  const format = ["--prefix", "none", "--no-dedupe", "--format", "{p}\t{l}"];
  const { code, output } = await capture("cargo", ["tree", "--quiet", "--locked", ...format, ...args]);
  assert.equal(code, 0, output);
  return [...new Set(output.trim().split("\n"))].map((line) => {
    const [crate = "", license = ""] = line.split("\t");
    const [name = "", version = "", ...rest] = crate.split(" ");
    return { name, version, license, source: rest.filter((word) => word !== "(proc-macro)").join(" ") };
  });
};

/** @param {string} key @returns {string[]} the texts of that list in deny.toml, without its comments */
const list = (key) => {
  const [, text] = new RegExp(`^${key} = \\[([^\\]]*)\\]`, "m").exec(readFileSync(at("deny.toml"), "utf8")) ?? [];
  assert.ok(text !== undefined, `deny.toml has no list ${key}`);
  return [...text.replace(/#.*$/gm, "").matchAll(/"([^"]*)"/g)].map(([, item = ""]) => item);
};

/** All that any feature, any platform and the tests bring. */
const everything = () => tree("--all-features", "--target", "all", "--edges", "normal,build,dev");

test("each crate has a license that deny.toml allows", async () => {
  const allowed = list("allow");
  /** Judges more strictly where the expression has OR beside AND without parentheses. @param {string} license */
  const isAllowed = (license) =>
    license
      .split(" AND ")
      .every((part) => part.split(/ OR |\//).some((one) => allowed.includes(one.replace(/[()]/g, ""))));
  const refused = (await everything()).filter(({ license }) => !isAllowed(license));
  assert.deepEqual(refused, []);
});

test("no crate is there in two versions but those that deny.toml lists", async () => {
  const skipped = list("skip");
  /** @type {Map<string, Set<string>>} */
  const versions = new Map();
  for (const { name, version } of await everything()) {
    if (skipped.some((one) => `${name}@${version.slice(1)}.`.startsWith(`${one}.`))) continue;
    versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  const twice = [...versions].filter(([, found]) => found.size > 1);
  assert.deepEqual(twice, []);
});

test("each crate is from crates.io", async () => {
  const elsewhere = (await everything()).filter(({ name, source }) => source !== "" && name !== "botsplash");
  assert.deepEqual(elsewhere, []);
});

test("a page's app is made of the bindings and serde, without a runtime, TLS, or a second JSON", async () => {
  const names = async (/** @type {string[]} */ ...args) =>
    new Set((await tree(...WASM, "--edges", "normal", ...args)).map(({ name }) => name));
  const [plain, js] = [await names(), await names("--features", "js")];
  assert.ok(plain.has("gloo-net") && plain.has("wasm-bindgen"));
  // Only the npm package wants them.
  for (const name of ["tsify", "rlsf"]) assert.deepEqual([plain.has(name), js.has(name)], [false, true], name);
  const banned = ["tokio", "mio", "hyper", "reqwest", "rustls", "ring", "rand", "url", "serde_json"];
  for (const tree of [plain, js, await names("--features", "reqwest")])
    assert.deepEqual(
      banned.filter((name) => tree.has(name)),
      [],
    );
});

test("a native program without features brings no runtime, no HTTP and no second JSON", async () => {
  const names = new Set((await tree("--edges", "normal")).map(({ name }) => name));
  assert.deepEqual(
    ["tokio", "hyper", "reqwest", "rustls", "serde_json", "js-sys", "wasm-bindgen"].filter((name) => names.has(name)),
    [],
  );
});
