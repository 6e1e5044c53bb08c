// Reads tables out of Markdown.

/**
 * @typedef {object} Table
 * @property {string[]} head
 * @property {string[][]} rows
 */

const TABLE = /^\|.*\|\n\|[-:| ]+\|\n(?:\|.*\|\n?)+/m;

/** @param {string} text Markdown @returns {{ table: Table, at: number } | undefined} its first table, and where that begins */
export const firstTable = (text) => {
  const found = TABLE.exec(text);
  if (!found) return undefined;
  const [head = [], , ...rows] = found[0].trim().split("\n").map(cellsOf);
  return { table: { head, rows }, at: found.index };
};

/** @param {string} line */
const cellsOf = (line) =>
  line
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());

/** @param {string} text Markdown @param {string} title @returns {string} a section of level two, without its heading */
export const sectionOf = (text, title) => {
  const section = text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${title}\n`));
  if (section === undefined) throw new Error(`there is no section "${title}"`);
  return section.slice(section.indexOf("\n") + 1);
};

/** @param {Table} table @returns {string} Markdown */
export const markdownOf = ({ head, rows }) =>
  [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
