// Source maps for who steps into the package. Apps download nothing of them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../lib/paths.js";

/** In the place of a text: Vite looks for a file where none is given, and warns when it finds none. */
const MADE = "// Made by the build.\n";

/**
 * Names each source by its path in the repository, wherever the package was built, and keeps the text of those that
 * people wrote. Nobody reads what the build made, and the WebAssembly would be in the package once more.
 * @param {string} dist
 */
export const tidyMaps = (dist) => {
  for (const name of readdirSync(dist).filter((file) => file.endsWith(".map"))) {
    const file = join(dist, name);
    /** @type {{ sources: string[], sourcesContent: (string | null)[] }} */
    const map = JSON.parse(readFileSync(file, "utf8"));
    const paths = map.sources.map((source) => source.replace(/^(?:\.\.?\/)+/, ""));
    map.sourcesContent = paths.map((path, index) =>
      existsSync(at(path)) ? (map.sourcesContent[index] ?? MADE) : MADE,
    );
    map.sources = paths.map((path) => `../${path}`);
    writeFileSync(file, JSON.stringify(map));
  }
};
