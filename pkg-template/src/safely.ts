// Touching what may be a caller's own, or put in the platform's place by one.

/** A caller's own value, or one that a caller put in the platform's place: each value read from it is tested. */
// biome-ignore lint/suspicious/noExplicitAny: it is touched behind a catch alone.
export type Foreign = any;

/** A function of a caller's. */
export type Callback = (...args: Foreign[]) => Foreign;

/** The answer of a caller's object; `undefined` where it throws. */
export const safely = (read: () => Foreign): Foreign => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

export const textOf = (read: () => unknown): string | undefined => {
  const text = safely(read);
  return typeof text === "string" ? text : undefined;
};

/** A text that is spelt as a name is, so that it cannot carry anything else. */
export const nameOf = (read: () => unknown): string | undefined => {
  const name = textOf(read);
  return name && /^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : undefined;
};
