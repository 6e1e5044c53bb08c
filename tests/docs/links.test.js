// Each link in README, guides and the other documents leads to a file that is there, and to a heading in it.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { isMade, rootFiles } from "../../scripts/site/relink.js";

const guides = readdirSync(at("docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);
const documents = [...readdirSync(at()).filter((name) => name.endsWith(".md")), ...guides];

/** @param {string} file */
const read = (file) => readFileSync(at(file), "utf8");

/** @param {string} text Markdown @returns {string} without its code and comments */
const prose = (text) =>
  text.replaceAll(/^```[\s\S]*?^```$|<!--[\s\S]*?-->|`[^`\n]*`/gm, (code) => (/^`[^`]/.test(code) ? code : ""));

/** @param {string} text @returns {Set<string>} the anchors of its headings, as forges and the site make them */
const anchors = (text) => {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const found = [...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = words
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set(found);
};

/** @param {string} file @returns {string[]} its links that lead nowhere */
const broken = (file) =>
  [...prose(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return [];
    const [path = "", hash] = link.split("#");
    const target = path ? posix.normalize(posix.join(posix.dirname(file), path)) : file;
    if (isMade(target.replace(/^docs\//, ""))) return [];
    if (!existsSync(at(target))) return [`${link}: there is no ${target}`];
    if (!hash || !target.endsWith(".md")) return [];
    return anchors(read(target)).has(hash) ? [] : [`${link}: ${target} has no such heading`];
  });

// The table of contents leads to pages of the site: see below.
for (const file of documents.filter((name) => name !== "docs/SUMMARY.md")) {
  test(`${file}: every link leads somewhere`, () => assert.deepEqual(broken(file), []));
}

test("SUMMARY.md, the site's table of contents, has every guide once and nothing that is not there", () => {
  const listed = [...read("docs/SUMMARY.md").matchAll(/\]\(([^)]+)\)/g)].map(([, path = ""]) => path);
  const own = listed.filter((path) => !isMade(path) && !Object.values(rootFiles).includes(path));
  const names = guides.map((path) => path.slice("docs/".length)).filter((name) => name !== "SUMMARY.md");
  assert.deepEqual(own.sort(), names.sort());
  assert.deepEqual(listed, [...new Set(listed)]);
});
