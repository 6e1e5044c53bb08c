import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * A program that an npm package brings in a package for each platform. Its own command in .bin
 * would want an install script, or put a process of Node's between us and it.
 * @param {string} folder where it is installed
 * @param {string} scope "@deno": npm has installed the packages there that fit this machine
 * @param {string} path inside the package
 */
export const binary = (folder, scope, path) => {
  const packages = join(folder, "node_modules", scope);
  const file = readdirSync(packages)
    .map((name) => join(packages, name, path))
    .find(existsSync);
  if (!file) throw new Error(`no ${path} in ${packages}`);
  return file;
};
