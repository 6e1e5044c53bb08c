// The files of examples/ and deploy/, which guides send their readers to: a chapter for each folder.
import { readFileSync } from "node:fs";
import { extname, posix } from "node:path";
import { at } from "../lib/paths.js";
import { capture, Trouble } from "../lib/run.js";
import { chapterOf, headingOf, relinked } from "./relink.js";

/** An introduction for each folder that has no README. @type {Record<string, string>} */
const words = {
  "deploy/one-machine":
    "# Files for one machine\n\nThe service and the certificate of [a relay on one machine](../../docs/relay-one-machine.md#5-tls-and-a-service).",
  "deploy/fixed-address":
    "# Files for a fixed address\n\nTwo ways to build [the hop](../../docs/relay-where.md#a-way-through-a-fixed-address) that a Worker's requests go through.",
  "examples/cloudflare-worker": "",
  "examples/rust":
    "# Programs in Rust\n\nA server on axum, a form on Yew, a Rust Worker, and two small programs. [Rust](../../docs/rust.md) explains them.",
};

/** @type {Record<string, string>} */
const languages = {
  ".conf": "nginx",
  ".html": "html",
  ".css": "css",
  ".js": "js",
  ".json": "json",
  ".jsonc": "json",
  ".rs": "rust",
  ".toml": "toml",
  ".yaml": "yaml",
};

const OMITTED = /\.lock$|\.gitignore$|README\.md$/;

/** @returns {Promise<Record<string, string>>} the text of each chapter, by its path in the book */
export const fileChapters = async () => {
  const chapters = Object.entries(words).map(async ([folder, intro]) => {
    const { code, output } = await capture("git", ["ls-files", folder]);
    if (code !== 0) throw new Trouble(output);
    const files = output
      .trim()
      .split("\n")
      .filter((file) => !OMITTED.test(file));
    const head = intro || readFileSync(at(folder, "README.md"), "utf8").trim();
    const path = chapterOf(folder);
    const fences = files.map((file) => {
      const text = readFileSync(at(file), "utf8").trimEnd();
      return `### ${headingOf(posix.relative(folder, file))}\n\n\`\`\`${languages[extname(file)] ?? "text"}\n${text}\n\`\`\``;
    });
    return [path, `${[relinked(head, `${folder}/README.md`, path), "## The files", ...fences].join("\n\n")}\n`];
  });
  return Object.fromEntries(await Promise.all(chapters));
};
