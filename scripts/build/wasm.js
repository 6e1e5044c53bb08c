import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { at, cache } from "../lib/paths.js";
import { capture, show, Trouble } from "../lib/run.js";

const out = join(cache, "bindgen");

/** @param {string} command @param {string[]} args */
const quietly = async (command, args) => {
  const { code, output } = await capture(command, args);
  if (code !== 0) throw new Trouble(`${output}\nThis failed: ${command} ${args.join(" ")}`);
};

/**
 * Compiles the crate.
 * @returns {Promise<{ wasm: Uint8Array, glue: string, error: string, glueKey: string, types: string }>}
 *   the wasm; the paths of its JavaScript and of the error class; the name under which the wasm
 *   imports its JavaScript; the declarations
 */
export const compile = async () => {
  await show("cargo", ["build", "--quiet", "--release", "--lib", "--target", "wasm32-unknown-unknown"]);
  rmSync(out, { recursive: true, force: true });
  const built = at("target", "wasm32-unknown-unknown", "release", "botsplash.wasm");
  // The bundler flavour: no import.meta, no fetching, nothing that a bundler could trip over.
  await quietly("wasm-bindgen", ["--target", "bundler", "--out-dir", out, "--out-name", "botsplash", built]);
  const optimized = join(out, "botsplash.wasm");
  // The features are those that the compiler wrote into the file; what says so goes last.
  await quietly("wasm-opt", [
    join(out, "botsplash_bg.wasm"),
    ...["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features"],
    ...["--output", optimized],
  ]);

  const wasm = readFileSync(optimized);
  const keys = new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ module }) => module));
  const [glueKey, ...others] = keys;
  if (!glueKey || others.length > 0) {
    throw new Trouble(`the wasm should import one module, its glue; it imports ${[...keys].join(", ") || "none"}`);
  }
  return {
    wasm,
    glueKey,
    glue: join(out, "botsplash_bg.js"),
    error: join(out, "snippets", onlyFolder(join(out, "snippets")), "src", "js", "error.js"),
    types: readFileSync(join(out, "botsplash.d.ts"), "utf8"),
  };
};

/** @param {string} folder */
const onlyFolder = (folder) => {
  const names = readdirSync(folder);
  if (names.length !== 1) throw new Trouble(`${folder} should hold one folder; it holds ${names.join(", ") || "none"}`);
  return names[0];
};
