// The words of comments and messages, as CONTRIBUTING says (tests/docs/prose.test.js reads the Markdown).
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";

const FOLDERS = [
  "src",
  "pkg-template",
  "relay",
  "sandbox",
  "command",
  "www",
  "scripts",
  "bench",
  "deploy",
  "examples",
  "tests",
];
const LANGUAGES = /\.(?:ts|tsx|rs|js|mjs|css|jsonc|toml)$/;
/** The folders of tests/packages are projects, with packages and builds in them. */
const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|target|pkg|\.\w[^/]*)\/|^tests\/packages\/.*\//;

/** @returns {string[]} */
const sources = () =>
  FOLDERS.flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  ).filter((file) => LANGUAGES.test(file) && !LEFT_OUT.test(file));

/** A line that is a comment, as a whole or at its end. */
const COMMENT = /^\s*(?:\/\/[/!]?|\/\*\*?|\*(?!\/)|#(?!\[|!))(?=\s)(.*?)(?:\*\/)?\s*$/;

/** @param {string} text a source @returns {{ line: number, text: string }[]} its comments, each as one line */
const comments = (text) => {
  /** @type {{ line: number, text: string }[]} */
  const found = [];
  let open = false;
  for (const [index, line] of text.split("\n").entries()) {
    const words = COMMENT.exec(line)?.[1];
    const last = found.at(-1);
    if (words !== undefined && open && last) last.text += ` ${words.trim()}`;
    else if (words !== undefined) found.push({ line: index + 1, text: words.trim() });
    open = words !== undefined;
  }
  return found;
};

/** A tag, a list's mark or the end of a sentence comes before it; no question mark ends it. */
const BEGINS_WITH_WHAT = /(?:^|[.!?] |@\w+ (?:\{[^}]*\} )?|: )What\b[^.?!]*(?:[.!]|$)/;

const EMPTY_COMMENT = /^\s*(?:\/\/[/!]?|\*|#)\s*$/;

const MOST_WORDS = 25;

/** Comments that say something to a tool, code in Rust's docs, and tables. */
const NOT_PROSE = /cspell:|biome-ignore|\|/;

/**
 * The sentences of comments. An empty line, an item of a list, a tag and a heading end one too.
 * @param {string} text a source
 * @returns {{ line: number, text: string }[]}
 */
const sentences = (text) => {
  /** @type {{ line: number, text: string }[]} */
  const paragraphs = [];
  let open = false;
  let isCode = false;
  for (const [index, source] of text.split("\n").entries()) {
    const words = EMPTY_COMMENT.test(source) ? "" : COMMENT.exec(source)?.[1]?.trim();
    if (words === undefined || words.startsWith("```")) isCode = words !== undefined && !isCode;
    if (words === undefined || words === "" || isCode || words.startsWith("```") || NOT_PROSE.test(words)) {
      open = false;
    } else if (open && !/^(?:[-*] |@|#)/.test(words)) paragraphs[paragraphs.length - 1].text += ` ${words}`;
    else {
      paragraphs.push({ line: index + 1, text: words });
      open = true;
    }
  }
  return paragraphs.flatMap(({ line, text }) =>
    text
      .replaceAll(/`[^`]*`/g, "CODE")
      .replace(/^@\w+ (?:\{.*?\} )?/, "")
      .split(/(?<=[.!?]) /)
      .map((sentence) => ({ line, text: sentence })),
  );
};

/** @param {string} sentence */
const wordCount = (sentence) => sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;

/** A negated noun: "is no URL". */
const NEGATED_NOUN = /(?<!there )\b(?:is|are|was|were) no (?!longer\b|more\b)/i;

/** @param {string} file @param {string} text @returns {string[]} where its words break a rule */
const breaking = (file, text) => [
  ...comments(text)
    .filter((comment) => BEGINS_WITH_WHAT.test(comment.text))
    .map(({ line, text }) => `${file}:${line}: a sentence begins with "What": ${text}`),
  ...sentences(text)
    .filter((sentence) => wordCount(sentence.text) > MOST_WORDS)
    .map(({ line, text }) => `${file}:${line}: a sentence has more than ${MOST_WORDS} words: ${text}`),
  ...text
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => NEGATED_NOUN.test(line))
    .map(({ line, number }) => `${file}:${number}: negate the verb: ${line.trim()}`),
];

/** It quotes the words that it forbids. */
const OWN = "tests/house/words.test.js";

test("no comment begins with a “What …” that does not ask, no sentence is long, and no noun is negated", () => {
  const files = sources().filter((file) => file !== OWN && file !== "tests/docs/prose.test.js");
  assert.ok(files.length > 400, `only ${files.length} sources were found`);
  assert.deepEqual(
    files.flatMap((file) => breaking(file, readFileSync(at(file), "utf8"))),
    [],
  );
});

test("the rules see each form of comment", () => {
  const bad = [
    "// What it does.",
    "/** What it does. */",
    "//! First. What it\n//! does.",
    "/**\n * What it\n * does.\n */",
    "/** @returns What it does. */",
    "# What it does",
    'throw new Error("That is no URL");',
    "// These are no URLs.",
    `// ${"word ".repeat(26)}`,
    `/**\n * ${"word ".repeat(13)}\n * ${"word ".repeat(13)}\n */`,
  ];
  for (const text of bad) assert.equal(breaking("a", text).length, 1, text);
  const good = ["// What does it do?", "const What = 1;", "// There is no URL, and it is no longer there.", "#[test]"];
  good.push(
    `// ${"word ".repeat(25)}end.`.replace("word ", ""),
    `// - ${"word ".repeat(20)};\n// - ${"word ".repeat(20)}.`,
  );
  for (const text of good) assert.deepEqual(breaking("a", text), [], text);
});
