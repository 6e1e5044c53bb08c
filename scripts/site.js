// Builds the site: guides with their search, the demo page, the reference of package and crate, the OpenAPI document.
// It is static, asks nobody else for anything, and works in any folder of any file server.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.js";
import { fingerprint } from "./lib/fingerprint.js";
import { at, cache } from "./lib/paths.js";
import { runAsScript, show } from "./lib/run.js";
import { mdbook } from "./setup.js";

export const site = at("site");

export const buildSite = async () => {
  await Promise.all([build(), mdbook()]);
  const { stage } = await import("./site/stage.js");
  const { npmReference, rustReference } = await import("./site/reference.js");
  const { writeMarkdown } = await import("./site/markdown.js");
  const { finish } = await import("./site/finish.js");

  const book = join(cache, "book");
  rmSync(book, { recursive: true, force: true });
  mkdirSync(book, { recursive: true });
  cpSync(at("docs", "book.toml"), join(book, "book.toml"));
  cpSync(at("docs", "theme"), join(book, "theme"), { recursive: true });
  const chapters = await stage(join(book, "src"));
  rmSync(site, { recursive: true, force: true });
  await show("mdbook", ["build", book, "--dest-dir", site], { env: { RUST_LOG: "warn" } });
  writeMarkdown(chapters, join(book, "src"), site);

  cpSync(at("openapi.json"), join(site, "openapi.json"));
  const tools = ["scripts/site.js", "scripts/site", "package-lock.json"];
  const shown = ["README.md", "docs/environments.md"];
  await part("demo", ["pkg", "www", "relay", "sandbox", "openapi.json", ...shown, ...tools], async (to) => {
    const { build: bundle } = await import("vite");
    await bundle({ root: at("www"), logLevel: "warn", build: { outDir: to, emptyOutDir: true } });
  });
  await part("reference/npm", ["pkg", "tsconfig.json", "docs/theme", ...tools], npmReference);
  await part("reference/rust", ["src", "Cargo.toml", "Cargo.lock", "docs/theme", ...tools], rustReference);
  finish(site);
};

/**
 * A folder of the site that takes long to make: made again only when what it is made of has changed.
 * @param {string} name
 * @param {string[]} inputs
 * @param {(to: string) => Promise<void>} make
 */
const part = async (name, inputs, make) => {
  const kept = join(cache, "site", ...name.split("/"));
  const stamp = `${kept}.stamp`;
  const now = fingerprint(...inputs);
  if (!existsSync(kept) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== now) {
    rmSync(stamp, { force: true });
    rmSync(kept, { recursive: true, force: true });
    await make(kept);
    writeFileSync(stamp, now);
  }
  cpSync(kept, join(site, ...name.split("/")), { recursive: true });
};

const main = async () => {
  await buildSite();
  const { brokenLinks } = await import("./site/links.js");
  const { Trouble } = await import("./lib/run.js");
  const broken = brokenLinks(site);
  if (broken.length > 0) throw new Trouble(`links that lead nowhere:\n${broken.join("\n")}`);
  console.log("The site is in site/: any folder of any file server will do");
};

await runAsScript(import.meta, main);
