// Other programs make the references and the demo page. Each of their pages gets a link to the guides.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Trouble } from "../lib/run.js";

/** In each folder of the site, the tag after which the link stands. @type {Record<string, string>} */
const places = {
  demo: '<p class="name">botsplash</p>',
  "reference/npm": '<div class="col-content">',
  "reference/rust": '<section id="main-content" class="content" tabindex="-1">',
};

/** @param {string} site */
export const leadBack = (site) => {
  for (const [folder, tag] of Object.entries(places)) {
    const names = readdirSync(join(site, folder), { recursive: true, encoding: "utf8" });
    const pages = names.filter((name) => name.endsWith(".html"));
    const led = pages.filter((name) => {
      const file = join(site, folder, name);
      const html = readFileSync(file, "utf8");
      const up = "../".repeat(`${folder}/${name}`.split("/").length - 1);
      writeFileSync(file, html.replace(tag, `${tag}<a href="${up}index.html">Guides</a> `));
      return html.includes(tag);
    });
    if (led.length === 0) throw new Trouble(`no page of ${folder} has the tag ${tag}, after which its way back stands`);
  }
};
