// Makes the tables of environments out of what `npm run test:all` has passed in: docs/environments.md,
// and of Rust programs docs/rust.md. With --check it only says whether they are still true.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { at, environments as recorded } from "./lib/paths.js";
import { runAsScript, Trouble } from "./lib/run.js";
import { HEAD, parse, RUST_HEAD, render, stale } from "./readme/environments-table.js";

/** @typedef {import("./readme/environments-table.js").Row} Row */

const begin = "<!-- environments: made by scripts/environments.js -->\n";
const end = "<!-- end of environments -->";

/** @type {{ file: string, head: string[], language?: "Rust" }[]} */
const documents = [
  { file: "docs/environments.md", head: HEAD },
  { file: "docs/rust.md", head: RUST_HEAD, language: "Rust" },
];

const main = async () => {
  const { check } = parseArgs({ options: { check: { type: "boolean" } } }).values;
  const all = passed();
  for (const { file, head, language } of documents) {
    const rows = all.filter((row) => row.language === language);
    const [before, table, after] = cut(file);
    if (check) {
      const differences = stale(parse(table), rows);
      if (differences.length === 0) continue;
      throw new Trouble(
        `${file}: the table of environments is out of date. Run node scripts/environments.js:\n  ${differences.join("\n  ")}`,
      );
    }
    writeFileSync(at(file), `${before}${begin}${render(rows, head)}${end}${after}`);
    console.log(`${file}: ${rows.length} environments`);
  }
};

/** @returns {Row[]} the last of each environment */
const passed = () => {
  if (!existsSync(recorded)) throw new Trouble("No environment is recorded yet. Run npm run test:all first.");
  /** @type {Row[]} */
  const rows = readFileSync(recorded, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return [...new Map(rows.map((row) => [row.environment, row])).values()];
};

/** @param {string} file @returns {[before: string, table: string, after: string]} */
const cut = (file) => {
  const [before, rest, ...more] = readFileSync(at(file), "utf8").split(begin);
  const [table, after, ...others] = (rest ?? "").split(end);
  if (after === undefined || more.length + others.length > 0)
    throw new Trouble(`${file} needs one ${begin}...\n${end}`);
  return [before, table, after];
};

await runAsScript(import.meta, main);
