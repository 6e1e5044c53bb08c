// Makes pkg/, the folder that is published. Does nothing when nothing it is made of has changed.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./lib/fingerprint.js";
import { at, cache, pkg } from "./lib/paths.js";
import { runAsScript } from "./lib/run.js";
import { forBuild } from "./setup.js";

const documents = ["CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
const inputs = [
  "Cargo.toml",
  "Cargo.lock",
  ".cargo",
  "src",
  "pkg-template",
  "sandbox",
  "relay",
  "command",
  "openapi.json",
  "scripts/build",
  "scripts/build.js",
  "scripts/lib",
  "tsconfig.json",
  "tsconfig.library.json",
  "package-lock.json",
  ...documents,
  "README.md",
];

export const build = async () => {
  await forBuild();
  // From here on, scripts may import TypeScript, which Node 20 cannot.
  (await import("tsx/esm/api")).register();
  const stamp = join(cache, "build-stamp");
  const now = fingerprint(...inputs);
  if (!existsSync(pkg) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== now) {
    rmSync(stamp, { force: true });
    await make();
    writeFileSync(stamp, now);
  }
  link();
};

/** Here, "botsplash" is what was built, exports and all; `npm ci` removes the link. */
const link = () => {
  const path = at("node_modules", "botsplash");
  if (!existsSync(path)) symlinkSync(pkg, path, "junction");
};

const make = async () => {
  // Not before setup has seen to it that these can be loaded.
  const { compile } = await import("./build/wasm.js");
  const { bundleClient, bundleLibraries } = await import("./build/bundle.js");
  const { declareClient, declareLibraries } = await import("./build/types.js");
  const { tidyMaps } = await import("./build/maps.js");
  const { notices } = await import("./build/notices.js");

  console.log("build: compiling the crate");
  mkdirSync(cache, { recursive: true });
  const compiled = await compile();

  console.log("build: making pkg/");
  // Made aside, so that what uses pkg/ meanwhile never sees half of it.
  const folder = join(cache, "pkg");
  rmSync(folder, { recursive: true, force: true });
  const dist = join(folder, "dist");
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "botsplash.wasm"), compiled.wasm);
  await Promise.all([
    bundleClient(compiled, dist),
    bundleLibraries(dist),
    declareClient(compiled.types, dist),
    declareLibraries(dist),
  ]);
  tidyMaps(dist);
  writeFileSync(join(folder, "package.json"), await manifest());
  writeFileSync(join(folder, "README.md"), await readme());
  for (const name of documents) cpSync(at(name), join(folder, name));
  writeFileSync(join(folder, "THIRD-PARTY.txt"), await notices());
  rmSync(pkg, { recursive: true, force: true });
  renameSync(folder, pkg);
  const { tellSizes } = await import("./build/sizes.js");
  await tellSizes(join(pkg, "dist"));
  // Else its helper would stay for as long as the demo does, and a little longer.
  const { stop } = await import("esbuild");
  await stop();
};

/** The README's sections for a user of the package. Its links lead to the project's address, where there is one. */
const readme = async () => {
  const { withSections } = await import("./readme/sections.js");
  const { repository, version } = await import("./build/version.js");
  const address = repository();
  const text = withSections(readFileSync(at("pkg-template", "README.md"), "utf8")).replace(
    /^<!-- from \S+ -->\n/gm,
    "",
  );
  return text.replace(/\[([^\]]+)\]\((?!https?:|#)([^)]*)\)/g, (_, words, path) =>
    address ? `[${words}](${address}/blob/v${version()}/${path})` : words,
  );
};

const manifest = async () => {
  const { repository, version } = await import("./build/version.js");
  const { name, ...rest } = JSON.parse(readFileSync(at("pkg-template", "package.json"), "utf8"));
  const address = repository();
  const places = address && {
    homepage: address,
    repository: { type: "git", url: `git+${address}.git` },
    bugs: `${address}/issues`,
  };
  return `${JSON.stringify({ name, version: version(), ...places, ...rest }, null, 2)}\n`;
};

/** Too much weight fails the build and the tests. The demo starts all the same. */
const main = async () => {
  await build();
  const { enforceBudget } = await import("./build/sizes.js");
  await enforceBudget(join(pkg, "dist"));
};

await runAsScript(import.meta, main);
