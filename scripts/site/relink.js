// Links of documents, as they stand in the repository, led to where the same things are on the site.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { repository } from "../build/version.js";
import { at } from "../lib/paths.js";

/** Documents outside of docs/ that are on the site, by their paths in the repository. @type {Record<string, string>} */
export const rootFiles = {
  "CHANGELOG.md": "changelog.md",
  "DESIGN.md": "design.md",
  "SECURITY.md": "security-policy.md",
};

/** @type {Record<string, string>} */
const elsewhere = { ...rootFiles, "README.md": "index.md", "openapi.json": "openapi.json" };

const CODE = /^```[\s\S]*?^```$/gm;
const LINK = /(!?)\[((?:[^\][]|\[[^\][]*\])*)\]\(([^)\s]+)\)/g;

/**
 * A file of the repository that is not on the site becomes a link to the project's address; without one, plain words.
 * @param {string} text Markdown
 * @param {string} from its path in the repository, such as `docs/errors.md`
 * @param {string} [to] the path of the page on the site; otherwise the one that `from` has there
 */
export const relinked = (text, from, to = placeOf(from) ?? "index.md") => {
  /** @param {string} prose */
  const lead = (prose) =>
    prose.replaceAll(LINK, (whole, image, words, target) => {
      if (/^(?:[a-z][a-z+.-]*:|#|\/)/i.test(target)) return whole;
      const [path = "", hash] = target.split("#");
      const source = posix.normalize(posix.join(posix.dirname(from), path));
      const place = placeOf(source);
      if (place !== undefined) {
        const relative = posix.relative(posix.dirname(to), place);
        // The overview has other sections than the README.
        return `${image}[${words}](${relative}${hash && source !== "README.md" ? `#${hash}` : ""})`;
      }
      const address = repository();
      return address ? `${image}[${words}](${address}/blob/main/${source}${hash ? `#${hash}` : ""})` : words;
    });
  let end = 0;
  let linked = "";
  for (const code of text.matchAll(CODE)) {
    linked += lead(text.slice(end, code.index)) + code[0];
    end = code.index + code[0].length;
  }
  return linked + lead(text.slice(end));
};

/** Folders whose files are a chapter. */
const FOLDER = /^((?:deploy|examples)\/[\w-]+)(?:\/(.+))?$/;

/** @param {string} folder @returns {string} the chapter of its files */
export const chapterOf = (folder) => `${folder}.md`;

/** @param {string} file below its folder @returns {string} the heading under which its chapter has it */
export const headingOf = (file) => `\`${file}\``;

/** @param {string} file @returns {string} what mdBook makes of that heading */
const anchorOf = (file) => file.toLowerCase().replaceAll(/[^\w-]/g, "");

/** @param {string} source a path in the repository @returns {string | undefined} its path on the site, if it is there */
const placeOf = (source) => {
  if (elsewhere[source]) return elsewhere[source];
  const [, folder, file] = FOLDER.exec(source) ?? [];
  if (folder && existsSync(at(source))) {
    return !file || file === "README.md" ? chapterOf(folder) : `${chapterOf(folder)}#${anchorOf(file)}`;
  }
  const [, place = ""] = /^docs\/(.+)$/.exec(source) ?? [];
  return place && (existsSync(at(source)) || isMade(place)) ? place : undefined;
};

const MADE = /^(?:api\/\w+\.md|(?:deploy|examples)\/[\w-]+\.md|measured\.md|(?:demo|reference)\/.+\.html)$/;

/** @param {string} place @returns {boolean} whether the site makes it, so that the repository does not have it */
export const isMade = (place) => MADE.test(place);
