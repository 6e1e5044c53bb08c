// Many steps, one commit: on a busy day what costs most is to wait for the disk.

const GATHER_MS = 5;

/**
 * Runs a step together with all others that come in at the same moment, in their order. Resolves with its value once
 * that is on durable storage.
 */
export type Write = <Value>(step: () => Value) => Promise<Value>;

interface Waiting {
  /** Returns what tells its caller. */
  run(): () => void;
  fail(error: unknown): void;
}

/**
 * @param sync resolves when everything written is on durable storage
 * @param sleep how to wait for so many milliseconds
 * @param onLost told when a commit has failed. From then on every step is refused: nobody knows what is on the disk
 */
export const createBatch = (
  sync: () => Promise<void>,
  sleep: (ms: number) => Promise<void>,
  onLost: () => void = () => {},
): Write => {
  let waiting: Waiting[] = [];
  let flushing = false;
  let lost: unknown;

  /** The steps changed the memory, and the disk lacks the change: the object begins anew. */
  const lose = (error: unknown): void => {
    lost = error ?? new Error("A commit failed.");
    const behind = waiting;
    waiting = [];
    try {
      onLost();
    } finally {
      for (const { fail } of behind) fail(lost);
    }
  };

  const flush = async () => {
    flushing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const ends = batch.map(({ run }) => run());
      try {
        await sync();
        for (const end of ends) end();
      } catch (error) {
        for (const { fail } of batch) fail(error);
        lose(error);
        return;
      }
      // On a busy day the next batch is larger for it.
      await sleep(GATHER_MS);
    }
    flushing = false;
  };

  return (step) =>
    new Promise((resolve, reject) => {
      if (lost) {
        reject(lost);
        return;
      }
      const run = () => {
        try {
          const value = step();
          return () => resolve(value);
        } catch (error) {
          return () => reject(error);
        }
      };
      waiting.push({ run, fail: reject });
      if (!flushing) void flush();
    });
};
