/** The tab's own number; without storage, this page's. */
let tab = "";

/**
 * The submission key: FNV-1a with 128 bits, begun with a random number, so that no other tab's key is the same, and the
 * day (of UTC), so that who says the same again another day is heard.
 * @param content in which each field has its part
 */
export const keyTo = (content: string) => {
  tab ||= crypto.getRandomValues(new Uint32Array(4)).join("");
  try {
    tab = sessionStorage["botsplash"] ??= tab;
  } catch {
    // This page may store nothing.
  }
  let hash = BigInt(tab + Math.trunc(Date.now() / 864e5));
  for (const character of content) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(character.charCodeAt(0))) * ((1n << 88n) + 315n));
  }
  return `${hash}`;
};
