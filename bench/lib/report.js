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

/** Taken apart once by hand, with builds that leave one thing out each; Node 20, on the machine below. */
const missed = `Where a target is missed, this holds it there:

- **A call.** It has a deadline, which raw and openapi-fetch have not: the signal alone is 16% of a submit, and raw with one
  is in the tables. From the call to its fetch it takes 18.5 µs, raw with a signal 5.1: some 40 crossings between JavaScript
  and WebAssembly, of which each costs little and none can be spared by itself. Leaving out the check of the submission
  would save 7 to 12%, headers made in JavaScript 4 to 9%; skipping the check of the URL, thinner promises or another
  decoding of texts nothing beyond noise. So 1.5 times raw is not to be had while the loop is in Rust. Lists of 100,000
  items, where the check counts, take less time than with openapi-fetch + zod in Node and in workerd.
- **An answer of 400** is an exception with a trace of the stack, where raw and openapi-fetch answer a value.
- **The relay's CPU.** A minimal relay took about 200 µs for each post, our front alone 257, the empty way to a Durable Object
  and back 115, our client 178 more than a plain fetch, and keeping the lead (three commits for a batch of leads) about 200.
  The first four come to 3.2 times without anything being kept.`;

/** @param {Result[]} results @param {Record<string, string>} versions of what was measured against */
export const report = (results, versions) => `# How small, how fast

Made by \`npm run bench\`. Every figure is taken beside its peers', in the same run; where times are given, so is what they
are compared with, since a machine's mood changes both. Spreads are quartiles. "Ours" is the package as it is published.

Peers: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")}.

## Targets

${targets(results)}

${missed}

${results.map(section).join("\n\n")}
`;
