/** The tab's own number; without storage, this page's. */
let tab = "";

/** A prime. */
const MODULUS = 2n ** 127n - 1n;

/**
 * The submission key: the content as the digits of a number, to the base of a random one, so that no other tab's key is the
 * same. It begins with the day (of UTC), so that who says the same again another day is heard.
 * @param content in which each field has its part
 */
export const keyTo = (content: string) => {
  tab ||= crypto.getRandomValues(new Uint32Array(4)).join("");
  try {
    tab = sessionStorage["botsplash"] ??= tab;
  } catch {
    // This page may store nothing.
  }
  let key = BigInt((Date.now() / 864e5) | 0);
  for (const character of content) key = (key * BigInt(tab) + BigInt(character.charCodeAt(0))) % MODULUS;
  return `${key}`;
};
