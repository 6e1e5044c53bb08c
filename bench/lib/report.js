/**
 * What a part of the bench found.
 * @typedef {object} Section
 * @property {string} title
 * @property {string} about what was measured, and how
 * @property {Table[]} tables
 * @property {Target[]} [targets]
 * @property {string[]} [notes] what the figures mean, and what they do not
 *
 * @typedef {object} Table
 * @property {string} [caption]
 * @property {string[]} head
 * @property {(string | number)[][]} rows
 *
 * @typedef {object} Target
 * @property {string} target
 * @property {string} found
 * @property {boolean} reached
 *
 * @typedef {Section & { date: string, commit: string, machine: string, load: string }} Result
 */

/** @param {Table} table */
const table = ({ caption, head, rows }) => {
  const line = (/** @type {(string | number)[]} */ cells) => `| ${cells.join(" | ")} |\n`;
  const under = head.map((_, column) => (column === 0 ? "---" : "--:"));
  return `${caption ? `**${caption}**\n\n` : ""}${line(head)}${line(under)}${rows.map(line).join("")}`;
};

/** @param {Result} result */
export const section = ({ title, about, tables, notes = [], date, commit, machine, load }) =>
  [
    `## ${title}`,
    about,
    ...tables.map((one) => table(one).trimEnd()),
    ...(notes.length ? [notes.map((note) => `- ${note}`).join("\n")] : []),
    `<sub>${date}, commit ${commit}; ${machine}; load per core before it ${load}.</sub>`,
  ].join("\n\n");

/** @param {Result[]} results */
export const targets = (results) => {
  const all = results.flatMap(({ targets = [] }) => targets);
  const rows = all.map(({ target, found, reached }) => [target, found, reached ? "reached" : "**missed**"]);
  return table({ head: ["target", "found", ""], rows }).trimEnd();
};

/** @param {Result[]} results @param {Record<string, string>} versions of what was measured against */
export const report = (results, versions) => `# How small, how fast

Made by \`npm run bench\`. Every figure is taken beside its peers', in the same run; where times are given, so is what they
are compared with, since a machine's mood changes both. Spreads are quartiles. "Ours" is the package as it is published.

Peers: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")}.

## Targets

${targets(results)}

${results.map(section).join("\n\n")}
`;
