import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, pkg } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";

/** @param {string} command @param {string[]} args @param {string} cwd */
export const succeed = async (command, args, cwd) => {
  const { code, output } = await capture(command, args, { cwd });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed (${code}):\n${output}`);
  return output;
};

/**
 * A folder outside the repository, away from its node_modules, that goes with the test.
 * @param {import("node:test").TestContext} test
 */
export const temporaryFolder = async (test) => {
  const folder = await mkdtemp(join(tmpdir(), "botsplash-"));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** @param {string} folder @returns the path of the tarball, made there as `npm publish` would */
export const pack = async (folder) => {
  await succeed("npm", ["pack", pkg, "--pack-destination", folder, "--silent"], folder);
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  return join(folder, /** @type {string} */ (tarball));
};

/**
 * One of the projects beside this file, with the packed package installed from its tarball.
 * @param {import("node:test").TestContext} test
 * @param {string} name
 */
export const consumer = async (test, name) => {
  const folder = await temporaryFolder(test);
  const tarball = await pack(folder);
  await cp(at("tests", "packages", name), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
  await succeed("npm", ["install", tarball, "--offline", "--no-audit", "--no-fund", "--silent"], folder);
  return folder;
};
