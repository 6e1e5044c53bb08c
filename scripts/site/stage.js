// Puts together what mdBook reads: the guides as they are written, and the chapters that are made of data.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../lib/paths.js";
import { measured } from "./charts.js";

/**
 * @typedef {object} Chapter
 * @property {string} path below the book's source, such as `errors.md`
 * @property {string} title
 */

/** Files of the repository's root that are chapters too. */
const rootFiles = { "CHANGELOG.md": "changelog.md", "SECURITY.md": "security-policy.md", "DESIGN.md": "design.md" };

/**
 * @param {string} to a folder that does not exist yet
 * @returns {Promise<Chapter[]>} in the book's order
 */
export const stage = async (to) => {
  // Not checked with the scripts: it imports the page's sources, which have settings of their own.
  const { apiChapters } = await import(String("./api.js"));
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(at("docs"))) {
    if (name.endsWith(".md") || name === "images") cpSync(at("docs", name), join(to, name), { recursive: true });
  }
  for (const [name, chapter] of Object.entries(rootFiles)) {
    writeFileSync(join(to, chapter), fromDocs(readFileSync(at(name), "utf8")));
  }
  const made = { "measured.md": measured(), ...(await apiChapters()) };
  for (const [path, text] of Object.entries(made)) {
    mkdirSync(join(to, path, ".."), { recursive: true });
    writeFileSync(join(to, path), text);
  }
  const chapters = chaptersOf(readFileSync(join(to, "SUMMARY.md"), "utf8"));
  for (const { path } of chapters) {
    const file = join(to, path);
    writeFileSync(file, forSite(fromDocs(readFileSync(file, "utf8"))));
  }
  return chapters;
};

/** @param {string} summary @returns {Chapter[]} */
const chaptersOf = (summary) =>
  [...summary.matchAll(/\[([^\]]+)\]\(([^)]+\.md)\)/g)].map(([, title = "", path = ""]) => ({ title, path }));

/** @param {string} text a file of the root, whose links lead from there */
const fromDocs = (text) =>
  text
    .replaceAll("](docs/", "](")
    .replaceAll(/\]\((README|CHANGELOG|DESIGN|SECURITY|CONTRIBUTING)\.md(#[^)]*)?\)/g, (whole, name) =>
      pages[name] ? `](${pages[name]})` : whole,
    )
    .replaceAll(/\[([^\]]+)\]\(CONTRIBUTING\.md[^)]*\)/g, "$1");

/**
 * Links that lead out of docs/, which lead elsewhere on the site.
 * @param {string} text
 */
const forSite = (text) =>
  text
    .replaceAll(
      /\]\((?:\.\.\/)+(README|CHANGELOG|DESIGN|SECURITY)\.md(#[^)]*)?\)/g,
      (_, name, hash = "") => `](${pages[name]}${hash})`,
    )
    .replaceAll(/\]\((?:\.\.\/)*openapi\.json\)/g, "](openapi.json)")
    // A file of the repository that is no page: its name says enough.
    .replaceAll(/\[([^\]]+)\]\((?:\.\.\/)+(?!\.)[^)]*\)/g, "$1")
    .replaceAll(/^<!-- from \S+ -->\n/gm, "");

/** @type {Record<string, string>} */
const pages = { README: "index.md", CHANGELOG: "changelog.md", DESIGN: "design.md", SECURITY: "security-policy.md" };
