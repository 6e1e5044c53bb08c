// How soon: from the import to the first call's answer, where nothing is warm.
import { basename, dirname } from "node:path";
import { capture } from "../scripts/lib/run.js";
import { inBench, made } from "./lib/bench-paths.js";
import { bundle } from "./lib/bundle-entry.js";
import { launch } from "./lib/in-chromium.js";
import { startWorker } from "./lib/in-workerd.js";
import { serveFolder } from "./lib/serve-folder.js";
import { ratio, short, spread, written } from "./lib/stats.js";

const ROUNDS = 21;
const TARGET_MS = 15;

const contestants = [
  { name: "raw", file: "raw.js" },
  { name: "ours", file: "ours.js" },
  { name: "openapi-fetch + zod", file: "openapi-fetch.js" },
  { name: "reqwest", file: "reqwest.js" },
];

/**
 * @typedef {{ load: number, call: number }} Start milliseconds to load the script, then to the first call's answer
 * @typedef {(file: string) => Promise<Start>} Measure
 */

/** @type {Measure} */
const inNode = async (file) => {
  const { code, output } = await capture(process.execPath, [inBench("lib", "start-child.js"), file]);
  if (code !== 0) throw new Error(output);
  return JSON.parse(output);
};

/** @type {Measure} in a fresh workerd; its load is from its start until it listens */
const inWorkerd = async (file) => {
  const began = performance.now();
  const worker = await startWorker(file);
  const loaded = performance.now();
  try {
    await worker.call("firstCall");
    return { load: loaded - began, call: performance.now() - loaded };
  } finally {
    await worker.close();
  }
};

/** @param {import("playwright-core").Browser} browser @returns {Measure} in a context of its own, and so with empty caches */
const inPage = (browser) => async (file) => {
  const site = await serveFolder(dirname(file));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    return await page.evaluate(
      async (path) => {
        const began = performance.now();
        const { firstCall } = await import(path);
        const loaded = performance.now();
        await firstCall();
        return { load: loaded - began, call: performance.now() - loaded };
      },
      `/${basename(file)}`,
    );
  } finally {
    await context.close();
    site.close();
  }
};

/**
 * @param {import("./lib/bundle-entry.js").Runtime} runtime
 * @param {Measure} measure
 */
const rounds = async (runtime, measure) => {
  const files = await Promise.all(
    contestants.map(async ({ file }) => {
      const path = made(`start-${runtime}-${basename(file, ".js")}`, runtime === "node" ? "start.mjs" : "start.js");
      const source =
        `import { create } from "./peers/${file}"; import { firstCallOf } from "./peers/first-call.js";\n` +
        "export const firstCall = firstCallOf(create);";
      await bundle({ source }, runtime, path);
      return path;
    }),
  );
  /** @type {Start[][]} */
  const starts = contestants.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, file] of files.entries()) starts[index].push(await measure(file));
  }
  return starts;
};

/** @param {string} caption @param {Start[][]} starts @returns {import("./lib/report.js").Table} */
const table = (caption, starts) => {
  const both = starts.map((all) => all.map(({ load, call }) => load + call));
  return {
    caption,
    head: ["", "script, ms", "first call after it, ms", "both ÷ raw's"],
    rows: contestants.map(({ name }, index) => [
      name,
      short(spread(starts[index].map(({ load }) => load)).median),
      written(spread(starts[index].map(({ call }) => call))),
      written(ratio(both[index], both[0])),
    ]),
  };
};

/** @returns {Promise<import("./lib/report.js").Section>} */
export const run = async () => {
  const node = await rounds("node", inNode);
  const browser = await launch();
  const page = await rounds("page", inPage(browser)).finally(() => browser.close());
  const worker = await rounds("worker", inWorkerd);
  const first = spread(page[1].map(({ call }) => call));
  return {
    title: "Start",
    about:
      `From the import to the first call's answer by a fetch in memory; ${ROUNDS} rounds in which the contestants take turns, ` +
      "median (quartiles). Each is one minified file with what it needs inside, the wasm too (a module in workerd). In Node a " +
      "fresh process each time, counted from the import; in Chromium a page of its own in a context of its own; in workerd " +
      "a fresh process, whose first column is the time until it listens.",
    tables: [table("Node", node), table("Chromium", page), table("workerd", worker)],
    targets: [
      {
        target: `first call in a page at most ${TARGET_MS} ms after the script ran`,
        found: `${written(first)} ms`,
        reached: first.median <= TARGET_MS,
      },
    ],
  };
};
