// How many leads went in a day of the owner's zone.
import type { Attempt } from "../api.ts";
import type { Host } from "../host.ts";
import type { Timeline } from "../time.ts";
import { broken } from "./broken.ts";
import { localDay } from "./local-time.ts";

export const createDays = (timeline: Timeline, host: Host) => {
  const days = new Map<number, { attempts: Attempt[]; isVoid: boolean }>();

  /** Attempts that went today, or may have gone. */
  const today = (): { attempts: Attempt[]; isVoid: boolean } => {
    const day = localDay(timeline.wall());
    const known = days.get(day) ?? { attempts: [], isVoid: false };
    days.set(day, known);
    return known;
  };
  const counted = (): number =>
    today().attempts.filter(({ hasEnded, told }) => !hasEnded || told !== "not done").length;
  const cap = (): number => host.listener().dailyCap ?? Number.POSITIVE_INFINITY;

  return {
    /** One more goes today. */
    add(attempt: Attempt): void {
      const day = today();
      day.attempts.push(attempt);
      if (!day.isVoid && counted() > cap()) broken(`More than ${cap()} leads went in a day.`);
    },

    /** May another one go today, for certain? */
    isOpen: (): boolean => cap() === Number.POSITIVE_INFINITY || (!today().isVoid && counted() < cap()),

    /** The options make a day that cannot be counted. */
    forget(): void {
      today().isVoid = true;
      for (const day of days.values()) day.isVoid = true;
    },
  };
};
