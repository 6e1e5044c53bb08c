// Finds links inside the site that lead nowhere: files that are missing, and anchors that no element has.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** @param {string} site @returns {string[]} a line for each */
export const brokenLinks = (site) => {
  // A host serves 404.html for any path: its links are absolute.
  const pages = readdirSync(site, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".html") && name !== "404.html",
  );
  /** @type {Map<string, Set<string>>} */
  const anchors = new Map();
  /** @param {string} file */
  const anchorsOf = (file) => {
    const known = anchors.get(file);
    if (known) return known;
    const ids = readFileSync(file, "utf8").matchAll(/\s(?:id|name)=(?:"([^"]*)"|'([^']*)'|([^"'\s>]+))/g);
    const found = new Set([...ids].map(([, ...quoted]) => unescaped(quoted.find((id) => id !== undefined) ?? "")));
    anchors.set(file, found);
    return found;
  };
  return pages.flatMap((page) => {
    const text = withoutCode(readFileSync(join(site, page), "utf8"));
    const links = [...text.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link = ""]) => unescaped(link));
    return [...new Set(links)].flatMap((link) => {
      if (/^(?:[a-z][a-z+.-]*:|\/\/)/i.test(link)) return [];
      if (link.startsWith("/")) return [`${page}: ${link} works at the root of a host alone`];
      const [path = "", hash] = link.split("#");
      const file = resolve(site, dirname(page), decodeURIComponent(path.split("?")[0] || page.split("/").at(-1) || ""));
      const target = existsSync(file) && statSync(file).isDirectory() ? join(file, "index.html") : file;
      if (!existsSync(target)) return [`${page}: ${link} (there is no ${relative(site, target)})`];
      if (!hash || !target.endsWith(".html")) return [];
      return leads(hash, anchorsOf(target)) ? [] : [`${page}: ${link} (no element has that id)`];
    });
  });
};

/** @param {string} hash @param {Set<string>} ids @returns {boolean} */
const leads = (hash, ids) => {
  // rustdoc's pages of sources have an element for each line, and a script that marks several.
  const [, from, to] = /^(\d+)-(\d+)$/.exec(hash) ?? [];
  if (from !== undefined && to !== undefined) return ids.has(from) && ids.has(to);
  // A browser looks for the words as they stand first, and then for what they encode.
  return ids.has(hash) || ids.has(decodeURIComponent(hash));
};

/** @param {string} html */
const withoutCode = (html) =>
  html.replaceAll(/<(script|style|pre|code)\b[\s\S]*?<\/\1>/g, (all) => all.slice(0, all.indexOf(">") + 1));

/** @param {string} text */
const unescaped = (text) => text.replaceAll("&amp;", "&").replaceAll("&#x27;", "'").replaceAll("&quot;", '"');
