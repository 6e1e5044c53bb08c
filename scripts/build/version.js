import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";

/** @returns {string} the package's version: the crate's */
export const version = () => /^version = "([^"]+)"/m.exec(readFileSync(at("Cargo.toml"), "utf8"))?.[1] ?? "";
