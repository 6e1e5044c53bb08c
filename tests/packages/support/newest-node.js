// The newest Node that npm offers as a package, for what the machine's is too old for.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { cache } from "../../../scripts/lib/paths.js";
import { succeed } from "../install.js";

const VERSION = "26.10.0";

// The package `node` only installs one of these, by a script.
const { platform, arch } = process;
const name = `${platform === "darwin" && arch === "arm64" ? "node-bin" : "node"}-${platform}-${arch}`;
const home = join(cache, `node-${VERSION}`);

const install = async () => {
  if (existsSync(home)) return;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(`${home}-`);
  try {
    await writeFile(join(folder, "package.json"), '{ "private": true }');
    const quietly = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await succeed("npm", ["install", `${name}@${VERSION}`, ...quietly], folder);
    // At once, so that an environment that is tested beside this one finds all of it or nothing.
    await rename(folder, home).catch((error) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** @returns {Promise<{ version: string, node: string, env: { PATH: string } }>} with `env`, programs find this Node first */
export const newestNode = async () => {
  await install();
  const node = join(home, "node_modules", name, "bin", "node");
  return { version: VERSION, node, env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` } };
};
