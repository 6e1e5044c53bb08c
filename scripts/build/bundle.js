// cspell:ignore funs
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { at } from "../lib/paths.js";
import { reviewPage } from "../lib/review-page.js";
import { script } from "./groups.js";
import { libraries } from "./libraries.js";
import { version } from "./version.js";
import { wasmText } from "./wasm-text.js";

/** @typedef {Awaited<ReturnType<typeof import("./wasm.js").compile>>} Compiled */

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  // Webpack 4, Metro and the browsers of 2020 read this. Code that only Node runs may be newer.
  target: "es2019",
  platform: "neutral",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/**
 * The entry files of pkg-template/src, bundled with what the compiler made. terser makes the minified ones smaller by
 * a sixteenth than esbuild alone.
 * @param {Compiled} compiled
 * @param {string} dist
 */
export const bundleClient = async (compiled, dist) => {
  /** @param {string} name @param {"esm" | "cjs"} format @returns {import("esbuild").BuildOptions} */
  const options = (name, format) => ({
    ...common,
    format,
    // Fields are assigned: defining them takes a helper.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
    entryPoints: [at("pkg-template", "src", `${name}.ts`)],
    outfile: join(dist, `${name}.${format === "esm" ? "js" : "cjs"}`),
    plugins: [names(compiled, format)],
  });
  /** @param {string} name */
  const small = (name) => bundleSmall(options(name, "esm"), { linked: true, ...forImports });
  /** CommonJS is for servers and test runners: there names are worth more than bytes. @param {string} name */
  const readable = (name) => build({ ...options(name, "cjs"), sourcemap: "linked" });
  const [metafile] = await Promise.all([
    small("module"),
    small("index"),
    small("inlined"),
    small("slim"),
    small("connect-error"),
    small("connect-error-untold"),
    readable("index"),
    readable("slim"),
    errorClass(join(dist, "error.js")),
  ]);
  writeFileSync(script, JSON.stringify(metafile));
};

const errorFile = at("pkg-template", "src", "error.ts");

/** @param {string} to the class keeps its name: it is what consoles show */
const errorClass = async (to) => {
  const { code, map } = await transform(readFileSync(errorFile, "utf8"), {
    loader: "ts",
    sourcefile: "pkg-template/src/error.ts",
    sourcemap: "external",
    target: common.target,
    charset: "utf8",
    // When nobody catches an error, Node prints the line that threw it.
    lineLimit: 500,
    minifyWhitespace: true,
    minifySyntax: true,
  });
  writeFileSync(to, `${code}//# sourceMappingURL=error.js.map\n`);
  writeFileSync(`${to}.map`, map);
};

/**
 * Says what the names in pkg-template/src stand for.
 *
 * Among ES modules some stay files of their own: the error class, the client with the wasm inside, and what only
 * servers need. All entries then share one error class, and bundlers leave out or replace whole files.
 * @param {Compiled} compiled
 * @param {"esm" | "cjs"} format
 * @returns {import("esbuild").Plugin}
 */
