// cspell:ignore licen
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { at } from "../lib/paths.js";
import { capture, Trouble } from "../lib/run.js";

/** The packages bundled from npm: the sandbox's validator, and the command's readers of misspelt words and YAML. */
const npmPackages = ["@cfworker/json-schema", "leven", "yaml"];

/**
 * @typedef {object} Part
 * @property {"cargo" | "npm"} from
 * @property {string} name
 * @property {string} version
 * @property {string} license as an SPDX expression
 * @property {string} folder
 */

/** @returns {Promise<Part[]>} whose work is in the npm package */
export const parts = async () => [...(await crates()), ...npmPackages.map(npmPackage)];

/** @returns {Promise<string>} whose work is in the package, and under which terms */
export const notices = async () => {
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const { name, version, license, folder } of await parts()) {
    const text = licenseText(folder) ?? `Licensed under ${license}.`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const texts = [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text.trim()}\n`);
  return `This package contains work of others, with our thanks.\n\n${texts.join(`\n${"-".repeat(72)}\n\n`)}`;
};

/** @returns {Promise<Part[]>} the crates that are linked into the wasm; macros leave only our own code */
const crates = async () => {
  const { code, output } = await capture("cargo", [
    "metadata",
    "--quiet",
    "--format-version",
    "1",
    "--filter-platform",
    "wasm32-unknown-unknown",
  ]);
  if (code !== 0) throw new Trouble(output);
  const { packages, resolve } = JSON.parse(output.slice(output.indexOf("{")));
  const byId = new Map(packages.map((/** @type {any} */ crate) => [crate.id, crate]));
  const nodes = new Map(resolve.nodes.map((/** @type {any} */ node) => [node.id, node]));
  /** @type {Set<string>} */
  const seen = new Set();
  /** @param {string} id */
  const visit = (id) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      const isLinked = dep_kinds.some((/** @type {any} */ { kind }) => kind === null);
      const isMacro = byId.get(pkg).targets.some((/** @type {any} */ { kind }) => kind.includes("proc-macro"));
      if (isLinked && !isMacro) visit(pkg);
    }
  };
  visit(resolve.root);
  seen.delete(resolve.root);
  return [...seen]
    .map((id) => byId.get(id))
    .map(({ name, version, license, manifest_path }) => ({
      from: /** @type {const} */ ("cargo"),
      name,
      version,
      license,
      folder: dirname(manifest_path),
    }));
};

/** @param {string} name @returns {Part} */
const npmPackage = (name) => {
  const folder = at("node_modules", ...name.split("/"));
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { from: "npm", name, version, license, folder };
};

/** @param {string} folder the text under which we use it: MIT where there is a choice */
const licenseText = (folder) => {
  const names = readdirSync(folder).filter((name) => /^licen[cs]e/i.test(name));
  const name = names.find((one) => /mit/i.test(one)) ?? names.find((one) => !/apache/i.test(one));
  return name && existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : undefined;
};
