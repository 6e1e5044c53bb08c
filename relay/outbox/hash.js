// One word for a key, or for what a lead says.

/** @param {string} text @returns {Promise<string>} SHA-256, in base64 */
export const hash = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
};

/** @param {unknown} value @returns {string} JSON that does not depend on the order of fields */
export const canonical = (value) => JSON.stringify(value, inOrder);

/** @param {string} _ @param {any} value */
const inOrder = (_, value) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
