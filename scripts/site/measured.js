// The chapter of measured figures: bench/RESULTS.md as it is, with a chart above the tables that compare, and what
// `npm run chaos` found, which DESIGN.md has.
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";
import { chart } from "./bars.js";
import { firstTable, markdownOf, sectionOf } from "./tables.js";

/**
 * @typedef {import("./tables.js").Table} Table
 *
 * @typedef {object} Charted a table of RESULTS.md that gets a chart
 * @property {string} section
 * @property {string} [caption] of the table, where the section has several
 * @property {(table: Table) => string} draw
 */

/** @param {string} path */
const read = (path) => readFileSync(at(path), "utf8");

/** @param {string} cell @returns {number} the first number in it; NaN where there is none */
const numberIn = (cell) => Number(/-?[\d,]*\.?\d+/.exec(cell)?.[0].replaceAll(",", "") ?? Number.NaN);

/** @param {string} name @returns {"ours" | "peer"} */
const kindOf = (name) => (/^\**(?:ours|botsplash)\b/.test(name) ? "ours" : "peer");

/** @param {Table} table @param {string} title @returns {number} */
const columnOf = ({ head }, title) => {
  const column = head.indexOf(title);
  if (column < 0) throw new Error(`there is no column "${title}" among ${head.join(", ")}`);
  return column;
};

/** @param {string} caption @param {string} title of the column @param {boolean} [one] */
const byRow = (caption, title, one) => (/** @type {Table} */ table) => {
  const column = columnOf(table, title);
  const bars = table.rows
    .map(([name = "", ...others]) => ({ name, text: others[column - 1] ?? "" }))
    .map(({ name, text }) => ({ name, text, parts: [{ value: numberIn(text), kind: kindOf(name) }] }));
  const shortest = bars.sort((one, other) => (one.parts[0]?.value ?? 0) - (other.parts[0]?.value ?? 0));
  return chart(caption, [{ bars: shortest }], { one: one ?? false });
};

/** A group for each row, with a bar for each column that compares with raw. @param {Table} table */
const byCall = ({ head, rows }) => {
  const columns = head.flatMap((title, column) => (title.endsWith(" ÷ raw") ? [column] : []));
  const groups = rows
    .filter((cells) => columns.every((column) => numberIn(cells[column] ?? "") > 0))
    .map((cells) => ({
      title: cells[0] ?? "",
      bars: columns.map((column) => {
        const name = (head[column] ?? "").replace(" ÷ raw", "");
        const text = cells[column] ?? "";
        return { name, text, parts: [{ value: numberIn(text), kind: kindOf(name) }] };
      }),
    }));
  return chart("Time for a call, in times of a raw fetch, which is the line. Shorter is better.", groups, {
    one: true,
  });
};

const cpu = byRow("CPU for each post, in µs. Shorter is better.", "µs of CPU for each post");
const start = byRow("From the import to the first answer, in times of raw's. Shorter is better.", "both ÷ raw's", true);
const memory = byRow("Memory of a call in flight, in times of raw's. Shorter is better.", "both ÷ raw's", true);

const runtimes = ["Node", "Chromium", "workerd"];

/** @type {Charted[]} */
const charted = [
  { section: "Size", draw: byRow("An app that makes one call, in bytes after brotli. Shorter is better.", "brotli") },
  ...runtimes.map((caption) => ({ section: "Calls", caption, draw: byCall })),
  ...runtimes.map((caption) => ({ section: "Start", caption, draw: start })),
  { section: "Memory", caption: "10,000 calls at once, the last of 3 times", draw: memory },
  { section: "The relay", draw: cpu },
  { section: "The relay on one machine", draw: cpu },
];

/** @param {string} results @param {Charted} where @returns {string} with that chart */
const withChart = (results, { section, caption, draw }) => {
  const from = results.indexOf(`\n## ${section}\n`);
  const own = from < 0 ? "" : (results.slice(from + 1).split(/^(?=## )/m)[0] ?? "");
  const below = caption ? own.indexOf(`\n### ${caption}\n`) : 0;
  const found = below < 0 ? undefined : firstTable(own.slice(below));
  if (!found) throw new Error(`bench/RESULTS.md has no table "${caption ?? ""}" in its section "${section}"`);
  const place = from + 1 + below + found.at;
  return `${results.slice(0, place)}${draw(found.table)}\n\n${results.slice(place)}`;
};

/** @param {Table} table of `npm run chaos` */
const chaosChart = (table) => {
  const [twice, lost, review] = ["duplicated", "lost in silence", "left for review"].map((title) =>
    columnOf(table, title),
  );
  const bars = table.rows.map((cells) => {
    const [a, b, c] = [twice, lost, review].map((column) => numberIn(cells[column ?? 0] ?? ""));
    return {
      name: cells[0] ?? "",
      text: `${a} twice, ${b} lost, ${c} in review`,
      parts: [
        { value: a ?? 0, kind: /** @type {const} */ ("worse") },
        { value: b ?? 0, kind: /** @type {const} */ ("bad") },
        { value: c ?? 0, kind: /** @type {const} */ ("open") },
      ],
    };
  });
  return chart("Of a thousand leads, those that did not go as they should.", [{ bars }], {
    legend: [
      ["worse", "texted twice"],
      ["bad", "lost in silence"],
      ["open", "left for a person to review"],
    ],
  });
};

/** @param {string} results @returns {string} how many targets are met, and how many are not */
const verdict = (results) => {
  const { table } = firstTable(sectionOf(results, "Targets")) ?? {};
  const met = table?.rows.filter((cells) => cells.at(-1) === "reached").length ?? 0;
  const all = table?.rows.length ?? 0;
  return `Of ${all} targets, ${met} are reached and ${all - met} are missed.`;
};

/** @param {string} [results] bench/RESULTS.md @param {string} [design] DESIGN.md */
export const measured = (results = read("bench/RESULTS.md"), design = read("DESIGN.md")) => {
  const guarantee = sectionOf(design, "What does the relay guarantee?");
  const chaos = firstTable(guarantee)?.table;
  if (!chaos) throw new Error("DESIGN.md has no table of what `npm run chaos` found");
  return [
    charted
      .reduce(withChart, results)
      .replace(
        /^# .*\n/,
        "# Sizes and speed\n\nHow fast it is, and how small: the performance beside that of its peers.\n",
      )
      .replace("\n## Targets\n", () => `\n## Targets\n\n${verdict(results)}\n`)
      .trim(),
    "## The relay's bad days",
    "`npm run chaos` sends a thousand leads on each kind of bad day, one in ten of them twice. The first three rows are simpler relays.",
    chaosChart(chaos),
    `${markdownOf(chaos)}\n`,
  ].join("\n\n");
};
