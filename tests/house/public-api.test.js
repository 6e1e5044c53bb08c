// A program that uses the crate compiles with its next version, unless the listing says otherwise.
// cspell:ignore Zunstable
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { LISTING_RUST } from "../../scripts/lib/toolchains.js";

// Its own, since build scripts look at RUSTC_BOOTSTRAP and would run again for the next stage.
const target = at("target", "public-api");
const folder = at("tests", "public-api");

/** @param {string[]} args of cargo @param {string} [cwd] @returns {Promise<string>} */
const cargo = async (args, cwd) => {
  const command = ["run", LISTING_RUST, "cargo", ...args, "--quiet", "--target-dir", target];
  // rustdoc writes JSON on a stable channel as well, where it is told to.
  const { code, output } = await capture("rustup", command, { cwd, env: { RUSTC_BOOTSTRAP: "1" } });
  assert.equal(code, 0, output);
  return output;
};

/** @param {string} json @param {string[]} args @returns {Promise<string[]>} each public item, a line */
const listed = async (json, args) => {
  await cargo([
    "rustdoc",
    "--lib",
    ...args,
    "--config",
    'build.rustdocflags=["-Zunstable-options","--output-format=json"]',
  ]);
  const { code, output } = await capture(join(target, "debug", "public-api-listing"), [json]);
  assert.equal(code, 0, output);
  return output.trim().split("\n");
};

/** @param {string} name @param {string[]} lines */
const holds = (name, lines) => {
  const file = at("tests", "public-api", name);
  if (process.env.BLESS) writeFileSync(file, `${lines.join("\n")}\n`);
  const known = readFileSync(file, "utf8").trim().split("\n");
  const gone = known.filter((line) => !lines.includes(line));
  const added = lines.filter((line) => !known.includes(line));
  const changes = [...gone.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
  assert.deepEqual(changes, [], "The crate's public items are others. Meant? BLESS=1 npm test -- --only public-api");
};

/** @type {string[]} */
let native;

before(async () => {
  await cargo(["build"], folder);
  native = await listed(`${target}/doc/botsplash.json`, ["--features", "reqwest,serde_json"]);
});

test("the public items outside of WebAssembly are those of the listing", () => {
  assert.ok(native.includes("pub struct botsplash::Client<T>"));
  holds("native.txt", native);
});

test("in WebAssembly they are the same, but for what the listing says", async () => {
  const triple = "wasm32-unknown-unknown";
  const wasm = await listed(`${target}/${triple}/doc/botsplash.json`, ["--features", "serde_json", "--target", triple]);
  const missing = native.filter((line) => !wasm.includes(line)).map((line) => `- ${line}`);
  const more = wasm.filter((line) => !native.includes(line)).map((line) => `+ ${line}`);
  assert.ok(more.includes("+ pub struct botsplash::Fetch"), "the transport of WebAssembly is not public");
  holds("wasm.txt", [...missing, ...more]);
});
