// Which file imports which, in TypeScript, JavaScript and Rust. Types count: who names a type leans on its file.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { at, root } from "../../scripts/lib/paths.js";

/** @typedef {Map<string, Set<string>>} Graph by file, the files that it imports; paths in the repository */

/** @returns {string[]} the files that are the project's, by their paths in it */
const projectFiles = () =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" })
    .split("\n")
    .filter((file) => file !== "" && existsSync(at(file)));

/** A type that a comment names: `@param {import("./run.js").Stage} stage`. */
const IN_COMMENTS = /\bimport\("(\.{1,2}\/[^"]+)"\)/g;

/** @param {string} text of a script @returns {string[]} */
export const specifiers = (text) => [
  ...ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
  ...[...text.matchAll(IN_COMMENTS)].map(([, specifier = ""]) => specifier),
];

/** @param {string} file @param {string} text @returns {string[]} the files of the project that a script imports */
const scriptImports = (file, text) =>
  specifiers(text)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => posix.join(dirname(file), specifier));

/** @param {string} text of a Rust file, without comments and strings */
const bare = (text) =>
  text
    .replace(/\/\/.*$/gm, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/"(?:\\.|[^"\\])*"/g, '""');

/** @param {string} tree `a::{b, c::{d, e}}` @returns {string[]} `a::b`, `a::c::d`, `a::c::e` */
export const paths = (tree) => {
  const open = tree.indexOf("{");
  if (open === -1) return [tree.replace(/\s+as\s+\w+/, "").trim()];
  const before = tree.slice(0, open).trim();
  const inner = tree.slice(open + 1, tree.lastIndexOf("}"));
  /** @type {string[]} */
  const parts = [""];
  let depth = 0;
  for (const char of inner) {
    if (char === "{") depth += 1;
    if (char === "}") depth -= 1;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.filter((part) => part.trim() !== "").flatMap((part) => paths(before + part.trim()));
};

/**
 * The modules of the crate that a file names: in `use`, and in paths that begin with `crate`.
 * @param {string} file
 * @param {string} text
 * @param {(path: string) => boolean} isFile
 * @returns {string[]}
 */
export const rustImports = (file, text, isFile) => {
  const code = bare(text);
  const uses = [...code.matchAll(/\buse\s+([^;]+);/g)].flatMap(([, tree = ""]) => paths(tree));
  const inline = [...code.matchAll(/(?<![\w:$])\$?crate(?:::\w+)+/g)].map(([path]) => path.replace("$", ""));
  const own = file.replace(/\.rs$/, "").split("/").slice(1);
  const found = [...uses, ...inline].flatMap((path) => {
    const names = path.split("::").map((name) => name.trim());
    const [first = ""] = names;
    /** @type {string[]} */
    let from;
    if (first === "crate") from = names.slice(1);
    else if (first === "self") from = [...own, ...names.slice(1)];
    else if (first === "super") {
      const ups = names.findIndex((name) => name !== "super");
      from = [
        ...own.slice(0, own.length - (ups === -1 ? names.length : ups)),
        ...names.slice(ups === -1 ? names.length : ups),
      ];
    } else return [];
    // The longest beginning that is a file: what comes after it is in that file.
    for (let length = from.length; length > 0; length -= 1) {
      const path = `src/${from.slice(0, length).join("/")}.rs`;
      if (isFile(path)) return [path];
    }
    return [];
  });
  return [...new Set(found)];
};

/** @returns {Graph} */
export const importGraph = () => {
  const files = projectFiles();
  const known = new Set(files);
  /** @type {Graph} */
  const graph = new Map();
  for (const file of files) {
    const isScript = /\.(js|ts|tsx)$/.test(file);
    const isRust = /^src\/.*\.rs$/.test(file);
    if (!isScript && !isRust) continue;
    const text = readFileSync(join(root, file), "utf8");
    const imports = isScript ? scriptImports(file, text) : rustImports(file, text, (path) => known.has(path));
    graph.set(file, new Set(imports.filter((path) => path !== file && known.has(path))));
  }
  return graph;
};

/** @param {Graph} graph @returns {string[][]} files that lead back to themselves, each ring once */
export const rings = (graph) => {
  /** @type {string[][]} */
  const found = [];
  /** @type {Map<string, "open" | "done">} */
  const seen = new Map();
  /** @type {string[]} */
  const way = [];
  /** @param {string} file */
  const visit = (file) => {
    if (seen.get(file) === "done") return;
    if (seen.get(file) === "open") {
      found.push([...way.slice(way.indexOf(file)), file]);
      return;
    }
    seen.set(file, "open");
    way.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    way.pop();
    seen.set(file, "done");
  };
  for (const file of graph.keys()) visit(file);
  return found;
};
