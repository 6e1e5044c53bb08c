import { markdownTable } from "../lib/markdown-table.js";

/**
 * @typedef {object} Row
 * @property {string} environment As the table names it: "Vite 8, build".
 * @property {"Rust"} [language] Of the program, where it is not JavaScript: docs/rust.md has its table.
 * @property {Record<string, string>} versions What was tried, by name: `{ vite: "8.3.8" }`.
 * @property {string} [note] What one needs to know, or why it cannot pass.
 * @property {number} [appBytes] For bundlers: all JavaScript and wasm that the production app downloads, after brotli 11.
 *
 * @typedef {{ environment: string, tried: string, bytes: number | undefined, note: string }} Line of the table
 */

export const HEAD = ["environment", "tried with", "the app downloads", ""];

export const RUST_HEAD = ["target: framework", "tried with", "wasm and JavaScript", "how it ran"];

/** @param {Row} row @returns {Line} */
const line = ({ environment, versions, appBytes, note = "" }) => ({
  environment,
  tried: Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", "),
  bytes: appBytes,
  note,
});

/** @param {Row[]} rows @param {string[]} [head] @returns {string} Markdown, in the order of the names */
export const render = (rows, head = HEAD) => {
  const lines = rows
    .map(line)
    .sort((one, other) => one.environment.localeCompare(other.environment, "en", { numeric: true }))
    .map(({ environment, tried, bytes, note }) => {
      const size = bytes === undefined ? "" : `${bytes.toLocaleString("en-US")} bytes`;
      return [environment, tried, size, note];
    });
  return `${markdownTable([head, ...lines])}\n`;
};

/** @param {string} table as `render` makes it @returns {Line[]} */
export const parse = (table) =>
  table
    .trim()
    .split("\n")
    .slice(2)
    .map((text) => {
      const [environment, tried, size, note] = text
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      return { environment, tried, bytes: size ? Number(size.replace(/\D/g, "")) : undefined, note };
    });

/**
 * @param {Line[]} lines of the page
 * @param {Row[]} rows what has passed
 * @returns {string[]} where the lines are no longer true; patch versions, 2% of the bytes and the version
 *   of the machine's own browsers do not count
 */
export const stale = (lines, rows) => {
  const told = new Map(lines.map((line) => [line.environment, line]));
  const now = new Map(rows.map(line).map((line) => [line.environment, line]));
  /** @type {string[]} */
  const differences = [];
  for (const name of now.keys()) if (!told.has(name)) differences.push(`${name}: passed, and is not in it`);
  for (const [name, old] of told) {
    const found = now.get(name);
    if (!found) {
      differences.push(`${name}: is in it, and has not passed`);
      continue;
    }
    if (minor(found.tried) !== minor(old.tried)) differences.push(`${name}: says ${old.tried}; it was ${found.tried}`);
    if (found.note !== old.note) differences.push(`${name}: says "${old.note}"; it is "${found.note}"`);
    if (!close(found.bytes, old.bytes)) differences.push(`${name}: says ${old.bytes} bytes; it was ${found.bytes}`);
  }
  return differences;
};

/** @param {string} tried @returns the same without patch versions, and without those that a system's update changes */
const minor = (tried) =>
  tried.replace(/\b(chromium|firefox|webkitgtk) [^\s,]+/g, "$1").replace(/(\d+\.\d+)\.[^\s,]+/g, "$1");

/** @param {number | undefined} one @param {number | undefined} other */
const close = (one, other) =>
  one === undefined || other === undefined ? one === other : Math.abs(one - other) <= 0.02 * other;
