/** @typedef {{ low: number, median: number, high: number }} Spread the quartiles, and what lies between */

/** @param {number[]} values @returns {Spread} */
export const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  /** @param {number} share */
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    return sorted[below] + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
  };
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
};

/**
 * Round by round, so that what slows the machine down for a while slows down both.
 * @param {number[]} ours
 * @param {number[]} theirs
 */
export const ratio = (ours, theirs) => spread(ours.map((value, round) => value / theirs[round]));

/** @param {number} value with about three digits */
export const short = (value) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-US") : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);

/** @param {Spread} spread */
export const written = ({ low, median, high }) => `${short(median)} (${short(low)} to ${short(high)})`;

/** @param {number} count of bytes */
export const bytes = (count) => count.toLocaleString("en-US");
