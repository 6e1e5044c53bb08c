// The memory that stays when calls have ended, and the memory of many at once.

import { made } from "./lib/bench-paths.js";
import { bundle } from "./lib/bundle-entry.js";
import { startNode } from "./lib/in-node.js";
import { bytes } from "./lib/stats.js";

const CALLS = 100_000;
const STEP = 10_000;
const FLIGHT = 10_000;
const FLIGHTS = 3;
/** Bytes a call, up or down: raw moves by some, since the engine keeps books. A handle that is kept weighs more. */
const FLAT = 10;

const contestants = ["raw", "raw, signal", "ours", "openapi-fetch + zod", "reqwest"];

/** @typedef {{ heap: number, wasm: number }} Sample bytes */

/** @param {string} file @param {string} contestant */
const measure = async (file, contestant) => {
  const arena = await startNode(file, ["--expose-gc"]);
  try {
    await arena.call("choose", contestant);
    /** @type {Sample[]} after every step */
    const samples = [];
    let failed = 0;
    for (let made = 0; made < CALLS; made += STEP) {
      failed += await arena.call("calls", STEP);
      samples.push(await arena.call("sample"));
    }
    if (failed !== (CALLS / STEP) * Math.floor(STEP / 3))
      throw new Error(`${contestant}: ${failed} of ${CALLS} calls failed`);
    /** @type {{ during: Sample, after: Sample }[]} */
    const flights = [];
    for (let flight = 0; flight < FLIGHTS; flight++) {
      const during = await arena.call("flight", FLIGHT);
      flights.push({ during, after: await arena.call("sample") });
    }
    return { contestant, samples, flights };
  } finally {
    await arena.close();
  }
};

/** @param {Sample[]} samples @returns bytes per call, by least squares, the first step left out: it warms */
const slope = ([, ...samples]) => {
  const middle = (samples.length - 1) / 2;
  const mean = samples.reduce((sum, { heap }) => sum + heap, 0) / samples.length;
  const above = samples.reduce((sum, { heap }, index) => sum + (index - middle) * (heap - mean), 0);
  const below = samples.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return above / below / STEP;
};

const MB = (/** @type {number} */ count) => (count / 1e6).toFixed(2);

/** @returns {Promise<import("./lib/report.js").Section>} */
export const run = async () => {
  const file = made("endurance", "endurance.mjs");
  await bundle({ file: "peers/endurance.js" }, "node", file);
  /** @type {Awaited<ReturnType<typeof measure>>[]} */
  const all = [];
  for (const contestant of contestants) all.push(await measure(file, contestant));

  /** @param {typeof all[number]} one @param {"heap" | "wasm"} where @returns bytes per call */
  const perFlight = ({ samples, flights }, where) =>
    (flights[FLIGHTS - 1].during[where] - samples[samples.length - 1][where]) / FLIGHT;
  /** @param {typeof all[number]} one */
  const total = (one) => perFlight(one, "heap") + perFlight(one, "wasm");
  const ours = all[2];
  const [second, last] = [ours.samples[1], ours.samples[ours.samples.length - 1]];
  const [firstFlight, lastFlight] = [ours.flights[0], ours.flights[FLIGHTS - 1]];
  const grown = last.wasm - second.wasm;
  const left = {
    wasm: lastFlight.after.wasm - firstFlight.after.wasm,
    heap: lastFlight.after.heap - firstFlight.after.heap,
  };
  return {
    title: "Memory",
    about:
      `Node, each contestant in a process of its own. First ${bytes(CALLS)} calls one after another, a third of which fail (400, ` +
      "500, a lost connection, a torn body, a wrong value); the JavaScript heap after a full collection every " +
      `${bytes(STEP)} calls. Then ${FLIGHTS} times ${bytes(FLIGHT)} calls at once, measured while nobody has been answered, and after.`,
    tables: [
      {
        caption: `${bytes(CALLS)} calls`,
        head: [
          "",
          `heap after ${bytes(2 * STEP)}, MB`,
          "after all, MB",
          "growth, bytes per call",
          `wasm after ${bytes(2 * STEP)}, KiB`,
          "after all, KiB",
        ],
        rows: all.map(({ contestant, samples }) => [
          contestant,
          MB(samples[1].heap),
          MB(samples[samples.length - 1].heap),
          slope(samples).toFixed(2),
          samples[1].wasm / 1024 || "",
          samples[samples.length - 1].wasm / 1024 || "",
        ]),
      },
      {
        caption: `${bytes(FLIGHT)} calls at once, the last of ${FLIGHTS} times`,
        head: [
          "",
          "heap, bytes per call",
          "wasm, bytes per call",
          "both ÷ raw's",
          "heap after, MB",
          "wasm after the first, KiB",
          "after the last, KiB",
        ],
        rows: all.map((one) => [
          one.contestant,
          bytes(Math.round(perFlight(one, "heap"))),
          bytes(Math.round(perFlight(one, "wasm"))),
          (total(one) / total(all[0])).toFixed(2),
          MB(one.flights[FLIGHTS - 1].after.heap),
          one.flights[0].after.wasm / 1024 || "",
          one.flights[FLIGHTS - 1].after.wasm / 1024 || "",
        ]),
      },
    ],
    targets: [
      {
        target: `heap flat over ${bytes(CALLS)} calls (less than ${FLAT} bytes a call)`,
        found: `${slope(ours.samples).toFixed(2)} bytes a call`,
        reached: slope(ours.samples) < FLAT,
      },
      { target: `wasm memory flat over ${bytes(CALLS)} calls`, found: `${grown} bytes more`, reached: grown === 0 },
      {
        target: `${bytes(FLIGHT)} calls at once leave no more behind the ${FLIGHTS}rd time than the first`,
        found: `${left.wasm} bytes of wasm, ${MB(left.heap)} MB of heap`,
        // It moves by half a megabyte, up and down; calls that are kept weigh several.
        reached: left.wasm === 0 && left.heap < 1e6,
      },
    ],
    notes: ["A wasm's memory never shrinks: what it grew to stays, and is used again."],
  };
};
