// Writes what is known when the page is built into its HTML, so that it is there before any script.
import type { Plugin } from "vite";
import { type Language, tokens } from "../src/code/highlight.ts";
import { environments, facts, firstSample } from "./facts.ts";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const highlighted = (code: string, language: Language) =>
  tokens(code, language)
    .map(({ kind, text }) => (kind === "plain" ? escaped(text) : `<span class="t-${kind}">${escaped(text)}</span>`))
    .join("");

/** The README's backticks. */
const marked = (text: string) => escaped(text).replace(/`([^`]*)`/g, "<code>$1</code>");

const parts: Record<string, () => string> = {
  facts: () =>
    facts()
      .map(({ figure, what }) => `<div><dt>${escaped(what)}</dt><dd>${escaped(figure)}</dd></div>`)
      .join("\n"),
  sample: () => highlighted(firstSample(), "javascript"),
  environments: () =>
    environments()
      .map((name) => `<li>${marked(name)}</li>`)
      .join("\n"),
};

export const prerender = (): Plugin => ({
  name: "prerender",
  transformIndexHtml: {
    order: "pre",
    handler: (html) => html.replace(/<!-- build: (\w+) -->/g, (comment, name: string) => parts[name]?.() ?? comment),
  },
});
