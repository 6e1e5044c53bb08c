import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @typedef {Pick<Awaited<ReturnType<typeof import("./visit.js").visit>>, "page">} Visit */

/** @param {Visit} visit @returns {Promise<string[]>} what stands in somebody's way */
export const violations = async ({ page }) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  return violations.flatMap((/** @type {any} */ { id, nodes }) =>
    nodes.map((/** @type {any} */ node) => `${id}: ${node.target} ${node.failureSummary}`),
  );
};

/** @param {Visit} visit @returns {Promise<number>} by how many pixels the page is wider than its window */
export const sticksOut = ({ page }) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
