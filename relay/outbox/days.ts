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
  let today = { day: "", count: 0, until: 0, from: 0, zone: "" };

  const load = (now: number): typeof today => {
    if (now < today.until && now >= today.from && today.zone === zone()) return today;
    const { day, minutes } = localTime(zone(), now);
    const from = now - minutes * 60_000 - (now % 60_000);
    const [row] = sql.exec("SELECT count FROM sent WHERE day = ?", day).toArray();
    const count = row ? Number(row["count"]) : estimate(from);
    today = { day, count, from, until: nextMidnight(zone(), now), zone: zone() };
    return today;
  };

  const save = (day: string, count: number): void => {
    sql.exec("INSERT OR REPLACE INTO sent VALUES (?, ?)", day, count).toArray();
  };

  return {
    /** How many have gone today. */
    count: (now: number): number => load(now).count,

    /** When the next day begins. */
    until: (now: number): number => load(now).until,

    /** So many go now. @returns the day that they count for */
    add(count: number, now: number): string {
      const { day, count: before } = load(now);
      save(day, before + count);
      today.count = before + count;
      return day;
    },

    /** It turned out that nothing was done. */
    takeBack(day: string): void {
      sql.exec("UPDATE sent SET count = max(0, count - 1) WHERE day = ?", day).toArray();
      if (day === today.day) today.count = Math.max(0, today.count - 1);
    },

    /** Leads may have gone that were not counted. */
    recount(): void {
      sql.exec("DELETE FROM sent").toArray();
      today = { ...today, until: 0 };
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
