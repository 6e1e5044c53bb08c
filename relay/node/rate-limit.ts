// A Worker's rate limit binding, in memory.

export interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** Beyond it somebody has many addresses, and to remember more of them stops nobody. */
const MOST_KEYS = 50_000;

/**
 * So many at once for each key, and from then on as many in each period, evenly.
 *
 * @param limit how many
 * @param periodMs milliseconds in which so many come again
 * @param now a clock that never goes back, in milliseconds
 */
export const createRateLimiter = (limit: number, periodMs: number, now = () => performance.now()): RateLimiter => {
  const each = periodMs / limit;
  // By key, when all of it will be there again: after a period at the latest. So those before the last are forgotten.
  let recent = new Map<string, number>();
  let before = new Map<string, number>();
  let since = now();

  const turn = (time: number): void => {
    if (time - since < periodMs && recent.size < MOST_KEYS) return;
    before = recent;
    recent = new Map();
    since = time;
  };

  return {
    async limit({ key }) {
      const time = now();
      turn(time);
      const next = Math.max(recent.get(key) ?? before.get(key) ?? time, time) + each;
      const success = next - time <= periodMs;
      if (success) recent.set(key, next);
      return { success };
    },
  };
};
