// The measured figures as charts, made of what bench/RESULTS.md and DESIGN.md say.
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";

/**
 * @typedef {object} Table
 * @property {string[]} head
 * @property {string[][]} rows
 */

/** @param {string} text Markdown @returns {Table | undefined} its first table */
export const tableOf = (text) => {
  const found = /^\|.*\|\n\|[-:| ]+\|\n(?:\|.*\|\n?)+/m.exec(text);
  if (!found) return undefined;
  const lines = found[0]
    .trim()
    .split("\n")
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
  return { head: lines[0] ?? [], rows: lines.slice(2) };
};

/** @param {string} text @param {string} title @returns {string} a section of a Markdown text, without its heading */
export const sectionOf = (text, title) => {
  const section = text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${title}\n`));
  if (section === undefined) throw new Error(`there is no section "${title}"`);
  return section.slice(section.indexOf("\n") + 1);
};

/** @param {string} cell @returns {number} the first number in it; NaN where there is none */
const numberIn = (cell) => Number(/-?[\d,]*\.?\d+/.exec(cell)?.[0].replaceAll(",", "") ?? Number.NaN);

/** @param {string} text */
const plain = (text) => text.replaceAll(/[*`]/g, "");

/** @param {string} text */
const escaped = (text) => plain(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const BAR = 22;
const GAP = 10;
const LABEL = 330;
const WIDTH = 820;

/**
 * Bars, one a row, as SVG that takes its colors from the page. The table beside it says the same in words.
 * @param {string} title
 * @param {{ name: string, value: number, text: string }[]} bars
 */
const chart = (title, bars) => {
  const most = Math.max(...bars.map(({ value }) => value), 1e-9);
  const height = bars.length * (BAR + GAP) + GAP;
  const rows = bars.map(({ name, value, text }, index) => {
    const y = GAP + index * (BAR + GAP);
    const width = Math.max(2, ((WIDTH - LABEL - 110) * value) / most);
    const mark = /^ours|this relay/i.test(plain(name)) ? "ours" : "peer";
    return (
      `<text class="label" x="${LABEL - 10}" y="${y + 16}" text-anchor="end">${escaped(name)}</text>` +
      `<rect class="${mark}" x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>` +
      `<text class="value" x="${(LABEL + width + 8).toFixed(1)}" y="${y + 16}">${escaped(text)}</text>`
    );
  });
  return (
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}: the table below says the same">` +
    `${rows.join("")}</svg>`
  );
};

/** @param {string} title @param {Table} table @param {number} column the one that the bars show */
const charted = (title, { rows }, column) =>
  chart(
    title,
    rows
      .map((cells) => ({ name: cells[0] ?? "", value: numberIn(cells[column] ?? ""), text: cells[column] ?? "" }))
      .filter(({ value }) => Number.isFinite(value) && value >= 0),
  );

/** @returns {string} the chapter of all measured figures */
export const measured = () => {
  const results = readFileSync(at("bench", "RESULTS.md"), "utf8");
  const size = sectionOf(results, "Size");
  const calls = sectionOf(results, "Calls");
  const chaos = sectionOf(readFileSync(at("DESIGN.md"), "utf8"), "What does the relay guarantee?");
  const sizes = tableOf(size);
  const days = tableOf(chaos);
  if (!sizes || !days) throw new Error("bench/RESULTS.md or DESIGN.md has no table where one is expected");
  return [
    "# Sizes and speed",
    "Each figure is taken beside its peers', in one run on one machine. `npm run bench` and `npm run chaos` repeat them.",
    "## Download size",
    "Bytes of an app that makes one call: minified, compressed by brotli at 11.",
    charted("Download size in bytes", sizes, sizes.head.indexOf("brotli")),
    size.trim(),
    "## Time for each call",
    ...callCharts(calls),
    "## The relay's bad days",
    "A thousand leads, one in ten submitted twice, on each kind of bad day. The bars count people who were texted twice.",
    charted("People texted twice, of a thousand leads", days, 1),
    `${markdown(days)}\n`,
    "## All figures",
    results
      .replace(/^# .*\n/, "")
      .replaceAll(/^## /gm, "### ")
      .trim(),
  ].join("\n\n");
};

/** @param {string} calls a chart for each table that has ratios to raw */
const callCharts = (calls) =>
  calls
    .split(/\n(?=\*\*)/)
    .filter((part) => part.startsWith("**"))
    .slice(0, 3)
    .flatMap((part) => {
      const table = tableOf(part);
      const caption = /^\*\*(.+?)\*\*/.exec(part)?.[1] ?? "";
      return table ? [`### ${caption}`, charted(caption, table, 1), markdown(table)] : [];
    });

/** @param {Table} table */
const markdown = ({ head, rows }) =>
  [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
