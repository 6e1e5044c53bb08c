/** Lines of cells, each with its end. */
export const toCsv = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");

/**
 * A spreadsheet runs as a formula what begins so, and it was the public that wrote it. A spreadsheet that takes another
 * separator sees a cell begin behind every such separator and line end, whatever quotation marks stand there.
 */
const BEGINS = "[=+\\-@%\uff1d\uff0b\uff0d\uff20]";
const FIRST = new RegExp(`^[\\s\u200b\ufeff]*(?:${BEGINS}|\\|)|^[\\t\\r\\n]`);
const BEHIND = new RegExp(`([,;\\t|\\r\\n][\\s"'\u200b\ufeff]*)(?=${BEGINS})`, "g");

/** A number in full, which a spreadsheet reads as a number. */
const PHONE = /^\+\d{5,15}$/;

const cell = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return `"${value}"`;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const harmless = PHONE.test(text) ? text : `${FIRST.test(text) ? "'" : ""}${text.replace(BEHIND, "$1'")}`;
  return `"${harmless.replaceAll('"', '""')}"`;
};
