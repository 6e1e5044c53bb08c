// The facts of Cargo.toml about the crate, which the npm package repeats.
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";

/** @param {string} key of Cargo.toml's `[package]`, which comes first */
const said = (key) => {
  const [section = ""] = readFileSync(at("Cargo.toml"), "utf8").split(/^\[(?!package\])/m);
  return new RegExp(`^${key} = "([^"]*)"`, "m").exec(section)?.[1];
};

/** @returns {string} the package's version: the crate's */
export const version = () => said("version") ?? "";

/** @returns {string | undefined} the project's address, which stands in Cargo.toml and nowhere else */
export const repository = () => said("repository");
