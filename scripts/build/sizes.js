import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { at, cache } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";
import { groups } from "./groups.js";

/** @typedef {{ raw: number, brotli: number }} Size */

/** @param {Uint8Array} bytes @returns {Size} */
export const measure = (bytes) => ({
  raw: bytes.length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
});

/** @param {Size[]} sizes @returns {Size} each file is compressed by itself, as a server does */
export const sum = (...sizes) => ({
  raw: sizes.reduce((total, { raw }) => total + raw, 0),
  brotli: sizes.reduce((total, { brotli }) => total + brotli, 0),
});

/** @param {string} dist what an app that makes one call downloads, bundled into one file */
const app = async (dist) => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { Botsplash } from "./index.js"; new Botsplash({}).submitListener();`,
      resolveDir: dist,
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return measure(outputFiles[0].contents);
};

const record = join(cache, "sizes.json");

/** @returns {Record<string, Size>} of the last build */
export const recorded = () => (existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {});

/** @returns {any} */
export const budgetFile = () => JSON.parse(readFileSync(at("size-budget.json"), "utf8"));

/** @returns {[name: string, limit: number][]} in bytes, compressed */
const budget = () => {
  const { brotliBytes, brotliLimits } = budgetFile();
  return Object.entries({ ...brotliBytes, ...brotliLimits });
};

/**
 * Prints what the package weighs, and how that has changed.
 * @param {string} dist
 */
export const tellSizes = async (dist) => {
  /** @param {string} name */
  const file = (name) => measure(readFileSync(join(dist, name)));
  const wasm = file("botsplash.wasm");
  const javascript = sum(file("module.js"), file("error.js"));
  /** @type {Record<string, Size>} */
  const sizes = { wasm, javascript, module: sum(wasm, javascript), app: await app(dist), form: file("form-auto.js") };
  const before = recorded();
  writeFileSync(record, JSON.stringify(sizes));

  console.log("size in bytes (module = wasm + javascript; app = one call, bundled, wasm inside; form = form-auto.js)");
  for (const [name, { raw, brotli }] of Object.entries(sizes)) {
    const change = brotli - (before[name]?.brotli ?? brotli);
    const limit = budget().find(([one]) => one === name)?.[1];
    console.log(
      `  ${name.padEnd(12)}${bytes(raw)} raw${bytes(brotli)} brotli` +
        (limit ? `  of ${bytes(limit).trim()}` : "") +
        (change ? `  (${change > 0 ? "+" : ""}${change} since the build before)` : ""),
    );
  }
};

/** @param {string} dist fails when what is there weighs more than size-budget.json allows */
export const enforceBudget = async (dist) => {
  // The record is of this very build, or was lost.
  if (!existsSync(record)) await tellSizes(dist);
  const sizes = recorded();
  const excess = budget().map(([name, limit]) => ({ name, bytes: sizes[name].brotli - limit }));
  const over = excess.filter(({ bytes }) => bytes > 0).map(({ name, bytes }) => `${name} by ${bytes} bytes`);
  if (over.length === 0) return;
  const found = grown();
  throw new Trouble(
    `size-budget.json: over the budget: ${over.join(", ")}\n` +
      (found.length > 0
        ? `Since it was recorded these grew, in bytes before compression:\n${found.join("\n")}\n`
        : "None of its parts has grown since it was recorded.\n") +
      "Where that is worth its weight, node scripts/budget.js records a new budget.",
  );
};

/** @returns {string[]} the groups of functions and files that weigh more than when the budget was recorded, most first */
const grown = () => {
  /** @type {import("./groups.js").Groups} */
  const before = budgetFile().groups;
  return Object.entries(groups())
    .map(([name, now]) => ({ name, now, more: now - (before[name] ?? 0) }))
    .filter(({ more }) => more > 0)
    .sort((a, b) => b.more - a.more)
    .map(({ name, now, more }) => `  ${name.padEnd(34)}${`+${more}`.padStart(7)}  to${bytes(now)}`);
};

/** @param {number} count */
const bytes = (count) => count.toLocaleString("en").padStart(9);
