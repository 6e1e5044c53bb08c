// A clock that is set back must not keep anything waiting, nor count what has not happened yet.
import type { Pace } from "./pace.ts";
import type { Store } from "./storage.ts";

/** Less is a clock that is kept right. */
const JUMP_MS = 5000;

/** How often the time is written down, to be compared with after a restart. */
const NOTE_EVERY_MS = 60_000;

export interface ClockDependencies {
  store: Store;
  pace: Pace;
  now: () => number;
}

export const createClock = ({ store, pace, now }: ClockDependencies) => {
  let noted = store.fact<number>("clock") ?? 0;
  let seen = noted;

  return {
    /** Compares the clock with the latest time that it has shown. Writes at most once a minute. */
    look(): void {
      const time = now();
      if (time < seen - JUMP_MS) {
        store.clampTo(time);
        pace.clampTo(time);
        // Together: after a restart nothing would tell that the clock has ever gone back.
        store.setFact("pace", pace.kept());
        store.setFact("clock", time);
        noted = time;
        seen = time;
        return;
      }
      seen = Math.max(seen, time);
      if (time - noted < NOTE_EVERY_MS) return;
      store.setFact("clock", time);
      noted = time;
    },
  };
};
