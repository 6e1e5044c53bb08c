/**
 * The findings of a part of the bench.
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

/** @param {Table} table @returns with columns as wide as their cells, as markdownlint wants them */
const table = ({ caption, head, rows }) => {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const under = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const line = (/** @type {string[]} */ row) => `| ${row.map(padded).join(" | ")} |\n`;
  const padded = (/** @type {string} */ cell, /** @type {number} */ column) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  const [first = [], ...others] = cells;
  return `${caption ? `### ${caption}\n\n` : ""}${line(first)}${line(under)}${others.map(line).join("")}`;
};

/** @param {Result} result */
export const section = ({ title, about, tables, notes = [], date, commit, machine, load }) =>
  [
    `## ${title}`,
    about,
    ...tables.map((one) => table(one).trimEnd()),
    ...(notes.length ? [notes.map((note) => `- ${note}`).join("\n")] : []),
    `_${date}, commit ${commit}; ${machine}; load per core before it ${load}._`,
  ].join("\n\n");

/** @param {Result[]} results */
export const targets = (results) => {
  const all = results.flatMap(({ targets = [] }) => targets);
  const rows = all.map(({ target, found, reached }) => [target, found, reached ? "reached" : "**missed**"]);
  return table({ head: ["target", "found", ""], rows }).trimEnd();
};

/** By hand, and so not by this run. */
const missed = `Where a target is missed, this holds it there. The parts were taken once by hand, with clocks around them; Node 20, on the
machine below.

- **1.5 times raw.** A deadline takes a signal, which the Request follows, and a timer; with the check of the submission, the
  JavaScript alone takes 1.3 to 1.5 times raw, by the notes below the tables. In Node, Rust adds some 7 µs to
  a submit: 3 until fetch is called, 2.5 after the answer, and 2 that the platform's own code takes longer in between, for
  its caches. Fewer, cheaper crossings had saved 20 of 32 µs; other optimization levels, a leaner allocation of texts,
  calls made from outside the wasm's stack and one promise less saved nothing beyond noise.
- **openapi-fetch + zod** has no deadline, and where eval is allowed its checks are compiled: what ours takes more for a small
  call in Node is less than the signal's part. Where it may not compile, a small call takes about as long; with long lists ours
  is not slower anywhere.
- **An answer of 400.** All throw an error. Ours also says in a sentence what happened and what to do, with the credentials
  scrubbed from what the server said: 6 µs in Rust, 3 to hand it over, 7 to make the error, its trace of the stack included.
- **The relay's CPU.** Taking a post costs some 480 µs, of which the relay's own JavaScript and what it calls is 140; the rest is
  HTTP, entering the front and the object, and collecting what each wait leaves behind. Bringing it on costs some 450, half of
  it the client and its fetch, 50 the commit (one for four leads, since no more may be on their way), 45 the other statements.
  Calling the object's methods in place of fetch would save some 20, and needs a class that is there in Workers alone.`;

/** @param {Result[]} results @param {Record<string, string>} versions of what was measured against */
export const report = (results, versions) => `# How small, how fast

Made by \`npm run bench\`. Every figure is taken beside its peers', in the same run of that part; where times are given, so is what
they are compared with, since a machine's mood changes both. Spreads are quartiles. "Ours" is the package as it is published.

Peers: ${Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(", ")}.

## Targets

${targets(results)}

${missed}

${results.map(section).join("\n\n")}
`;
