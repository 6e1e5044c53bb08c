// Sections of the README for other documents: each stands there once.
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";

const MARK = /^<!-- README: (.+) -->$/gm;

/** @param {string} text with lines such as `<!-- README: Quick start -->` @returns {string} with those sections in their places */
export const withSections = (text) => {
  const whole = readFileSync(at("README.md"), "utf8");
  return text.replace(MARK, (_, name) => (name === "its beginning" ? beginningOf(whole) : sectionOf(whole, name)));
};

/** @param {string} readme @returns {string} all before the first section, without the picture */
export const beginningOf = (readme) =>
  readme
    .slice(0, readme.indexOf("\n## "))
    .replace(/^!\[.*\n\n?/m, "")
    .trim();

/** @param {string} readme @param {string} name */
const sectionOf = (readme, name) => {
  const section = readme.split(/^(?=## )/m).find((part) => part.startsWith(`## ${name}\n`));
  if (section === undefined) throw new Trouble(`README.md has no section "${name}"`);
  return section.trimEnd();
};
