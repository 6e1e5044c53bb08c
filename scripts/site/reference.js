// The reference of each package entry, by TypeDoc, and of the crate, by rustdoc.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, cache, pkg } from "../lib/paths.js";
import { show } from "../lib/run.js";

/** @param {string} to */
export const npmReference = async (to) => {
  const folder = join(cache, "typedoc");
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "typedoc.json");
  const tsconfig = join(folder, "tsconfig.json");
  const dist = join(pkg, "dist");
  const entries = ["index", "slim", "sandbox", "relay", "form"].map((name) => join(dist, `${name}.d.ts`));
  writeFileSync(
    tsconfig,
    JSON.stringify({
      extends: at("tsconfig.json"),
      compilerOptions: { allowJs: false, checkJs: false, types: [], paths: { botsplash: [join(dist, "index.d.ts")] } },
      include: [],
      files: entries,
    }),
  );
  writeFileSync(
    config,
    JSON.stringify({
      name: "botsplash for JavaScript",
      entryPoints: entries,
      tsconfig,
      out: to,
      readme: "none",
      disableSources: true,
      excludePrivate: true,
      hideGenerator: true,
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
  await show("cargo", [
    "doc",
    "--quiet",
    "--no-deps",
    "--lib",
    "--target",
    "wasm32-unknown-unknown",
    "--target-dir",
    target,
  ]);
  rmSync(to, { recursive: true, force: true });
  cpSync(join(target, "wasm32-unknown-unknown", "doc"), to, { recursive: true });
  rmSync(join(to, ".lock"), { force: true });
  // rustdoc's help page leads to a list of crates, which it makes for several alone.
  writeFileSync(
    join(to, "index.html"),
    '<!doctype html><meta http-equiv="refresh" content="0; url=botsplash/index.html">\n',
  );
};
