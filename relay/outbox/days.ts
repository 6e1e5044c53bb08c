// How many leads were sent in a day of the owner's time zone.
import type { Storage } from "./host.ts";
import { localTime, nextMidnight } from "./hours.ts";

const KEPT_DAYS = 3;
const DAY_MS = 86_400_000;

export type Days = ReturnType<typeof createDays>;

/**
 * @param zone the owner's
 * @param estimate how many were sent since this time, where nothing was counted
 */
export const createDays = ({ sql }: Pick<Storage, "sql">, zone: () => string, estimate: (since: number) => number) => {
  /** `estimated`: how many went since it began, where nothing is counted. */
  let today: { day: string; from: number; until: number; zone: string; estimated?: number | undefined } = {
    day: "",
    from: 0,
    until: 0,
    zone: "",
  };

  const dayOf = (now: number): typeof today => {
    if (now < today.until && now >= today.from && today.zone === zone()) return today;
    const { day, minutes } = localTime(zone(), now);
    const from = now - minutes * 60_000 - (now % 60_000);
    today = { day, from, until: nextMidnight(zone(), now), zone: zone() };
    return today;
  };

  /** On the disk, and not in mind: a step that fails there is taken back. */
  const countOf = (day: typeof today): number => {
    const [row] = sql.exec("SELECT count FROM sent WHERE day = ?", day.day).toArray();
    if (row) return Number(row["count"]);
    day.estimated ??= estimate(day.from);
    return day.estimated;
  };

  return {
    /** How many have gone today. */
    count: (now: number): number => countOf(dayOf(now)),

    /** When the next day begins. */
    until: (now: number): number => dayOf(now).until,

    /** So many go now. @returns the day that they count for */
    add(count: number, now: number): string {
      const day = dayOf(now);
      sql.exec("INSERT OR REPLACE INTO sent VALUES (?, ?)", day.day, countOf(day) + count).toArray();
      return day.day;
    },

    /** It turned out that nothing was done. */
    takeBack(day: string): void {
      sql.exec("UPDATE sent SET count = max(0, count - 1) WHERE day = ?", day).toArray();
      today.estimated = undefined;
    },

    /** Leads may have gone that were not counted, or that were counted for another day. */
    recount(): void {
      sql.exec("DELETE FROM sent").toArray();
      today.estimated = undefined;
    },

    /** Days that are over, and those that a clock has dreamt of. */
    forget(now: number): void {
      const [oldest, newest] = [now - KEPT_DAYS * DAY_MS, now + KEPT_DAYS * DAY_MS].map(
        (at) => localTime(zone(), at).day,
      );
      sql.exec("DELETE FROM sent WHERE day < ? OR day > ?", oldest ?? "", newest ?? "").toArray();
    },
  };
};
