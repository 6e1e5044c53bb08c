// Ids that sort by time: their order is that of arrival.

/** @param {number} now @returns {string} a UUID, version 7 */
export const newId = (now) => {
  const random = crypto.getRandomValues(new Uint8Array(10));
  random[0] = (random[0] & 0x0f) | 0x70;
  random[2] = (random[2] & 0x3f) | 0x80;
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${beginningOf(now)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
};

/** @param {number} now @returns {string} how the ids of this moment begin; it sorts before all of them */
export const beginningOf = (now) => {
  const hex = now.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};
