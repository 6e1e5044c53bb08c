/**
 * @param {string[]} columns
 * @param {Record<string, unknown>[]} rows
 */
export const toCsv = (columns, rows) =>
  [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => cells.map(cell).join(","))
    .join("\r\n")
    .concat("\r\n");

/** @param {unknown} value */
const cell = (value) => {
  if (value === undefined || value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  // A spreadsheet would run as a formula what begins so, and people of the public wrote it.
  const harmless = typeof value !== "number" && /^[\s\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
};
