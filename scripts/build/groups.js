// The bytes of the wasm and its JavaScript, before compression, by their origin.
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { at, cache, pkg } from "../lib/paths.js";

/** @typedef {Record<string, number>} Groups bytes by group, most first */

/** The shipped wasm before its names are taken away, and esbuild's report on its JavaScript. */
export const named = join(cache, "bindgen", "named.wasm");
export const script = join(cache, "bindgen", "module.meta.json");

/** @returns {Groups} of the last build; none where it has left no names */
export const groups = () => {
  if (!existsSync(named) || !existsSync(script)) return {};
  const all = {
    ...ofWasm(readFileSync(named)),
    ...ofScript(JSON.parse(readFileSync(script, "utf8"))),
    "JavaScript: error.js": statSync(join(pkg, "dist", "error.js")).size,
  };
  return Object.fromEntries(Object.entries(all).sort(([, a], [, b]) => b - a));
};

/** @param {import("esbuild").Metafile} metafile */
const ofScript = ({ outputs }) => {
  /** @type {Groups} */
  const found = {};
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = basename(path) === "botsplash_bg.js" ? "wasm-bindgen's glue" : basename(path);
      if (bytesInOutput > 0) found[`JavaScript: ${name}`] = bytesInOutput;
    }
  }
  return found;
};

const CODE = 10;
export const DATA = 11;
const CUSTOM = 0;

/** @param {Buffer} wasm with its names @returns {Groups} */
export const ofWasm = (wasm) => {
  /** @type {Groups} */
  const found = {};
  /** @param {string} group @param {number} bytes */
  const add = (group, bytes) => {
    found[group] = (found[group] ?? 0) + bytes;
  };
  // Names count the functions that are imported, too.
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(Uint8Array.from(wasm))).filter(
    ({ kind }) => kind === "function",
  ).length;
  /** @type {number[]} */
  let bodies = [];
  /** @type {Map<number, string>} */
  let names = new Map();
  const file = reader(wasm, 8);
  while (file.more()) {
    const id = file.byte();
    const section = reader(file.bytes(file.number()));
    if (id === CODE) bodies = Array.from({ length: section.number() }, () => section.bytes(section.number()).length);
    else if (id === CUSTOM) names = section.text() === "name" ? functionNames(section) : names;
    else add(id === DATA ? "wasm: data" : "wasm: imports, exports, types", section.size);
  }
  for (const [index, bytes] of bodies.entries()) add(`wasm: ${groupOf(names.get(imported + index) ?? "")}`, bytes);
  return found;
};

/** @param {ReturnType<typeof reader>} section */
const functionNames = (section) => {
  /** @type {Map<number, string>} */
  const names = new Map();
  while (section.more()) {
    const kind = section.byte();
    const part = reader(section.bytes(section.number()));
    if (kind !== 1) continue;
    for (let left = part.number(); left > 0; left--) names.set(part.number(), part.text());
  }
  return names;
};

/** @param {Buffer} bytes @param {number} [at] reads the numbers and texts of a wasm */
export const reader = (bytes, at = 0) => ({
  size: bytes.length,
  more: () => at < bytes.length,
  byte: () => bytes[at++],
  /** LEB128 */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  },
  /** @param {number} length */
  bytes(length) {
    return bytes.subarray(at, (at += length));
  },
  text() {
    return this.bytes(this.number()).toString("utf8");
  },
});

/**
 * A function's group: of the crate itself the file, else the crate. The code that another crate's function
 * was made for by ours (to drop one of our types, say) counts as ours.
 * @param {string} name as the compiler wrote it
 */
const groupOf = (name) => {
  const path = name.replaceAll(/\[[0-9a-f]+\]/g, "");
  const own = /\bbotsplash((?:::\w+)+)/.exec(path)?.[1].split("::").slice(1);
  if (own) {
    for (let depth = own.length; depth > 0; depth--) {
      const file = `${own.slice(0, depth).join("/")}.rs`;
      if (existsSync(at("src", file))) return `src/${file}`;
    }
    return "src/lib.rs";
  }
  const crate = /^\W*(?:impl |dyn |mut )*([a-z_]\w*)::/.exec(path)?.[1];
  return crate ?? "shims, and what has no name";
};
