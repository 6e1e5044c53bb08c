/** The name that the caller meant by another, if there is one that is spelt much like it. */
export const meant = (name: string, names: Iterable<string>): string | undefined => {
  let nearest: string | undefined;
  let least = Infinity;
  for (const known of names) {
    const far = distance(name.slice(0, 40).toLowerCase(), known.toLowerCase());
    // A third of its letters may differ: more is another word.
    if (far < least && far * 3 <= Math.max(known.length, 3)) {
      least = far;
      nearest = known;
    }
  }
  return nearest;
};

/** How many letters to add, drop or change between two words. */
const distance = (a: string, b: string): number => {
  let row = [...b].map((_, at) => at + 1);
  [...a].forEach((letter, i) => {
    let left = i + 1;
    let corner = i;
    row = row.map((above, j) => {
      left = Math.min(above + 1, left + 1, corner + Number(letter !== b[j]));
      corner = above;
      return left;
    });
  });
  return row.pop() as number;
};
