// Nodes beside the machine's own, out of the packages that npm has of them.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { npmInstall } from "./npm.js";
import { cache } from "./paths.js";

/** The first that the package says it runs in. */
export const OLDEST = "20.0.0";
export const NEWEST = "26.10.0";
/** The first that the relay on one's own machine runs in. */
export const OLDEST_HOST = "24.15.0";

// The package `node` only installs one of these, by a script.
const { platform, arch } = process;
const name = `${platform === "darwin" && arch === "arm64" ? "node-bin" : "node"}-${platform}-${arch}`;

/** @param {string} home @param {string} version */
const install = async (home, version) => {
  if (existsSync(home)) return;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(`${home}-`);
  try {
    await writeFile(join(folder, "package.json"), '{ "private": true }');
    await npmInstall([`${name}@${version}`, "--prefer-offline"], { cwd: folder });
    // At once, so that an environment that is tested beside this one finds all of it or nothing.
    await rename(folder, home).catch((error) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** @param {string} version @returns {string} where its program is, once `nodeOf` has seen to it */
export const programOf = (version) => join(homeOf(version), "node_modules", name, "bin", "node");

/** @param {string} version */
const homeOf = (version) => join(cache, `node-${version}`);

/**
 * @param {string} version
 * @returns {Promise<{ version: string, node: string, env: { PATH: string } }>} with `env`, programs find this Node first
 */
export const nodeOf = async (version) => {
  await install(homeOf(version), version);
  const node = programOf(version);
  return { version, node, env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` } };
};

/** For what the machine's own is too old for. */
export const newestNode = () => nodeOf(NEWEST);
