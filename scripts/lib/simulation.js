// Runs the simulation of the relay in processes of its own: it takes their clock and their timers. They are of a Node
// that has SQLite inside, which is several times as quick as one in WebAssembly.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { nodeOf, OLDEST_HOST } from "./nodes.js";
import { at, cache } from "./paths.js";
import { Trouble } from "./run.js";

/**
 * @typedef {object} SeedResult
 * @property {number} seed
 * @property {number} leads
 * @property {number} sends
 * @property {string} trace a digest of all that happened
 * @property {string} [broken] what did not hold
 * @property {string} [story] how it came to that, and how to see it again
 *
 * @typedef {import("../../tests/simulation/mutants.ts").Mutant} Mutant
 */

/**
 * @param {string} name of the program
 * @param {Mutant} [mutant] a rule that is taken out
 * @returns {Promise<string>} the program's path
 */
export const bundleSimulation = async (name, mutant) => {
  const outfile = join(cache, "simulation", `${name}.mjs`);
  let isMutated = false;
  await build({
    entryPoints: [at("tests", "simulation", "worker.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    logLevel: "error",
    plugins: [
      {
        name: "mutant",
        setup({ onLoad }) {
          if (!mutant) return;
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            if (!path.endsWith(mutant.file)) return undefined;
            const contents = readFileSync(path, "utf8");
            isMutated = contents.split(mutant.from).length === 2;
            return { contents: contents.replace(mutant.from, () => mutant.to), loader: "ts" };
          });
        },
      },
    ],
  });
  if (mutant && !isMutated) throw new Trouble(`${mutant.file} does not hold once: ${mutant.from}`);
  return outfile;
};

/**
 * @param {string} program of `bundleSimulation`
 * @param {number} from
 * @param {number} count
 * @param {(result: SeedResult) => boolean | void} onResult told of each seed; `true` ends it
 * @returns {Promise<void>}
 */
export const runSimulation = async (program, from, count, onResult) => {
  const { node } = await nodeOf(OLDEST_HOST);
  await new Promise((/** @type {(value?: undefined) => void} */ resolve, reject) => {
    const child = spawn(node, [program, String(from), String(count)], {
      cwd: at(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    let isOver = false;
    let seen = 0;
    child.stderr.on("data", (text) => {
      errors = (errors + text).slice(-4000);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      seen += 1;
      if (isOver || onResult(JSON.parse(line)) !== true) return;
      isOver = true;
      child.kill();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (isOver || code === 0) resolve();
      else reject(new Trouble(`seed ${from + seen} ended the simulation (${code})\n${errors}`));
    });
  });
};

/**
 * The first seed that falls over, and why.
 * @param {string} program of `bundleSimulation`
 * @param {number} from
 * @param {number} count
 * @returns {Promise<string | undefined>} undefined where none does
 */
export const noticeOf = async (program, from, count) => {
  /** @type {string | undefined} */
  let notice;
  await runSimulation(program, from, count, ({ seed, broken }) => {
    if (broken === undefined) return false;
    notice = `seed ${seed}: ${broken}`;
    return true;
  }).catch((error) => {
    [notice] = error.message.split("\n");
  });
  return notice;
};
