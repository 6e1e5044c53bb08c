// Makes the table of environments in docs/environments.md out of what `npm run test:all` has passed in;
// with --check it only says whether the table is still true.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { at, environments as recorded } from "./lib/paths.js";
import { runAsScript, Trouble } from "./lib/run.js";
import { parse, render, stale } from "./readme/environments-table.js";

/** @typedef {import("./readme/environments-table.js").Row} Row */

const page = at("docs", "environments.md");
const begin = "<!-- environments: made by scripts/environments.js -->\n";
const end = "<!-- end of environments -->";

const main = async () => {
  const { check } = parseArgs({ options: { check: { type: "boolean" } } }).values;
  const rows = passed();
  const [before, table, after] = cut(readFileSync(page, "utf8"));
  if (check) {
    const differences = stale(parse(table), rows);
    if (differences.length === 0) return;
    throw new Trouble(
      `docs/environments.md: the table of environments is out of date. Run node scripts/environments.js:\n  ${differences.join("\n  ")}`,
    );
  }
  writeFileSync(page, `${before}${begin}${render(rows)}${end}${after}`);
  console.log(`docs/environments.md: ${rows.length} environments`);
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

/** @param {string} text @returns {[before: string, table: string, after: string]} */
const cut = (text) => {
  const [before, rest, ...more] = text.split(begin);
  const [table, after, ...others] = (rest ?? "").split(end);
  if (after === undefined || more.length + others.length > 0)
    throw new Trouble(`docs/environments.md needs one ${begin}...\n${end}`);
  return [before, table, after];
};

await runAsScript(import.meta, main);
