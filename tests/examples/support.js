import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";

const workspace = at("examples", "rust");

/** Of what Rust writes. All that wasm-opt knows is more than browsers do. */
const FEATURES = "bulk-memory multivalue mutable-globals nontrapping-float-to-int reference-types sign-ext".split(" ");

/** @param {string} command @param {string[]} args @param {string} [cwd] */
const succeed = async (command, args, cwd) => {
  const { code, output } = await capture(command, args, { cwd });
  assert.equal(code, 0, output);
  return output;
};

/** @param {...string} crates @returns {Promise<Record<string, string>>} the versions that the examples are locked to */
export const versions = async (...crates) => {
  const lock = readFileSync(join(workspace, "Cargo.lock"), "utf8");
  const locked = crates.map((crate) => {
    const version = new RegExp(`^name = "${crate}"\nversion = "([^"]+)"`, "m").exec(lock)?.[1];
    assert.ok(version, `examples/rust/Cargo.lock has no ${crate}`);
    return [crate, version];
  });
  const rust = (await succeed("rustc", ["--version"])).split(" ")[1];
  return Object.fromEntries([...locked, ["Rust", rust]]);
};

/**
 * Builds an example for the web as its author would publish it.
 * @param {string} name of its package
 * @param {string} folder where its JavaScript and `NAME_bg.wasm` go
 * @returns {Promise<number>} bytes of all its JavaScript and WebAssembly, each file after brotli 11
 */
export const buildForWeb = async (name, folder) => {
  const triple = "wasm32-unknown-unknown";
  await succeed("cargo", ["build", "--release", "--package", name, "--target", triple], workspace);
  const built = at("target", "examples", triple, "release");
  const file = ["-", "_"].map((dash) => join(built, `${name.replaceAll("-", dash)}.wasm`));
  const wasm = file.find((path) => statSync(path, { throwIfNoEntry: false }));
  assert.ok(wasm, `${built} has no ${name}.wasm`);
  const options = ["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir", folder];
  await succeed("wasm-bindgen", [...options, wasm]);
  const module = join(folder, "app_bg.wasm");
  await succeed("wasm-opt", ["-Oz", ...FEATURES.map((feature) => `--enable-${feature}`), module, "-o", module]);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(js|wasm)$/.test(path))
    .map((path) => brotliCompressSync(readFileSync(join(folder, path))).length)
    .reduce((total, size) => total + size, 0);
};
