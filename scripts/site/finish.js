// Other programs make the references and the demo page. Each of their pages gets a link to the guides, and the references
// get what a screen reader misses in them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Trouble } from "../lib/run.js";

/**
 * @typedef {object} Finish
 * @property {string} after the tag after which the link stands
 * @property {[from: RegExp, to: string | ((...found: string[]) => string)][]} mends each matches in some page at least
 */

/** @type {Record<string, Finish>} */
const folders = {
  demo: { after: '<p class="name">botsplash</p>', mends: [] },
  "reference/npm": {
    after: '<div class="col-content">',
    mends: [
      [/<div class="col-content">/g, '<div class="col-content" role="main">'],
      [
        /<div class="col-sidebar">/g,
        '<div class="col-sidebar" role="complementary" aria-label="Contents and settings">',
      ],
      // A button may hold no link: who wants that link finds it among the contents.
      [
        /<summary[\s\S]*?<\/summary>/g,
        (summary = "") => summary.replaceAll(/<a\b[^>]*class="tsd-anchor-icon"[\s\S]*?<\/a>/g, ""),
      ],
      [/<h5 (class="tsd-index-heading[^>]*>[^<]*)<\/h5>/g, "<h2 $1</h2>"],
    ],
  },
  "reference/rust": {
    after: '<section id="main-content" class="content" tabindex="-1">',
    mends: [
      [/<summary class="hideme">/g, '<summary class="hideme" aria-label="Description">'],
      [/<pre class="rust/g, '<pre tabindex="0" class="rust'],
      // Names alone are a list without definitions, which only browsers forgive.
      [/<dl class="item-table reexports">/g, '<dl class="item-table reexports" role="presentation">'],
    ],
  },
};

/** @param {string} site */
export const finish = (site) => {
  for (const [folder, { after, mends }] of Object.entries(folders)) {
    const names = readdirSync(join(site, folder), { recursive: true, encoding: "utf8" });
    const missed = new Set([after, ...mends.map(([from]) => from)]);
    for (const name of names.filter((one) => one.endsWith(".html"))) {
      const file = join(site, folder, name);
      const up = "../".repeat(`${folder}/${name}`.split("/").length - 1);
      let html = readFileSync(file, "utf8");
      if (html.includes(after)) missed.delete(after);
      html = html.replace(after, `${after}<a href="${up}index.html">Guides</a> `);
      for (const [from, to] of mends) {
        const mended = typeof to === "string" ? html.replaceAll(from, to) : html.replaceAll(from, to);
        if (mended !== html) missed.delete(from);
        html = mended;
      }
      writeFileSync(file, html);
    }
    if (missed.size > 0)
      throw new Trouble(`no page of ${folder} has ${[...missed].join(" or ")}, which is to be mended`);
  }
};
