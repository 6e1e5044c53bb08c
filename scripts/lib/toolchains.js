import { readFileSync } from "node:fs";
import { at } from "./paths.js";

/** @returns {string} */
const oldest = () => {
  const version = /^rust-version = "(.+)"$/m.exec(readFileSync(at("Cargo.toml"), "utf8"))?.[1];
  if (!version) throw new Error("Cargo.toml: expected a line rust-version");
  return version;
};

/** The oldest Rust that the crate compiles on. */
export const MSRV = oldest();

/** The Rust whose rustdoc writes the JSON that `tests/public-api/` reads: it changes from version to version. */
export const LISTING_RUST = "1.95.0";
