/** The same numbers for the same seed, everywhere (sfc32). */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  bytes(count: number): Uint8Array;
  /** Numbers of its own, that what others draw does not change. */
  fork(name: string): Random;
}

const hashOf = (text: string): number => {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 16777619);
  return hash >>> 0;
};

export const createRandom = (seed: string): Random => {
  let [a, b, c, d] = [hashOf(`a${seed}`), hashOf(`b${seed}`), hashOf(`c${seed}`), 1];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let times = 0; times < 12; times += 1) next();
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => values[int(0, values.length - 1)]!,
    bytes: (count) => Uint8Array.from({ length: count }, () => int(0, 255)),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
};
