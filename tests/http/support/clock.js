// Timers without waiting. The client's deadline fires when a test says so, a long wait between two
// attempts at once. No test depends on how fast the machine is.

/** A deadline that nothing else in the process asks for. */
export const DEADLINE = 123_456;

/** The platform's own timers are shorter than this one. */
const LONG_WAIT = 15_000;

/** Takes the place of the timers, and of the dice so that the jitter of a backoff adds nothing. */
export function takeClock() {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const { random } = Math;
  /** @type {Map<object, () => void>} */
  const deadlines = new Map();
  /** @type {number[]} */
  const waits = [];

  /** @param {(...args: any[]) => void} callback @param {number} [ms] @param {any[]} args */
  const held = (callback, ms = 0, ...args) => {
    if (ms === DEADLINE) {
      const id = {};
      deadlines.set(id, () => callback(...args));
      return id;
    }
    if (ms >= LONG_WAIT) {
      waits.push(ms);
      return set(callback, 0, ...args);
    }
    return set(callback, ms, ...args);
  };
  globalThis.setTimeout = /** @type {any} */ (held);
  globalThis.clearTimeout = /** @param {any} id */ (id) => void (deadlines.delete(id) || clear(id));
  Math.random = () => 0;
  return {
    /** The long waits asked for, in milliseconds. */
    waits,
    /** How many deadlines are still set. */
    get pending() {
      return deadlines.size;
    },
    giveBack() {
      Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
      Math.random = random;
    },
    /** Lets every deadline pass. */
    pass() {
      for (const [id, fire] of deadlines) {
        deadlines.delete(id);
        fire();
      }
    },
  };
}
