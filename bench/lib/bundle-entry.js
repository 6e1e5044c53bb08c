import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build } from "esbuild";
import { at } from "../../scripts/lib/paths.js";
import { inBench } from "./bench-paths.js";
import { reqwestFile } from "./peers.js";

/**
 * @typedef {"node" | "page" | "worker"} Runtime
 * @typedef {{ file: string } | { source: string }} Entry a file in bench/, or the text of one
 */

const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * Bundles for a runtime, minified, as an app would be.
 * @param {Entry} entry
 * @param {Runtime} runtime
 * @param {string} [outfile]
 * @returns {Promise<Uint8Array>} the bundle
 */
export const bundle = async (entry, runtime, outfile) => {
  const { outputFiles } = await build({
    ...("file" in entry
      ? { entryPoints: [inBench(entry.file)] }
      : { stdin: { contents: entry.source, resolveDir: inBench(), loader: "ts" } }),
    outfile: outfile ?? inBench("bundle.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    // As wrangler does for a Worker.
    platform: runtime === "node" ? "node" : "browser",
    mainFields: runtime === "node" ? ["module", "main"] : ["browser", "module", "main"],
    conditions: runtime === "worker" ? ["workerd", "worker", "browser", "import"] : ["import"],
    // As wrangler does: a compiled module is not bundled but handed over beside the script.
    external: runtime === "worker" ? ["*?module", "*.wasm", "node:*"] : [],
    // The generated client stands elsewhere than the packages it needs.
    nodePaths: [inBench("node_modules"), at("node_modules")],
    // Node's own modules, which packages in CommonJS require.
    banner: { js: runtime === "node" ? REQUIRE : "" },
    legalComments: "none",
    // When nobody catches an error, Node prints the line that threw it.
    lineLimit: 500,
    logLevel: "error",
    loader: { ".wasm": "binary" },
    plugins: [reqwest(runtime), withoutWasm],
    write: false,
  });
  if (outfile) {
    await mkdir(dirname(outfile), { recursive: true });
    await writeFile(outfile, outputFiles[0].contents);
  }
  return outputFiles[0].contents;
};

/** @param {Runtime} runtime @returns {import("esbuild").Plugin} */
const reqwest = (runtime) => ({
  name: "reqwest",
  setup({ onResolve }) {
    onResolve({ filter: /^#reqwest$/ }, () => ({ path: reqwestFile(".js") }));
    onResolve({ filter: /^#reqwest-wasm$/ }, () =>
      runtime === "worker" ? { path: "reqwest.wasm", external: true } : { path: reqwestFile(".wasm") },
    );
  },
});

/** For the contestant that is our JavaScript without Rust. @type {import("esbuild").Plugin} */
const withoutWasm = {
  name: "without-wasm",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#glue$/ }, ({ path }) => ({ path, namespace: "none" }));
    onLoad({ filter: /^#glue$/, namespace: "none" }, () => ({ contents: "module.exports = {};" }));
  },
};
