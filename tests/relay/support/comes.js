// A test may hold Date.
const PATIENCE_MS = 60_000;

/**
 * Waits, turn by turn, for something to be there.
 * @template Value
 * @param {() => Value | Promise<Value>} look
 * @returns {Promise<NonNullable<Value>>}
 */
export const comes = async (look) => {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setImmediate(() => resolve(undefined)));
  }
  throw new Error("It never comes.");
};
