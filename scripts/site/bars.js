// Bars as HTML: docs/theme/charts.css gives them their colors, and lays them out for the width that there is. A chart is one
// line, so that a Markdown file can be rid of it. The table under a chart says the same to those who do not see it.

/**
 * @typedef {object} Part
 * @property {number} value
 * @property {"ours" | "peer" | "bad" | "worse" | "open"} kind
 *
 * @typedef {object} Bar
 * @property {string} name
 * @property {Part[]} parts beside each other, within one bar
 * @property {string} text the figures, as their table has them
 *
 * @typedef {object} Group
 * @property {string} [title]
 * @property {Bar[]} bars
 */

/** How each chart's line begins. */
export const CHART = '<figure class="chart">';

/**
 * @param {string} caption what is measured, in which unit, and which is better
 * @param {Group[]} groups
 * @param {{ one?: boolean, legend?: [kind: Part["kind"], meaning: string][] }} [also] `one` draws a line where raw's 1 is
 */
export const chart = (caption, groups, { one = false, legend = [] } = {}) => {
  const sums = groups.flatMap(({ bars }) => bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
  const most = Math.max(...sums);
  if (!(most > 0)) throw new Error(`nothing to draw: ${caption}`);
  /** @param {Bar} bar */
  const row = ({ name, parts, text }) => {
    const drawn = parts.filter(({ value }) => value > 0);
    const pieces = drawn.map(
      ({ value, kind }) => `<i class="${kind}" style="--part:${(value / most).toFixed(4)}"></i>`,
    );
    return `<b>${escaped(name)}</b><span>${pieces.join("")}<em>${escaped(text)}</em></span>`;
  };
  const drawn = groups.map(
    ({ title, bars }) => `${title ? `<strong>${escaped(title)}</strong>` : ""}${bars.map(row).join("")}`,
  );
  const line = one ? ` data-one style="--one:${(1 / most).toFixed(4)}"` : "";
  const words = legend.map(([kind, meaning]) => `<span><i class="${kind}"></i>${escaped(meaning)}</span>`);
  return (
    `${CHART}<figcaption>${escaped(caption)}${words.length ? `<small>${words.join("")}</small>` : ""}</figcaption>` +
    `<div role="img" aria-label="${escaped(caption)} The table below has the figures."${line}>${drawn.join("")}</div></figure>`
  );
};

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll(/[*`]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
