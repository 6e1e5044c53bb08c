import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { at, cache } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";

/** @typedef {{ raw: number, brotli: number }} Size */

/** @param {Uint8Array} bytes @returns {Size} */
const measure = (bytes) => ({
  raw: bytes.length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
});

/** @param {Size[]} sizes @returns {Size} each file is compressed by itself, as a server does */
const sum = (...sizes) => ({
  raw: sizes.reduce((total, { raw }) => total + raw, 0),
  brotli: sizes.reduce((total, { brotli }) => total + brotli, 0),
});

/** @param {string} dist what an app that makes one call downloads, bundled into one file */
const app = async (dist) => {
  const { outputFiles } = await build({
    stdin: { contents: `import { Botsplash } from "./index.js"; new Botsplash({}).submitListener();`, resolveDir: dist },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return measure(outputFiles[0].contents);
};

/**
 * Prints what the package weighs, and fails when that is more than size-budget.json allows.
 * @param {string} dist
 */
export const checkSizes = async (dist) => {
  /** @param {string} name */
  const file = (name) => measure(readFileSync(join(dist, name)));
  const wasm = file("botsplash.wasm");
  const javascript = sum(file("module.js"), file("error.js"));
  /** @type {Record<string, Size>} */
  const sizes = { wasm, javascript, module: sum(wasm, javascript), app: await app(dist) };

  /** @type {Record<string, number>} */
  const budget = JSON.parse(readFileSync(at("size-budget.json"), "utf8")).brotliBytes;
  const record = join(cache, "sizes.json");
  /** @type {Record<string, Size>} */
  const before = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};
  writeFileSync(record, JSON.stringify(sizes));

  const lines = Object.entries(sizes).map(([name, { raw, brotli }]) => {
    const change = brotli - (before[name]?.brotli ?? brotli);
    return (
      `  ${name.padEnd(12)}${bytes(raw)} raw${bytes(brotli)} brotli` +
      (budget[name] ? `  of ${bytes(budget[name]).trim()}` : "") +
      (change ? `  (${change > 0 ? "+" : ""}${change} since the build before)` : "")
    );
  });
  const over = Object.keys(budget).filter((name) => sizes[name].brotli > budget[name]);
  console.log(`size in bytes (module = wasm + javascript; app = one call, bundled, wasm inside)\n${lines.join("\n")}`);
  if (over.length > 0) {
    const excess = over.map((name) => `${name} by ${sizes[name].brotli - budget[name]} bytes`);
    throw new Trouble(`over the budget of size-budget.json: ${excess.join(", ")}. The lines above say what grew.`);
  }
};

/** @param {number} count */
const bytes = (count) => count.toLocaleString("en").padStart(9);
