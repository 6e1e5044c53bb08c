// The rules of writing in the Markdown files, as CONTRIBUTING says: people read them whose language is another.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { blocks, sentences, words } from "./prose.js";

const MOST_WORDS = 25;

const guides = readdirSync(at("docs")).filter((name) => name.endsWith(".md"));
const files = [
  ...guides.map((name) => `docs/${name}`),
  "README.md",
  "DESIGN.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
];

/** @type {[rule: string, breaks: (sentence: string) => boolean][]} */
const rules = [
  [`a sentence has at most ${MOST_WORDS} words`, (sentence) => words(sentence).length > MOST_WORDS],
  ["no sentence begins with a “What …” that does not ask", (sentence) => /^What [^?]*\.$/.test(sentence)],
  [
    "verbs are negated: “is not a”, never “is no”",
    (sentence) => /(?<!there )\b(?:is|are|was|were) no (?!longer|more)/i.test(sentence),
  ],
];

/** @param {string} text @param {(sentence: string) => boolean} breaks */
const breaking = (text, breaks) => blocks(text).flatMap(sentences).filter(breaks);

for (const file of files) {
  const text = readFileSync(at(file), "utf8");
  for (const [rule, breaks] of rules) {
    test(`${file}: ${rule}`, () => assert.deepEqual(breaking(text, breaks), []));
  }
}

test("the reader of Markdown finds what a person reads, and nothing else", () => {
  const text = [
    "# A heading is not a sentence",
    "One sentence, over",
    "two lines. Another with `code that is one word` in it.",
    "",
    "- An item",
    "  goes on. (And on.)",
    "1. [A link](https://example.com/a/very/long.html) is **words**.",
    "",
    "| Cell one. | Cell `a\\|b`. |",
    "| --- | --- |",
    "",
    "```js",
    "not.read();",
    "```",
    "<!-- Nor is this. -->",
  ].join("\n");
  assert.deepEqual(blocks(text).flatMap(sentences), [
    "One sentence, over two lines.",
    "Another with CODE in it.",
    "An item goes on.",
    "(And on.)",
    "A link is words.",
    "Cell one.",
    "Cell CODE.",
  ]);
  const [short, long] = [25, 26].map((count) => `${"word ".repeat(count).trim()}.`);
  assert.deepEqual(breaking(`${short}\n\n${long}`, rules[0][1]), [long]);
});