const names = (compiled, format) => ({
  name: "botsplash",
  setup({ onResolve, onLoad }) {
    const apart = format === "esm";
    onResolve({ filter: /^#glue$/ }, () => ({ path: compiled.glue }));
    // wasm-bindgen has copied it; there must be one.
    onResolve({ filter: /\/js\/said\.js$/ }, () => ({ path: at("src", "js", "said.js") }));
    onResolve({ filter: /\/error\.ts$/ }, () => (apart ? { path: "./error.js", external: true } : { path: errorFile }));
    onResolve({ filter: /^\.\/(inlined|connect-error)\.ts$/ }, ({ path }) =>
      apart ? { path: path.replace(".ts", ".js"), external: true } : undefined,
    );
    onResolve({ filter: /\?module$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^#(tables|wasm-text)$/ }, ({ path }) => ({ path, namespace: "made" }));
    onLoad({ filter: /^#tables$/, namespace: "made" }, () => ({
      contents: JSON.stringify(compiled.tables),
      loader: "json",
    }));
    onLoad({ filter: /^#wasm-text$/, namespace: "made" }, () => ({
      contents: wasmText(compiled.wasm),
      loader: "text",
    }));
  },
});

/** The client's own names, which nobody else sees: neither its users, nor the platform, nor the API. */
export const clientNames = [
  "allowsBrowserCredentials",
  "bodyKey",
  "callbacks",
  "causeCode",
  "connectedOnce",
  "engine",
  "isAlive",
  "isFreed",
  "isKeyInBody",
  "isRequired",
  "failure",
  "limitMs",
  "lose",
  "neverConnected",
  "problem",
  "started",
  "takesSubmissionKey",
  "trustsConnectErrors",
  "unlisten",
  "wasTried",
];

/**
 * terser's settings for the client. A line ends wherever a statement does, since Node prints the line of an error that
 * nobody catches.
 * @type {import("terser").MinifyOptions}
 */
const forImports = {
  ecma: 2019,
  module: true,
  compress: {
    passes: 4,
    keep_fargs: false,
    sequences: false,
    pure_getters: true,
    hoist_funs: true,
    negate_iife: false,
  },
  mangle: { properties: { regex: new RegExp(`^(${clientNames.join("|")})$`) } },
  format: { semicolons: false },
};

/**
 * Bundles with esbuild, and makes that smaller with terser. Writes the script and its source map.
 * @param {import("esbuild").BuildOptions} options
 * @param {import("terser").MinifyOptions & { linked?: boolean }} terser `linked`: the script names its map
 */
const bundleSmall = async (options, { linked = false, ...terser }) => {
  const outfile = String(options.outfile);
  const { outputFiles = [], metafile } = await build({
    ...options,
    minify: true,
    sourcemap: "external",
    metafile: true,
    write: false,
  });
  const [map, script] = outputFiles;
  const { code, map: mapOfAll } = await minify(String(script?.text), {
    ...terser,
    sourceMap: { content: String(map?.text), includeSources: true },
  });
  writeFileSync(outfile, `${code}\n${linked ? `//# sourceMappingURL=${basename(outfile)}.map\n` : ""}`);
  writeFileSync(`${outfile}.map`, String(mapOfAll));
  return metafile;
};

/** The form script's own names, which nobody else sees. */
const ownNames = /^(isBlocked|hurry|fault)$/;

/**
 * The scripts that pages download. They are for browsers since 2020, and for pages that do not state an encoding. terser
 * makes it smaller by a twentieth than esbuild can. Bundlers read the module too, so its syntax is that of 2019.
 * @param {string} entry
 * @param {"esm" | "iife"} format
 * @param {string} outfile
 */
const bundleForPages = (entry, format, outfile) =>
  bundleSmall(
    {
      ...common,
      target: format === "esm" ? common.target : "es2020",
      format,
      // No "use strict", which esbuild would take from our tsconfig.json: it changes nothing here.
      tsconfigRaw: "{}",
      entryPoints: [at(entry)],
      outfile,
    },
    {
      // It knows younger syntax, and would use it.
      ecma: format === "esm" ? 2019 : 2020,
      module: format === "esm",
      toplevel: true,
      // With these, the script compresses best.
      compress: {
        passes: 4,
        unsafe: true,
        hoist_funs: true,
        keep_fargs: false,
        pure_getters: true,
        sequences: false,
        negate_iife: false,
        booleans: false,
      },
      mangle: { properties: { regex: ownNames } },
      format: { ascii_only: true },
    },
  );

/**
 * The parts written in JavaScript, each in a file of its own; readable, since people will step into it,
 * but for what pages download.
 * @param {string} dist
 */
export const bundleLibraries = async (dist) => {
  /** @param {import("./libraries.js").Library} library @param {"esm" | "cjs"} format */
  const library = ({ name, entry }, format) =>
    build({
      ...common,
      format,
      entryPoints: [at(entry)],
      // The client is the package's own, whichever is right where the library runs.
      external: ["botsplash"],
      plugins: [reviewPage],
      outfile: join(dist, `${name}.${format === "esm" ? "js" : "cjs"}`),
      sourcemap: "linked",
    });
  await Promise.all([
    ...libraries.flatMap((one) => [
      one.forPages ? bundleForPages(one.entry, "esm", join(dist, `${one.name}.js`)) : library(one, "esm"),
      library(one, "cjs"),
    ]),
    bundleForPages("relay/form/auto.ts", "iife", join(dist, "form-auto.js")),
    // The command starts quickly, since each subcommand is a file that only its own name loads.
    build({
      ...common,
      target: "es2022",
      format: "esm",
      splitting: true,
      entryPoints: [at("command", "main.ts")],
      external: ["botsplash", "node:*"],
      plugins: [reviewPage],
      define: { BOTSPLASH_VERSION: JSON.stringify(version()) },
      outdir: join(dist, "command"),
    }),
  ]);
};
