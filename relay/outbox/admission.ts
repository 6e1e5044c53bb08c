// Whether a lead is kept, and where it begins.

/** How many leads may wait to be sent, and how many may be quarantined, at most. */
export const BACKLOG = 10_000;

/** @typedef {"honeypot" | "turnstile" | "daily_cap"} Catch what quarantined a lead */

/** @type {Record<Catch, string>} */
const REASONS = {
  honeypot: "It filled in a field that people do not see.",
  turnstile: "Turnstile did not vouch for it.",
  daily_cap: "It came after the day's limit.",
};

/**
 * @typedef {object} Circumstances
 * @property {"honeypot" | "turnstile"} [caughtBy]
 * @property {number} waiting leads that are queued or on their way
 * @property {number} quarantined
 * @property {number} today leads let through this day (UTC)
 * @property {number} [dailyCap]
 */

/**
 * @param {Circumstances} circumstances
 * @returns {{ state: "queued" | "quarantined", reason: string, caughtBy?: Catch } | "full"}
 */
export const admit = ({ caughtBy, waiting, quarantined, today, dailyCap = Infinity }) => {
  const caught = caughtBy ?? (today >= dailyCap ? "daily_cap" : undefined);
  if (!caught) return waiting < BACKLOG ? { state: "queued", reason: "It waits to be sent." } : "full";
  return quarantined < BACKLOG ? { state: "quarantined", reason: REASONS[caught], caughtBy: caught } : "full";
};

/** @param {number} now @returns {number} when this day began (UTC) */
export const dayOf = (now) => now - (now % 86_400_000);
