// Measures the package beside its peers: `npm run bench`, or `npm run bench -- --only size,calls`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "../scripts/build.js";
import { capture, runAsScript, Trouble } from "../scripts/lib/run.js";
import { inBench, made } from "./lib/bench-paths.js";
import { load, machine } from "./lib/machine.js";
import { bringPeers, peerVersions } from "./lib/peers.js";
import { report, section, targets } from "./lib/report.js";

/** In the order of the report. Each exports `run`, which answers a section. */
const parts = ["size", "calls", "start", "memory", "upload", "relay", "relay-host"].filter((part) =>
  existsSync(inBench(`${part}.js`)),
);

/** @param {string} part @returns its result of an earlier run */
const kept = (part) => made("results", `${part}.json`);

/** @param {string} part @returns {Promise<import("./lib/report.js").Result>} */
const measure = async (part) => {
  console.log(`bench: ${part}`);
  const before = load().toFixed(2);
  const { run } = await import(`./${part}.js`);
  const result = {
    .../** @type {import("./lib/report.js").Section} */ (await run()),
    date: new Date().toISOString().slice(0, 10),
    commit: (await capture("git", ["rev-parse", "--short", "HEAD"])).output.trim(),
    machine: await machine(),
    load: before,
  };
  mkdirSync(made("results"), { recursive: true });
  writeFileSync(kept(part), JSON.stringify(result));
  return result;
};

const main = async () => {
  const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
  const asked = only?.split(",") ?? parts;
  const unknown = asked.filter((part) => !parts.includes(part));
  if (unknown.length > 0)
    throw new Trouble(`--only: ${unknown.join(", ")} is not a part. Choose among ${parts.join(", ")}`);

  await build();
  await bringPeers();
  const results = [];
  for (const part of asked) results.push(await measure(part));
  console.log(`\n${[...results.map(section), targets(results)].join("\n\n")}\n`);

  const missing = parts.filter((part) => !existsSync(kept(part)));
  if (missing.length > 0) return console.log(`bench: RESULTS.md waits for ${missing.join(", ")}`);
  const all = parts.map((part) => JSON.parse(readFileSync(kept(part), "utf8")));
  writeFileSync(inBench("RESULTS.md"), report(all, peerVersions()));
  console.log("bench: wrote bench/RESULTS.md");
};

await runAsScript(import.meta, main);
