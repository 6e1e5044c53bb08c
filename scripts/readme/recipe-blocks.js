import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";

const RECIPE = /<!-- from (\S+) -->\n```(\w*)\n(?:(?!```)[\s\S])*```\n/g;

/** @param {string} readme @returns {string[]} the files that its recipes are, by their paths */
export const sources = (readme) => [...readme.matchAll(RECIPE)].map(([, source]) => source);

/** @param {string} readme @returns {string} the same, with every recipe as its file has it now */
export const withRecipes = (readme) =>
  readme.replace(RECIPE, (_, source, language) => {
    const code = readFileSync(at(source), "utf8").trimEnd();
    return `<!-- from ${source} -->\n\`\`\`${language}\n${code}\n\`\`\`\n`;
  });
