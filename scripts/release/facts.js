// The facts of a release: each stands in one file, and all must agree.
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";
import { capture } from "../lib/run.js";

/** @param {string} key of Cargo.toml's `[package]` */
const cargo = (key) => {
  const [, section = ""] = readFileSync(at("Cargo.toml"), "utf8").split(/^\[package\]$/m);
  return new RegExp(`^${key} = "([^"]*)"`, "m").exec(section.split(/^\[/m)[0] ?? "")?.[1];
};

/**
 * What Cargo.toml says of the crate, which is what the npm package says too. `repository` stands there and nowhere else.
 * @returns {{ version: string, repository: string | undefined }}
 */
export const facts = () => ({ version: cargo("version") ?? "", repository: cargo("repository") });

/** @returns {{ version: string, date: string | undefined }[]} the changelog's releases, newest first */
export const changelog = () =>
  [...readFileSync(at("CHANGELOG.md"), "utf8").matchAll(/^## \[?(\d+\.\d+\.\d+)\]?(?: - (\d{4}-\d{2}-\d{2}))?$/gm)].map(
    ([, version = "", date]) => ({ version, date }),
  );

/** @returns {Promise<string[]>} why this tree must not be released, in sentences */
export const problems = async () => {
  const { version, repository } = facts();
  const [newest] = changelog();
  const { output } = await capture("git", ["status", "--porcelain"]);
  return [
    ...(repository ? [] : ["Cargo.toml has no repository: add the project's address, which npm and crates.io show."]),
    ...(newest?.version === version
      ? []
      : [`CHANGELOG.md begins with ${newest?.version}, Cargo.toml says ${version}.`]),
    ...(newest?.date ? [] : [`CHANGELOG.md gives no date to ${newest?.version}.`]),
    ...(output.trim() ? ["The work tree has changes that are not committed."] : []),
  ];
};
