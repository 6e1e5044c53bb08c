// The reference of each package entry, by TypeDoc, and of the crate, by rustdoc.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, cache, pkg } from "../lib/paths.js";
import { show } from "../lib/run.js";

/** The package's entries, with the first sentence of each one's page. @type {Record<string, string>} */
const entries = {
  botsplash: "Calls the nine operations of the API.",
  "botsplash/slim": "The same without the WebAssembly, which you hand over: for runtimes that load it by themselves.",
  "botsplash/sandbox": "A stand-in for the API, for tests.",
  "botsplash/relay": "Takes leads from public forms, keeps them, and sends each once.",
  "botsplash/form": "Makes a plain lead form better.",
};

/** @param {string} to */
export const npmReference = async (to) => {
  const folder = join(cache, "typedoc");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const dist = join(pkg, "dist");
  // A file for each, since TypeDoc takes an entry's name and its words from the file.
  const entryPoints = Object.entries(entries).map(([name, words]) => {
    const types = name === "botsplash" ? "index" : name.slice("botsplash/".length);
    const entry = join(folder, `${types}.ts`);
    writeFileSync(entry, `/**\n * ${words}\n * @module ${name}\n */\nexport * from "${join(dist, `${types}.js`)}";\n`);
    return entry;
  });
  const tsconfig = join(folder, "tsconfig.json");
  const compilerOptions = {
    allowJs: false,
    checkJs: false,
    types: [],
    paths: { botsplash: [join(dist, "index.d.ts")] },
  };
  writeFileSync(
    tsconfig,
    JSON.stringify({ extends: at("tsconfig.json"), compilerOptions, include: [], files: entryPoints }),
  );
  const config = join(folder, "typedoc.json");
  writeFileSync(
    config,
    JSON.stringify({
      name: "botsplash for JavaScript",
      entryPoints,
      tsconfig,
      out: to,
      readme: "none",
      favicon: at("docs", "theme", "favicon.svg"),
      disableSources: true,
      excludePrivate: true,
      hideGenerator: true,
      // Types link to a place in it that TypeDoc makes for some of them alone.
      includeHierarchySummary: false,
      navigation: { includeFolders: false },
      searchInComments: true,
      validation: { notExported: false },
      logLevel: "Warn",
    }),
  );
  await show("typedoc", ["--options", config]);
};

/** @param {string} to */
export const rustReference = async (to) => {
  const target = join(cache, "rustdoc");
  const wasm = ["--target", "wasm32-unknown-unknown", "--target-dir", target];
  const css = at("docs", "theme", "rustdoc.css");
  const env = { CARGO_ENCODED_RUSTDOCFLAGS: `--extend-css\x1f${css}` };
  await show("cargo", ["doc", "--quiet", "--no-deps", "--lib", ...wasm], { env });
  rmSync(to, { recursive: true, force: true });
  cpSync(join(target, "wasm32-unknown-unknown", "doc"), to, { recursive: true });
  rmSync(join(to, ".lock"), { force: true });
  // Cargo makes nothing anew where the style alone has changed.
  cpSync(css, join(to, "theme.css"));
  // rustdoc's help page leads to a list of crates, which it makes for several alone.
  writeFileSync(
    join(to, "index.html"),
    '<!doctype html><meta http-equiv="refresh" content="0; url=botsplash/index.html">\n',
  );
};
