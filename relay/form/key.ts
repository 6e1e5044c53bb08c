/** The tab's own number; without storage, this page's. */
let tab: unknown;

const PRIME = 2 ** 31 - 1;

/**
 * The submission key: four digests of the content and of what is the tab's own, so that no other tab has the same key. It
 * begins with the day (of UTC), so that who says the same again another day is heard.
 * @param content in which each field has its part
 */
export const keyTo = (content: string) => {
  tab = tab || Math.random();
  try {
    tab = sessionStorage["botsplash"] = sessionStorage["botsplash"] || tab;
  } catch {
    // This page may store nothing.
  }
  const text = `${[(Date.now() / 864e5) | 0, tab, content]}`;
  return [1, 2, 3, 4]
    .map((lane) =>
      // All of it stays below 2 ** 53, so that numbers hold it exactly.
      [...text].reduce((digest, character) => (digest * (2e6 + lane) + character.charCodeAt(0)) % PRIME, 0),
    )
    .join("");
};
