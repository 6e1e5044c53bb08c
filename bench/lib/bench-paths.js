import { join } from "node:path";
import { at, cache } from "../../scripts/lib/paths.js";

/** @param {...string} parts of a path in bench/ */
export const inBench = (...parts) => at("bench", ...parts);

/** @param {...string} parts of a path among what is made on the way */
export const made = (...parts) => join(cache, "bench", ...parts);
