// The review page's script and style as the texts that they must be. Node imports this file as `#review-page`; esbuild,
// which bundles the relay, is given the plugin.
import { buildSync } from "esbuild";
import { at } from "./paths.js";

/** @param {string} file in relay/ingress/review/page @returns {string} what a browser runs */
const textOf = (file) =>
  buildSync({
    entryPoints: [at("relay", "ingress", "review", "page", file)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    charset: "ascii",
    // Not by minifying names: its owner may look at it, and so may we.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "warning",
  }).outputFiles[0]?.text ?? "";

/** The script that runs in the page. */
export const script = textOf("script.ts");

/** How the page looks. */
export const style = textOf("style.css");

/** @type {import("esbuild").Plugin} */
export const reviewPage = {
  name: "review-page",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#review-page$/ }, ({ path }) => ({ path, namespace: "review-page" }));
    onLoad({ filter: /.*/, namespace: "review-page" }, () => ({
      contents: `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};`,
      loader: "js",
    }));
  },
};
