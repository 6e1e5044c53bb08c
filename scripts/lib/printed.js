// The text that another process prints, which comes through its pipe later than its responses do.

const PATIENCE_MS = 60_000;

/** Gathers such a text. */
export const gatherPrinted = () => {
  let text = "";
  /** @type {Set<() => void>} */
  const waiting = new Set();
  return {
    get text() {
      return text;
    },
    /** @param {string} part */
    add: (part) => {
      text += part;
      for (const look of waiting) look();
    },
    /**
     * Resolves when the text, as far as it has come, matches.
     * @param {RegExp} pattern
     * @returns {Promise<void>}
     */
    matches: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`It never printed ${pattern}, but:\n${text}`));
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      }),
  };
};
