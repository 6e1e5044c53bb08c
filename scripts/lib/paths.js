import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** @param {...string} parts */
export const at = (...parts) => join(root, ...parts);

export const cache = at(".cache");
export const tools = at(".tools");
export const pkg = at("pkg");

/** A line for each environment in which the package has passed; see scripts/environments.js. */
export const environments = join(cache, "environments.jsonl");
