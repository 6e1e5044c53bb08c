// The events of the week, as a page of the guide.

/** @typedef {{ at: number, who: import("./worker-world.js").Who, what: string }} Line */

const ZONE = "America/New_York";

/** @param {number} at @param {Intl.DateTimeFormatOptions} options */
const local = (at, options) => new Date(at).toLocaleString("en-US", { timeZone: ZONE, ...options });

const dayOf = (/** @type {number} */ at) => local(at, { weekday: "long" });
const timeOf = (/** @type {number} */ at) => local(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const HEAD = `# A relay's first week

The [example Worker](../examples/cloudflare-worker/README.md) plays its first week here. It is the Worker as it is, with its own
variables. A script has the clock, and is the visitors, the API, Turnstile and the owner. \`node scripts/first-week.js\` plays the
week and writes this page. A test fails when the relay does anything else than what stands here.

The owner's clock is that of New York. The page quotes the webhook word for word.
`;

/** @param {Line[]} lines @returns {string[][]} */
const rowsOf = (lines) => {
  /** @type {string[][]} */
  const rows = [];
  let [shown, times] = ["", 1];
  for (const [index, { at, who, what }] of lines.entries()) {
    const next = lines[index + 1];
    if (next?.who === who && next.what === what) {
      times += 1;
      continue;
    }
    const time = timeOf(at);
    const said = times > 1 ? `${what} (${times} times)` : what;
    const written = said.replace(/https?:[^\s)]*[^\s).]/g, "`$&`").replaceAll("|", "\\|");
    rows.push([time === shown ? "" : time, who, written]);
    [shown, times] = [time, 1];
  }
  return rows;
};

/** @param {string[][]} rows */
const table = (rows) => {
  const all = [["time", "who", "what"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = all;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)].join("\n");
};

/**
 * @param {Line[]} lines
 * @param {Record<string, string>} remarks what a day is about, by its name
 */
export const pageOf = (lines, remarks) => {
  const days = [...new Set(lines.map(({ at }) => dayOf(at)))].map((day) => {
    const own = lines.filter(({ at }) => dayOf(at) === day);
    return `## ${day}\n\n${remarks[day] ?? ""}\n\n${table(rowsOf(own))}\n`;
  });
  return `${HEAD}\n${days.join("\n")}`;
};
