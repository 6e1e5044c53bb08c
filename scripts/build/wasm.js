import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, cache } from "../lib/paths.js";
import { capture, show, Trouble } from "../lib/run.js";
import { clearDeadData } from "./dead-data.js";
import { shortened } from "./glue.js";
import { named } from "./groups.js";
import { silence } from "./silence.js";
import { tablesIn } from "./tables.js";

const out = join(cache, "bindgen");

/** @param {string} command @param {string[]} args */
const quietly = async (command, args) => {
  const { code, output } = await capture(command, args);
  if (code !== 0) throw new Trouble(`${output}\nThis command failed: ${command} ${args.join(" ")}`);
  return output;
};

// The options that came out smallest after compression; -Oz is smaller only before it.
// Without the limit, large functions called once are drawn into their callers. Below 1024 is the end of the
// stack, where no object is.
const smallest = [
  ...["--flatten", "--rereloop"],
  ...["-Os", "--one-caller-inline-max-function-size=150", "--low-memory-unused"],
];

/**
 * Compiles the crate.
 * @returns {Promise<{ wasm: Uint8Array, glue: string, tables: object, types: string }>} the wasm, the path of
 *   its JavaScript, what that has to know of the crate, the declarations
 */
export const compile = async () => {
  await show("cargo", [
    "build",
    "--quiet",
    "--release",
    "--lib",
    "--features",
    "js",
    "--target",
    "wasm32-unknown-unknown",
  ]);
  rmSync(out, { recursive: true, force: true });
  const built = at("target", "wasm32-unknown-unknown", "release", "botsplash.wasm");
  // The bundler flavour: no import.meta, no fetching, nothing that a bundler could trip over.
  await quietly("wasm-bindgen", ["--target", "bundler", "--out-dir", out, "--out-name", "botsplash", built]);
  silence(join(out, "botsplash_bg.wasm"));
  // Data are packed when none of them is dead.
  const unpacked = ["--skip-pass=memory-packing", "--debuginfo", "--output", named];
  await quietly("wasm-opt", [join(out, "botsplash_bg.wasm"), ...smallest, ...unpacked]);
  clearDeadData(named);
  await quietly("wasm-opt", [named, "--memory-packing", "--debuginfo", "--output", named]);
  const optimized = join(out, "botsplash.wasm");
  // The features are those that the compiler wrote into the file; what says so goes last.
  const names = await quietly("wasm-opt", [
    named,
    "--minify-imports-and-exports-and-modules",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--output",
    optimized,
  ]);

  const wasm = readFileSync(optimized);
  const glue = join(out, "botsplash_bg.js");
  writeFileSync(glue, shortened(readFileSync(glue, "utf8"), JSON.parse(names), wasm));
  return {
    wasm,
    glue,
    ...tablesIn(readFileSync(join(out, "botsplash.d.ts"), "utf8")),
  };
};
