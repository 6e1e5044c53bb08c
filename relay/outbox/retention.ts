// Erases leads, each in its time. A lead that waits to be sent stays: `maxAgeHours` ends its waiting.
import type { Consents } from "./consents.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { LEAD_STATES, STATES } from "./states.ts";

/** How long an outbox keeps things. */
export interface Retention {
  /** The contents of a lead, after its last change. */
  bodyMs: number;
  /** The traces by which a lead is known to have been here. */
  keyMs: number;
  /** The contents of a lead that a guard has caught. */
  quarantineMs?: number;
  /** The proof of a consent, after it was given. */
  consentMs?: number;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** How long the owner may take a move back. */
const UNDO_MS = WEEK_MS;

/** States of which something may still come by itself. */
const ALIVE = LEAD_STATES.filter((state) => STATES[state].waits || state === "checking");

const listOf = (states: readonly string[]) => `('${states.join("', '")}')`;

export type Eraser = ReturnType<typeof createEraser>;

export const createEraser = ({ sql }: Storage, retention: Retention, consents: Consents, now: () => number) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const { bodyMs, keyMs, quarantineMs = bodyMs, consentMs = Infinity } = retention;
  /** Since when a lead must not have changed. */
  const isOld = `state NOT IN ${listOf(ALIVE)} AND submission IS NOT NULL
    AND changed_at <= CASE state WHEN 'quarantined' THEN ? ELSE ? END`;
  const everyMs = Math.min(HOUR_MS, bodyMs, quarantineMs);
  let ranAt: number | undefined;

  return {
    /** Whether the contents of a lead have had their time: they are not shown, though they may not be erased yet. */
    isOver: (state: string, changedAt: number): boolean =>
      !ALIVE.some((one) => one === state) && changedAt <= now() - (state === "quarantined" ? quarantineMs : bodyMs),

    /** Erases what has been kept for long enough; it looks through all leads, so not more than once an hour. */
    run(): void {
      const at = now();
      if (ranAt !== undefined && at >= ranAt && at - ranAt < everyMs) return;
      ranAt = at;
      const unsent = all(`SELECT id FROM leads WHERE ${isOld} AND attempts = 0`, at - quarantineMs, at - bodyMs);
      // Nobody was texted, so nobody needs the proof.
      consents.eraseOf(unsent.map(({ id }) => String(id)));
      all(`UPDATE leads SET submission = NULL, notes = NULL WHERE ${isOld}`, at - quarantineMs, at - bodyMs);
      const gone = `SELECT id FROM leads WHERE submission IS NULL AND state NOT IN ${listOf(ALIVE)} AND received_at <= ?`;
      all(`DELETE FROM keys WHERE lead IN (${gone})`, at - Math.max(keyMs, bodyMs));
      all(`DELETE FROM leads WHERE id IN (${gone})`, at - Math.max(keyMs, bodyMs));
      if (consentMs < Infinity) consents.eraseBefore(at - consentMs);
      all("DELETE FROM undo WHERE at < ?", at - UNDO_MS);
    },

    /** When there is something to erase next. */
    next(): number | undefined {
      const [row] = all(
        `SELECT min(changed_at + CASE state WHEN 'quarantined' THEN ? ELSE ? END) AS at FROM leads
         WHERE state NOT IN ${listOf(ALIVE)} AND submission IS NOT NULL`,
        quarantineMs,
        bodyMs,
      );
      if (typeof row?.["at"] !== "number") return undefined;
      return Math.max(row["at"], (ranAt ?? 0) + everyMs);
    },

    /** How many leads wait for their owner, and lose their contents within a week. */
    expiring(): number {
      const [row] = all(
        "SELECT count(*) AS count FROM leads WHERE state IN ('review', 'held') AND submission IS NOT NULL AND changed_at <= ?",
        now() - bodyMs + WEEK_MS,
      );
      return bodyMs > WEEK_MS ? Number(row?.["count"] ?? 0) : 0;
    },
  };
};
