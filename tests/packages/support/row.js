// What the README's table of environments is made of: each environment that passed says so itself.
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { environments } from "../../../scripts/lib/paths.js";

/**
 * @typedef {object} Row
 * @property {string} environment As the table names it: "Vite 8, build".
 * @property {Record<string, string>} versions What was tried, by name: `{ vite: "8.3.8" }`.
 * @property {string} [note] What one needs to know, or why it cannot pass.
 * @property {number} [appBytes] For bundlers: all JavaScript and wasm that the production app downloads, after brotli 11.
 */

/** @param {Row} row recorded when the test file that calls this has passed, all of it */
export const row = ({ environment, versions, note, appBytes }) => {
  process.once("exit", (code) => {
    if (code !== 0) return;
    mkdirSync(dirname(environments), { recursive: true });
    // One short write: environments that are tested at the same time do not mix.
    appendFileSync(environments, `${JSON.stringify({ environment, versions, note, appBytes })}\n`);
  });
};
