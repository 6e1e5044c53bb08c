// What a Worker has as a rate limit binding, in memory.

export interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** Beyond it somebody has many addresses, and to remember more of them stops nobody. */
const MOST_KEYS = 100_000;

/**
 * So many at once for each key, and from then on as many in each period, evenly.
 *
 * @param limit how many
 * @param periodMs milliseconds in which so many come again
 * @param now a clock that never goes back, in milliseconds
 */
export const createRateLimiter = (limit: number, periodMs: number, now = () => performance.now()): RateLimiter => {
  const each = periodMs / limit;
  /** By key, when all of it will be there again. The oldest stand first. */
  const fullAt = new Map<string, number>();

  const forget = (time: number): void => {
    for (const [key, at] of fullAt) {
      if (at > time && fullAt.size < MOST_KEYS) return;
      fullAt.delete(key);
    }
  };

  return {
    async limit({ key }) {
      const time = now();
      const next = Math.max(fullAt.get(key) ?? time, time) + each;
      const success = next - time <= periodMs;
      if (success) {
        // Set anew, it stands last.
        fullAt.delete(key);
        fullAt.set(key, next);
        forget(time);
      }
      return { success };
    },
  };
};
