// Puts together what mdBook reads: the guides as they are written, and the chapters that are made of data.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../lib/paths.js";
import { fileChapters } from "./files.js";
import { measured } from "./measured.js";
import { relinked, rootFiles } from "./relink.js";

/**
 * @typedef {object} Chapter
 * @property {string} path below the book's source, such as `errors.md`
 * @property {string} title
 */

const rootNames = new Set(Object.values(rootFiles));

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
    writeFileSync(join(to, chapter), relinked(readFileSync(at(name), "utf8"), name));
  }
  const files = await fileChapters();
  const made = { "measured.md": measured(), ...(await apiChapters()), ...files };
  for (const [path, text] of Object.entries(made)) {
    mkdirSync(join(to, path, ".."), { recursive: true });
    writeFileSync(join(to, path), text);
  }
  const chapters = chaptersOf(readFileSync(join(to, "SUMMARY.md"), "utf8"));
  for (const { path } of chapters) {
    if (rootNames.has(path) || path in files) continue;
    const file = join(to, path);
    const text = relinked(readFileSync(file, "utf8"), `docs/${path}`);
    writeFileSync(file, text.replaceAll(/^<!-- from \S+ -->\n/gm, ""));
  }
  return chapters;
};

/** @param {string} summary @returns {Chapter[]} */
const chaptersOf = (summary) =>
  [...summary.matchAll(/\[([^\]]+)\]\(([^)]+\.md)\)/g)].map(([, title = "", path = ""]) => ({ title, path }));
