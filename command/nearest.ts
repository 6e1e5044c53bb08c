import leven from "leven";

/** @returns The one of the names that was meant, where one is close enough to say so. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const reach = Math.max(2, Math.floor(word.length / 3));
  const ranked = names
    .map((name) => ({ name, distance: leven(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= reach ? best.name : undefined;
}
