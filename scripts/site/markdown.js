// Serves each guide as Markdown too, with an llms.txt that lists them: people let assistants read documentation.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CHART } from "./bars.js";

/**
 * @param {import("./stage.js").Chapter[]} chapters
 * @param {string} from where they are
 * @param {string} site
 */
export const writeMarkdown = (chapters, from, site) => {
  const lines = chapters.map(({ path, title }) => {
    const text = withoutCharts(readFileSync(join(from, path), "utf8"));
    const to = join(site, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
    return `- [${title}](${path}): ${firstSentence(text)}`;
  });
  const head =
    "# botsplash\n\n> An unofficial client for the Botsplash Open API (leads, visitors, messages, meetings), as WebAssembly.\n";
  writeFileSync(
    join(site, "llms.txt"),
    `${head}\n## Guides and reference\n\n${lines.join("\n")}\n- [OpenAPI document](openapi.json)\n`,
  );
};

/** @param {string} text */
const withoutCharts = (text) =>
  text
    .split("\n\n")
    .filter((part) => !part.startsWith(CHART))
    .join("\n\n");

/** @param {string} text @returns {string} of the first paragraph, as plain text */
const firstSentence = (text) => {
  const paragraph = text.split(/\n{2,}/).find((part) => /^[\p{L}*`[]/u.test(part.trim())) ?? "";
  const plain = paragraph
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replaceAll(/[*`]/g, "")
    .replaceAll(/\s+/g, " ");
  return /^.*?[.:](?=\s|$)/.exec(plain)?.[0].replace(/:$/, ".") ?? plain;
};
