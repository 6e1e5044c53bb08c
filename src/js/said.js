// Rust's words while one of its functions runs: see js.rs. The caller reads them next.

/** Rust's words, each until the next of its kind. */
export const said = {
  /** @type {string[]} by what they are: `TEXT_…` */
  texts: [],
  /** The request to make. */
  request: { method: 0, limitMs: 0, isKeyInBody: false, url: "" },
  /** An error, by the places of its words. */
  failure: { code: 0, delivery: 0, problem: 0, number: 0, known: 0, hint: 0, status: 0, retryAfterMs: 0 },
};

/** @param {number} which @param {string} text */
export const sayText = (which, text) => (said.texts[which] = text);

/** @param {number} method @param {number} limitMs @param {boolean} isKeyInBody @param {string} url */
export const sayRequest = (method, limitMs, isKeyInBody, url) => {
  said.request = { method, limitMs, isKeyInBody, url };
};

/**
 * @param {number} code
 * @param {number} delivery
 * @param {number} problem
 * @param {number} number
 * @param {number} known
 * @param {number} hint
 * @param {number} status
 * @param {number} retryAfterMs
 */
export const sayFailure = (code, delivery, problem, number, known, hint, status, retryAfterMs) => {
  said.failure = { code, delivery, problem, number, known, hint, status, retryAfterMs };
};
