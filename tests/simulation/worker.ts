// Runs seeds, and prints a line of JSON for each: `node worker.js FROM COUNT`.
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { runSeed, started, storyOf } from "./run.ts";

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

const [from = 1, count = 1] = process.argv.slice(2).map(Number);
const { setImmediate } = globalThis;

/** All that happens in a seed happens in one turn of the event loop: nothing in it waits for the world. */
const run = (seed: number): void => {
  if (seed === from + count) process.exit(0);
  // Errors are many, and nobody reads where they arose, except of a seed that falls over: that runs again.
  Error.stackTraceLimit = 0;
  let outcome = runSeed(seed);
  if (outcome.broken !== undefined) {
    Error.stackTraceLimit = 10;
    outcome = runSeed(seed);
  }
  const { broken, leads, sends, trace } = outcome;
  const story = broken === undefined ? undefined : storyOf(outcome);
  const line = { seed, leads, sends, trace: digestOf(trace.join("\n")), ...(story && { broken, story }) };
  writeSync(1, `${JSON.stringify(line)}\n`);
  setImmediate(run, seed + 1);
};

await started;
setImmediate(run, from);
