// An object's notices to its owner: remembered, so that the first of a kind goes at once and then one an hour.
import type { Alert, NotedAlert } from "../alert.ts";
import { counted, intervalOf, isStanding, kindOf, mayTell } from "../alert-throttle.ts";
import type { Row, SqlValue, Storage } from "./host.ts";

/** How many alerts go at once: a request that an owner's function makes counts against the object's limit. */
const MOST_AT_ONCE = 5;

/** How soon after those the others go. */
const NEXT_MS = 60_000;

export type Notices = ReturnType<typeof createNotices>;

/** @param onNote something may have to be told */
export const createNotices = ({ sql }: Storage, now: () => number, onNote: () => void) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const rows = () =>
    all("SELECT kind, alert, told_at, count FROM notices WHERE count > 0 AND is_quiet = 0").map((row) => ({
      kind: String(row["kind"]),
      alert: JSON.parse(String(row["alert"])) as Alert,
      toldAt: row["told_at"] === null ? undefined : Number(row["told_at"]),
      count: Number(row["count"]),
    }));
  /** Whether there may be something to tell; known without asking the disk. */
  let isWaiting = rows().length > 0;
  let laterAt = 0;

  return {
    note({ count = 1, isQuiet, ...alert }: NotedAlert): void {
      all(
        `INSERT INTO notices (kind, alert, count, total, is_quiet) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (kind) DO UPDATE SET alert = excluded.alert,
           count = ${isStanding(alert.code) ? "" : "count + "}excluded.count,
           total = total + excluded.total, is_quiet = min(is_quiet, excluded.is_quiet)`,
        ...[kindOf(alert), JSON.stringify(alert), count, count, isQuiet ? 1 : 0],
      );
      isWaiting = true;
      onNote();
    },

    /** The alerts that are to be told of now. From here on they count as told. */
    take(): Alert[] {
      if (!isWaiting || now() < laterAt) return [];
      const due = rows().filter(({ alert, toldAt }) => mayTell(alert, toldAt, now()));
      const taken = due.slice(0, MOST_AT_ONCE);
      // Before it is written: a disk that fails is asked again then, and not at once.
      laterAt = now() + NEXT_MS;
      for (const { kind } of taken) all("UPDATE notices SET told_at = ?, count = 0 WHERE kind = ?", now(), kind);
      if (due.length === taken.length) laterAt = 0;
      return taken.map(({ alert, count }) => counted(alert, count));
    },

    /** The trouble of these alerts is over: the owner no longer needs the unsent ones. */
    withdraw(codes: readonly string[]): void {
      all(
        "UPDATE notices SET count = 0 WHERE count > 0 AND json_extract(alert, '$.code') IN (SELECT value FROM json_each(?))",
        JSON.stringify(codes),
      );
    },

    /** When there is something to tell next. */
    next(): number | undefined {
      if (!isWaiting) return undefined;
      const times = rows().map(({ alert, toldAt }) => (toldAt === undefined ? now() : toldAt + intervalOf(alert.code)));
      isWaiting = times.length > 0;
      return isWaiting ? Math.max(laterAt, Math.min(...times)) : undefined;
    },

    /** How often each kind happened since it was last asked. */
    takeTotals(): Alert[] {
      const found = all("SELECT alert, total FROM notices WHERE total > 0").map((row) => ({
        ...(JSON.parse(String(row["alert"])) as Alert),
        count: Number(row["total"]),
      }));
      all("UPDATE notices SET total = 0");
      all("DELETE FROM notices WHERE count = 0 AND (told_at IS NULL OR told_at < ?)", now() - 7 * 86_400_000);
      return found;
    },
  };
};
