// Reads Markdown as a person does: sentences, in paragraphs, list items and cells of tables.

const FENCE = /^( *)(```+)[\s\S]*?^\1\2 *$/gm;
const COMMENT = /<!--[\s\S]*?-->/g;

/** @param {string} text Markdown @returns {string[]} its paragraphs, items and cells, headings left out, as plain words */
export const blocks = (text) => {
  const lines = text.replaceAll(FENCE, "").replaceAll(COMMENT, "").split("\n");
  /** @type {string[]} */
  const found = [];
  let open = false;
  for (const line of lines) {
    const content = line.replace(/^[\s>]*/, "");
    if (content === "" || /^#{1,6} /.test(content) || /^(?:---+|\[[^\]]+\]: .*)$/.test(content)) open = false;
    else if (content.startsWith("|")) {
      open = false;
      found.push(...content.split(/(?<!\\)\|/).slice(1, -1));
    } else if (open && !/^(?:[-*+]|\d+\.) /.test(content)) found.push(`${found.pop()} ${content}`);
    else {
      found.push(content.replace(/^(?:[-*+]|\d+\.) /, ""));
      open = true;
    }
  }
  return found.map(plain).filter((block) => /\w/.test(block));
};

/** A piece of code is one word, whatever is in it; a link is its words. @param {string} block */
const plain = (block) =>
  block
    .replaceAll(/(`+)[^`]*\1/g, "CODE")
    .replaceAll(/!?\[((?:[^\][]|\[[^\]]*\])*)\]\([^)]*\)/g, "$1")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\*\*|__|(?<!\w)[*_]|[*_](?!\w)/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** @param {string} block @returns {string[]} */
export const sentences = (block) =>
  block
    .split(/(?<=[.!?]["')]?) (?=["'(]?[A-Z])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");

/** @param {string} sentence */
export const words = (sentence) => sentence.split(" ").filter((word) => /\w/.test(word));
