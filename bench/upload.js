// The cost of an upload: time, and memory at its peak.
import { existsSync } from "node:fs";
import { inBench, made } from "./lib/bench-paths.js";
import { bundle } from "./lib/bundle-entry.js";
import { startNode } from "./lib/in-node.js";
import { bytes, ratio, short, spread, written } from "./lib/stats.js";

const SIZES = [1e6, 5e6, 50e6];
const ROUNDS = 15;
const PEAK_ROUNDS = 7;
const RAW = "raw, URL and init";
const contestants = [RAW, "raw", "ours", "openapi-fetch + zod", "reqwest"];
/** @type {Record<string, string>} */
const labels = { [RAW]: "raw `fetch(url, init)`", raw: "raw `fetch(new Request(…))`" };

/** @typedef {{ ms: number[], wasm: number[] }} Uploads by round */

/** @returns {Promise<import("./lib/report.js").Section>} */
export const run = async () => {
  const file = made("uploads", "uploads.mjs");
  await bundle({ file: "peers/uploads.js" }, "node", file);
  const server = await startNode(inBench("lib", "drain.js"));
  const client = await startNode(file, ["--expose-gc"]);
  try {
    const url = await server.call("listen");

    /** @param {string} contestant @param {number} size */
    const one = async (contestant, size) => {
      const took = await client.call("upload", contestant, url, size);
      const received = await server.call("taken");
      if (received < size || received > size + 1000)
        throw new Error(`${contestant}: ${received} bytes of ${size} arrived`);
      return took;
    };
    /** @param {string} contestant @param {number} size @returns {Promise<number>} */
    const peak = async (contestant, size) => {
      const fresh = await startNode(file, ["--expose-gc"]);
      try {
        return await fresh.call("peak", contestant, url, size);
      } finally {
        await fresh.close();
      }
    };

    const rows = [];
    let grown = 0;
    for (const size of SIZES) {
      /** @type {Map<string, { ms: number[], wasm: number, peaks: number[] }>} */
      const all = new Map(contestants.map((name) => [name, { ms: [], wasm: 0, peaks: [] }]));
      for (const name of contestants) await one(name, 1000);
      for (let round = -2; round < ROUNDS; round++) {
        // Nobody always comes after the same one, and its garbage.
        const order = [...all];
        order.push(...order.splice(0, (round + 2) % order.length));
        for (const [name, found] of order) {
          const { ms, wasm } = await one(name, size);
          found.wasm += wasm;
          if (round >= 0) found.ms.push(ms);
        }
      }
      // Elsewhere than on Linux nobody tells.
      for (let round = 0; existsSync("/proc/self/clear_refs") && round < PEAK_ROUNDS; round++) {
        for (const [name, { peaks }] of all) peaks.push(await peak(name, size));
      }
      await server.call("taken");
      const raw = /** @type {{ ms: number[], peaks: number[] }} */ (all.get(RAW));
      for (const [name, { ms, wasm, peaks }] of all) {
        if (name === "ours") grown += wasm;
        rows.push([
          `${size / 1e6} MB, ${labels[name] ?? name}`,
          short(spread(ms).median),
          written(ratio(ms, raw.ms)),
          ...(peaks.length ? [short(spread(peaks).median / 1e6), written(ratio(peaks, raw.peaks))] : ["", ""]),
          name === "ours" || name === "reqwest" ? bytes(wasm) : "",
        ]);
      }
    }
    return {
      title: "Uploads",
      about:
        "Node, a Blob to a server on this machine that reads it and keeps nothing, and counts what arrives. Raw is `FormData` " +
        `and \`fetch\`. Time: ${ROUNDS} rounds in which the contestants take turns. Memory: by how much a fresh process grows at its ` +
        `peak beyond what it held with the file in its hands, ${PEAK_ROUNDS} times. Median (quartiles).`,
      tables: [
        {
          head: [
            "",
            "ms",
            "÷ raw, URL and init",
            "memory at its peak, MB",
            "÷ raw, URL and init",
            "wasm memory grew by, bytes",
          ],
          rows,
        },
      ],
      notes: [
        "Raw's two ways differ by a copy that Node itself makes of what a form holds: this is not the wasm's. Which of them " +
          "pays for it depends on Node: Node 20 makes it for a URL and an init, as ours hands over, Node 26 for a Request.",
      ],
      targets: [
        {
          target: "an upload costs no copy through the wasm's memory",
          found: `it grew by ${bytes(grown)} bytes over ${SIZES.length * (ROUNDS + 2)} uploads`,
          reached: grown === 0,
        },
      ],
    };
  } finally {
    await client.close();
    await server.close();
  }
};
