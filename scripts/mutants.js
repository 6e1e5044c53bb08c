// Breaks src/core and its JSON in every small way, and tells of all that no test noticed. That is `npm run mutants`, or
// `npm run mutants -- --file src/core/date.rs`, or `-- --since main` for what has changed.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cache } from "./lib/paths.js";
import { capture, runAsScript, show, Trouble } from "./lib/run.js";
import { mutants, node, rust } from "./setup.js";

/** Said here, since a list in .cargo/mutants.toml would be added to any choice of files. */
const EVERYTHING = ["src/core/**/*.rs", "src/client/json.rs", "src/client/json/*.rs"];

/** Some 900 mutants of 3 seconds each take 45 minutes on a quiet machine. */
const LONGEST_MS = 3 * 60 * 60_000;

/** A constant whose loop never ends keeps the compiler busy for ever. */
const LONGEST_BUILD_S = 120;

/** cargo-mutants ends with 2 where a mutant lives, and with 3 where one never ends, which counts as noticed. */
const FINE = [0, 3];

const options = /** @type {const} */ ({ file: { type: "string", multiple: true }, since: { type: "string" } });

const main = async () => {
  const { file = EVERYTHING, since } = parseArgs({ options }).values;
  node();
  await rust();
  await mutants();
  const folder = join(cache, "mutants");
  mkdirSync(folder, { recursive: true });
  const args = ["mutants", "--output", folder, "--colors", "never", "--build-timeout", String(LONGEST_BUILD_S)];
  for (const name of file) args.push("--file", name);
  if (since) args.push("--in-diff", await difference(since, folder));
  // Where a mutant lives, write a test that notices, or list it in .cargo/mutants.toml with the reason.
  const env = { CARGO_TARGET_DIR: join(cache, "mutants-target"), CARGO_INCREMENTAL: "1" };
  await show("cargo", args, { timeoutMs: LONGEST_MS, env, fine: FINE });
};

/** @param {string} since @param {string} folder @returns {Promise<string>} a file */
const difference = async (since, folder) => {
  const { code, output } = await capture("git", ["diff", since, "--", "src"]);
  if (code !== 0) throw new Trouble(output);
  const file = join(folder, "changes.diff");
  writeFileSync(file, output);
  return file;
};

await runAsScript(import.meta, main);
