// Sections of the README for other documents: what it says stands there once.
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";

const MARK = /^<!-- README: (.+) -->$/gm;

/**
 * @param {string} text with lines such as `<!-- README: Options -->`
 * @param {(section: string) => string} [adapted] what a section has to be in its new place
 * @returns {string} with those sections in their places
 */
export const withSections = (text, adapted = (section) => section) => {
  const whole = readFileSync(at("README.md"), "utf8");
  return text.replace(MARK, (_, name) => {
    const section = sectionOf(whole, `## ${name}`) ?? sectionOf(whole, `### ${name}`);
    if (section === undefined) throw new Trouble(`README.md has no section "${name}"`);
    return adapted(section);
  });
};

/** @param {string} text @param {string} heading @returns {string | undefined} up to the next heading that is no deeper */
const sectionOf = (text, heading) => {
  const [hashes = ""] = heading.split(" ");
  const parts = text.split(new RegExp(`^(?=#{2,${hashes.length}} )`, "m"));
  return parts.find((part) => part.startsWith(`${heading}\n`))?.trimEnd();
};
