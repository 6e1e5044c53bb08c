import { existsSync, readFileSync } from "node:fs";
import { cp, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { npmInstall } from "../../scripts/lib/npm.js";
import { at, pkg } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { quiet } from "./support/quiet.js";

/** Far more than a build needs. */
const TIMEOUT_MS = 5 * 60_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [env]
 */
export const succeed = async (command, args, cwd, env) => {
  const { code, output } = await capture(command, args, { cwd, env: { ...quiet, ...env }, timeoutMs: TIMEOUT_MS });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed (${code}):\n${output}`);
  return output;
};

/** @param {string} folder @returns the path of the tarball, made there as `npm publish` would */
export const pack = async (folder) => {
  await succeed("npm", ["pack", pkg, "--pack-destination", folder, "--silent"], folder);
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  return join(folder, /** @type {string} */ (tarball));
};

/**
 * One of the projects beside this file, or another, with the packed package installed from its
 * tarball, and with what its own package.json asks for.
 * @param {string} name
 * @param {string} [project] its folder
 */
export const consumer = async (name, project = at("tests", "packages", name)) => {
  const folder = temporaryFolder();
  const tarball = await pack(folder);
  await cp(project, folder, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  const manifest = join(folder, "package.json");
  const asks = existsSync(manifest);
  if (!asks) await writeFile(manifest, JSON.stringify({ name, private: true, type: "module" }));
  await npmInstall([tarball, asks ? "--prefer-offline" : "--offline"], { cwd: folder, env: quiet });
  return folder;
};

/** @param {string} folder @param {...string} names @returns {Record<string, string>} the versions that are installed there */
export const installed = (folder, ...names) =>
  Object.fromEntries(
    names.map((name) => {
      const manifest = join(folder, "node_modules", name, "package.json");
      return [name, JSON.parse(readFileSync(manifest, "utf8")).version];
    }),
  );
