// One word for a key, or for what a lead says.

/** @param {string} text @returns {Promise<string>} SHA-256, in base64 */
export const hash = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
};

/**
 * @param {any} value
 * @returns {string} JSON that is the same for what says the same: whatever the order of fields, white space around a
 *   text, the line ends (a browser and a script write them differently) and the way an accent is written
 */
export const canonical = (value) => {
  if (typeof value === "string") return JSON.stringify(value.normalize().replaceAll("\r\n", "\n").trim());
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const fields = Object.keys(value)
    .filter((name) => value[name] !== null)
    .sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
};
