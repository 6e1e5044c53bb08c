const LOOK_MS = 60_000;

/** Less is a clock that is kept right; leads wait longer than that by themselves. */
const JUMP_MS = 5000;

/**
 * Looks every minute whether the clock has gone as much as time has.
 *
 * @param onJump told by how many milliseconds it was set forward, or, below 0, back
 * @returns The function that ends it.
 */
export const watchClock = (onJump: (byMs: number) => void): (() => void) => {
  const offset = () => Date.now() - performance.now();
  let known = offset();
  const timer = setInterval(() => {
    const jump = offset() - known;
    known += jump;
    if (Math.abs(jump) >= JUMP_MS) onJump(jump);
  }, LOOK_MS);
  return () => clearInterval(timer);
};
