// Proves what is quick to prove, a line for each stage; `--only rust,http` less, `--all` everything.
import { existsSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { at, environments as recorded } from "./lib/paths.js";
import { capture, runAsScript, Trouble } from "./lib/run.js";
import { forAllTests, forTests } from "./setup.js";
import { build, core, environments, rest } from "./test/stages.js";

/**
 * @typedef {import("./test/stages.js").Stage} Stage
 * @typedef {import("./test/stages.js").Stages} Stages
 */

const main = async () => {
  const { only, all } = parseArgs({ options: { only: { type: "string" }, all: { type: "boolean" } } }).values;
  await forTests();
  if (all) await forAllTests();
  const { cargo, others } = only ? choose(only.split(",")) : all ? both(core(), rest()) : core();
  // Rows of environments that have gone.
  if (all && !only) rmSync(recorded, { force: true });
  // A failed build leaves much to test; the stages that need it fail by themselves.
  const counts = [await run(build)];
  const work = async (/** @type {Stage[]} */ queue) => {
    for (let stage; (stage = queue.shift()); ) counts.push(await run(stage));
  };
  // Two at a time, as bare machines have two cores; the queue that is done with cargo helps with the rest.
  await Promise.all([work(cargo).then(() => work(others)), work(others)]);
  if (all && !only) counts.push(await run(environments));
  const passed = sum(counts.map((count) => count.passed));
  const failed = sum(counts.map((count) => count.failed));
  const names = counts.filter((count) => count.failed > 0).map(({ name }) => name);
  console.log(`\n${passed} passed, ${failed} failed${names.length > 0 ? `: ${names.join(", ")}` : ""}`);
  if (failed > 0) process.exitCode = 1;
};

/** @param {Stages} some @param {Stages} more @returns {Stages} */
const both = (some, more) => ({ cargo: [...some.cargo, ...more.cargo], others: [...some.others, ...more.others] });

/** @param {string[]} names of stages, or of groups of them */
const choose = (names) => {
  const { cargo, others } = both(core(), rest());
  const known = new Set([...cargo, ...others].flatMap(({ name, group }) => (group ? [group, name] : name)));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Trouble(`--only: ${unknown.join(", ")} is not a stage. Choose among ${[...known].join(", ")}`);
  }
  /** @param {Stage} stage */
  const named = ({ name, group = "" }) => names.includes(name) || names.includes(group);
  return { cargo: cargo.filter(named), others: others.filter(named) };
};

// Far more than the slowest needs from nothing.
const STAGE_TIMEOUT_MS = 20 * 60_000;

/** @param {Stage} stage */
const run = async (stage) => {
  const begin = performance.now();
  const { code, output } =
    stage.folder && !existsSync(at(stage.folder))
      ? { code: -1, output: `${stage.folder} does not exist` }
      : await capture(stage.command, stage.args, { env: stage.env, timeoutMs: STAGE_TIMEOUT_MS });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);

  const count = stage.counts ? countTests(output) : { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A runner that found nothing to run has proved nothing; what it skipped, it says.
  const good = code === 0 && count.failed === 0 && count.passed + count.skipped > 0;
  if (!good) count.failed ||= 1;
  if (!good || stage.shows) console.log(`${output.trimEnd()}\n`.trimStart());
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  const tests = stage.counts ? `${count.passed} of ${count.passed + count.failed}${skipped}` : "";
  console.log(`${good ? "ok  " : "FAIL"}  ${stage.name.padEnd(16)}${seconds.padStart(7)} s  ${tests}`.trimEnd());
  if (!good) console.log(`      alone: ${stage.alone ?? `npm test -- --only ${stage.name}`}\n`);
  return { ...count, name: stage.name };
};

/** @param {string} output of cargo, wasm-pack or node */
const countTests = (output) => {
  const rust = [...output.matchAll(/^test result: .*?(\d+) passed; (\d+) failed/gm)];
  /** @param {string} word */
  const node = (word) => [...output.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, "gm"))].map(([, count]) => Number(count));
  return {
    passed: sum([...rust.map((match) => Number(match[1])), ...node("pass")]),
    failed: sum([...rust.map((match) => Number(match[2])), ...node("fail"), ...node("cancelled")]),
    skipped: sum(node("skipped")),
  };
};

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

await runAsScript(import.meta, main);
