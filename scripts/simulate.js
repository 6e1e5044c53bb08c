// Puts the relay's sending through random worlds: `npm run simulate -- --seeds 1000 --from 1`. Each seed is a world of its
// own, and the same one every time. `--mutants` takes out rules of the outbox, one at a time, and says which seed notices.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { build } from "./build.js";
import { runAsScript, Trouble } from "./lib/run.js";

/** Seeds that one process runs: to start one costs as much as twenty of them. */
const MOST_AT_ONCE = 500;
const MOST_STORIES = 5;

/** Of a log: a terminal shows all. */
const LINE_EVERY = 5000;

const main = async () => {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "200" },
      from: { type: "string", default: "1" },
      jobs: { type: "string", default: String(availableParallelism()) },
      mutants: { type: "boolean", default: false },
    },
  });
  const [seeds, from, jobs] = [values.seeds, values.from, values.jobs].map(Number);
  if (![seeds, from, jobs].every((value) => Number.isSafeInteger(value) && Number(value) > 0)) {
    throw new Trouble("--seeds, --from and --jobs: expected whole numbers from 1");
  }
  await build();
  const options = { seeds: Number(seeds), from: Number(from), jobs: Number(jobs) };
  await (values.mutants ? mutants(options) : simulate(options));
};

/** @typedef {{ seeds: number, from: number, jobs: number }} Options */

/** @param {Options} options */
const simulate = async ({ seeds, from, jobs }) => {
  const { bundleSimulation, runSimulation } = await import("./lib/simulation.js");
  const program = await bundleSimulation("relay");
  const begin = Date.now();
  const sums = { seeds: 0, leads: 0, sends: 0 };
  let fallen = 0;
  let next = from;
  let told = 0;
  const end = from + seeds;
  const share = Math.min(MOST_AT_ONCE, Math.ceil(seeds / jobs));
  const work = async () => {
    while (next < end) {
      const first = next;
      next = Math.min(end, next + share);
      await runSimulation(program, first, next - first, ({ leads, sends, story }) => {
        sums.seeds += 1;
        sums.leads += leads;
        sums.sends += sends;
        if (!story) return;
        fallen += 1;
        // At once, since a night is long.
        if (fallen <= MOST_STORIES) console.error(`${process.stderr.isTTY ? "\r" : ""}${story}\n`);
      });
      const progress = `${sums.seeds} of ${seeds} seeds, ${fallen} fell over`;
      if (process.stderr.isTTY) process.stderr.write(`\r${progress} `);
      else if (sums.seeds - told >= LINE_EVERY && next < end) {
        told = sums.seeds;
        console.error(progress);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  if (process.stderr.isTTY) process.stderr.write("\n");
  const seconds = (Date.now() - begin) / 1000;
  console.log(`${sums.seeds} seeds, ${sums.leads} leads, ${sums.sends} sends in ${seconds.toFixed(1)} s`);
  if (fallen > 0) throw new Trouble(`${fallen} seeds fell over`);
};

/** @param {Options} options */
const mutants = async ({ seeds, from }) => {
  const { bundleSimulation, noticeOf } = await import("./lib/simulation.js");
  const { MUTANTS } = await import("../tests/simulation/mutants.ts");
  const survivors = [];
  for (const [index, mutant] of MUTANTS.entries()) {
    const noticed = await noticeOf(await bundleSimulation(`mutant-${index}`, mutant), from, seeds);
    console.log(`${mutant.rule}\n  ${noticed ?? "nobody notices"}`);
    if (noticed === undefined) survivors.push(mutant.rule);
  }
  if (survivors.length > 0) throw new Trouble(`nobody notices that these are gone:\n${survivors.join("\n")}`);
};

await runAsScript(import.meta, main);
