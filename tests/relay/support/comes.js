/**
 * Waits, turn by turn, for something to be there.
 * @template Value
 * @param {() => Value | Promise<Value>} look
 * @returns {Promise<NonNullable<Value>>}
 */
export const comes = async (look) => {
  for (let turns = 0; turns < 10_000; turns += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setImmediate(() => resolve(undefined)));
  }
  throw new Error("It never comes.");
};
