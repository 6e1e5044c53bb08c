// A clock that is set back must not keep anything waiting, nor count what has not happened yet. One that is suddenly far ahead may
// be wrong: what is erased by it is gone, when it is set right.
import type { Days } from "./days.ts";
import type { Numbers } from "./numbers.ts";
import type { Pace } from "./pace.ts";
import type { Store } from "./storage.ts";
import type { Undo } from "./undo.ts";

/** Less is a clock that is kept right. */
const JUMP_MS = 5000;

/** How often the time is written down, to be compared with after a restart. */
const NOTE_EVERY_MS = 60_000;

const DAY_MS = 86_400_000;

/** A relay that was off for so long erases nothing for a day: its clock may have jumped. */
const LONG_MS = 7 * DAY_MS;

export interface ClockDependencies {
  store: Store;
  pace: Pace;
  numbers: Numbers;
  days: Days;
  undo: Undo;
  now: () => number;
}

export const createClock = ({ store, pace, numbers, days, undo, now }: ClockDependencies) => {
  let noted = store.fact<number>("clock") ?? 0;
  let seen = noted;
  let doubtUntil = store.fact<number>("clock_doubt") ?? 0;

  const doubt = (until: number): void => {
    if (doubtUntil === until) return;
    store.setFact("clock_doubt", until);
    doubtUntil = until;
  };

  return {
    /** Until then nothing is erased. */
    doubtUntil: () => doubtUntil,

    /** Compares the clock with the latest time that it has shown. Writes at most once a minute. */
    look(): void {
      const time = now();
      if (time < seen - JUMP_MS) {
        store.clampTo(time);
        numbers.clampTo(time);
        undo.clampTo(time);
        // Those that were counted for a day that has not come yet went today.
        days.recount();
        pace.clampTo(time);
        // Together: after a restart nothing would tell that the clock has ever gone back.
        store.setFact("pace", pace.kept());
        doubt(0);
        store.setFact("clock", time);
        noted = time;
        seen = time;
        return;
      }
      if (seen > 0 && time - seen > LONG_MS) doubt(time + DAY_MS);
      seen = Math.max(seen, time);
      if (time - noted < NOTE_EVERY_MS) return;
      store.setFact("clock", time);
      noted = time;
    },
  };
};
