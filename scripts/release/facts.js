// The facts of a release: each stands in one file, and all must agree.
import { readdirSync, readFileSync } from "node:fs";
import { repository, version } from "../build/version.js";
import { at } from "../lib/paths.js";
import { capture } from "../lib/run.js";

/** @returns {{ version: string, date: string | undefined }[]} the changelog's releases, newest first */
export const changelog = () =>
  [...readFileSync(at("CHANGELOG.md"), "utf8").matchAll(/^## \[?(\d+\.\d+\.\d+)\]?(?: - (\d{4}-\d{2}-\d{2}))?$/gm)].map(
    ([, version = "", date]) => ({ version, date }),
  );

/** @returns {string[]} the documents that send their readers to a clone, since no registry has the package */
const unpublished = () =>
  [
    "README.md",
    "examples/cloudflare-worker/README.md",
    ...readdirSync(at("docs")).map((name) => `docs/${name}`),
  ].filter((file) => file.endsWith(".md") && readFileSync(at(file), "utf8").includes("not published yet"));

/** @returns {Promise<string[]>} why this tree must not be released, in sentences */
export const problems = async () => {
  const [newest] = changelog();
  const { output } = await capture("git", ["status", "--porcelain"]);
  return [
    ...(repository() ? [] : ["Cargo.toml has no repository: add the project's address, which npm and crates.io show."]),
    ...(newest?.version === version()
      ? []
      : [`CHANGELOG.md begins with ${newest?.version}, Cargo.toml says ${version()}.`]),
    ...(newest?.date ? [] : [`CHANGELOG.md gives no date to ${newest?.version}.`]),
    ...unpublished().map((file) => `${file} says that the package is not published yet.`),
    ...(output.trim() ? ["The work tree has changes that are not committed."] : []),
  ];
};
