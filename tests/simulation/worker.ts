// Runs seeds, and prints a line of JSON for each: `node worker.js FROM COUNT`.
import { createHash } from "node:crypto";
import { runSeed, storyOf } from "./run.ts";

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

const [from = 1, count = 1] = process.argv.slice(2).map(Number);
const write = process.stdout.write.bind(process.stdout);

for (let seed = from; seed < from + count; seed += 1) {
  const outcome = await runSeed(seed);
  const { broken, leads, sends, trace } = outcome;
  const story = broken === undefined ? undefined : storyOf(outcome);
  write(
    `${JSON.stringify({ seed, leads, sends, trace: digestOf(trace.join("\n")), ...(story && { broken, story }) })}\n`,
  );
}
process.exit(0);
