import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { at } from "./paths.js";

/** @param {string} path @returns {string[]} the files at and below it, in a fixed order */
const files = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)));
};

/** @param {...string} paths @returns one word for the contents of all files at and below the paths */
export const fingerprint = (...paths) => {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => files(at(path)))) {
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
};
