// The options by which a listener's leads went last: they hold on where its owner takes the listener out of the configuration.
import type { GateOptions } from "./gate.ts";
import type { Store } from "./storage.ts";

/** In a rehearsal, all listeners are. */
type Options = Omit<GateOptions, "rehearsal">;

/** As JSON, which has no Infinity. */
type Kept = Omit<Options, "dailyCap" | "numberCap"> & { dailyCap: number | null; numberCap: number | null };

export type Remembered = ReturnType<typeof createRemembered>;

export const createRemembered = (store: Store) => {
  let kept = store.fact<Kept>("options");

  return {
    /** Those of the last time when the listener was configured; undefined if it never was. */
    options: (): Options | undefined =>
      kept && { ...kept, dailyCap: kept.dailyCap ?? Infinity, numberCap: kept.numberCap ?? Infinity },

    /** @returns the changes: other hours, or a day's cap where there was none, or for other days */
    update({ onAmbiguous, dailyCap, numberCap, timeZone, sendHours, maxAgeMs }: Options): {
      hours: boolean;
      cap: boolean;
    } {
      const options = { onAmbiguous, dailyCap, numberCap, timeZone, sendHours, maxAgeMs };
      const current = JSON.stringify(options);
      const before = kept;
      if (current === JSON.stringify(before)) return { hours: false, cap: false };
      store.setFact("options", options);
      kept = JSON.parse(current) as Kept;
      const hoursOf = (of: Pick<Kept, "sendHours" | "timeZone"> | undefined) =>
        JSON.stringify([of?.sendHours, of?.timeZone]);
      const isOther = before?.dailyCap === null || before?.timeZone !== timeZone;
      return { hours: hoursOf(kept) !== hoursOf(before), cap: isOther && dailyCap < Infinity };
    },
  };
};
