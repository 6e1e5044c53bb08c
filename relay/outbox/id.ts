// Ids that sort by time: their order is that of arrival.

/** A UUID, version 7. `random`: 10 bytes, which it takes over. */
export const newId = (now: number, random: Uint8Array): string => {
  random[0] = (random[0]! & 0x0f) | 0x70;
  random[2] = (random[2]! & 0x3f) | 0x80;
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${beginningOf(now)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
};

/** How the ids of this moment begin; it sorts before all of them. */
export const beginningOf = (now: number): string => {
  const hex = now.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};
