// Many steps, one commit: on a busy day what costs most is to wait for the disk.

const GATHER_MS = 5;

/**
 * @typedef {<Value>(step: () => Value) => Promise<Value>} Write
 */

/**
 * @param {() => Promise<void>} sync resolves when everything written is on durable storage
 * @returns {Write} runs a step together with all others that come in at the same moment, in their order;
 *   resolves with what it returned once that is on durable storage
 */
export const createBatch = (sync) => {
  /** @type {{ step: () => any, resolve: (value: any) => void, reject: (error: unknown) => void }[]} */
  let waiting = [];
  let flushing = false;

  const flush = async () => {
    flushing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const ends = batch.map(({ step, resolve, reject }) => {
        try {
          const value = step();
          return () => resolve(value);
        } catch (error) {
          return () => reject(error);
        }
      });
      try {
        await sync();
        for (const end of ends) end();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      // On a busy day the next batch is larger for it.
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
    flushing = false;
  };

  return (step) =>
    new Promise((resolve, reject) => {
      waiting.push({ step, resolve, reject });
      if (!flushing) void flush();
    });
};
