// Erases leads, each in its time. A lead that waits to be sent stays: `maxAgeHours` ends its waiting.
import type { Consents } from "./consents.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { LEAD_STATES, type LeadState, STATES } from "./states.ts";

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

export interface EraserDependencies {
  storage: Storage;
  retention: Retention;
  consents: Consents;
  /** They count leads, for a while only. */
  counts: readonly { forget(now: number): void }[];
  /** A lead in this state is deleted. */
  onGone: (state: LeadState) => void;
  /** Until then the clock is not believed. */
  doubtUntil: () => number;
  now: () => number;
}

export const createEraser = (dependencies: EraserDependencies) => {
  const { storage, retention, consents, counts, onGone, doubtUntil, now } = dependencies;
  const { sql } = storage;
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const { bodyMs, keyMs, quarantineMs = bodyMs, consentMs = Infinity } = retention;
  /** Since when a lead must not have changed. */
  const isOld = `state NOT IN ${listOf(ALIVE)} AND submission IS NOT NULL
    AND changed_at <= CASE state WHEN 'quarantined' THEN ? ELSE ? END`;
  const everyMs = Math.min(HOUR_MS, bodyMs, quarantineMs);
  const goneMs = Math.max(keyMs, bodyMs);
  let ranAt: number | undefined;
  /** When it is to run again, for what was there when it last ran. */
  let dueAt = Number.POSITIVE_INFINITY;

  const earliest = (query: string, ...values: SqlValue[]): number => {
    const value = all(query, ...values)[0]?.["at"];
    return typeof value === "number" ? value : Number.POSITIVE_INFINITY;
  };

  /** When the first of all that is there now is to be erased. */
  const firstDue = (): number =>
    Math.min(
      earliest(
        `SELECT min(changed_at + CASE state WHEN 'quarantined' THEN ? ELSE ? END) AS at FROM leads
         WHERE state NOT IN ${listOf(ALIVE)} AND submission IS NOT NULL`,
        ...[quarantineMs, bodyMs],
      ),
      earliest("SELECT min(received_at) AS at FROM leads WHERE submission IS NULL") + goneMs,
      consentMs < Infinity ? (consents.oldest() ?? Infinity) + consentMs : Infinity,
    );

  return {
    /** Whether the contents of a lead have had their time: they are not shown, though they may not be erased yet. */
    isOver: (state: string, changedAt: number): boolean =>
      !ALIVE.some((one) => one === state) && changedAt <= now() - (state === "quarantined" ? quarantineMs : bodyMs),

    /** Erases what has been kept for long enough; it looks through all leads, so not more than once an hour. */
    run(): void {
      const at = now();
      if (at < doubtUntil()) return;
      if (ranAt !== undefined && at >= ranAt && at - ranAt < everyMs) return;
      ranAt = at;
      const unsent = all(`SELECT id FROM leads WHERE ${isOld} AND attempts = 0`, at - quarantineMs, at - bodyMs);
      // Nobody was texted, so nobody needs the proof.
      consents.eraseOf(unsent.map(({ id }) => String(id)));
      all(`UPDATE leads SET submission = NULL, notes = NULL WHERE ${isOld}`, at - quarantineMs, at - bodyMs);
      const gone = `SELECT id FROM leads WHERE submission IS NULL AND state NOT IN ${listOf(ALIVE)} AND received_at <= ?`;
      all(`DELETE FROM keys WHERE lead IN (${gone})`, at - goneMs);
      const deleted = all(`DELETE FROM leads WHERE id IN (${gone}) RETURNING state`, at - goneMs);
      for (const { state } of deleted) onGone(state as LeadState);
      if (consentMs < Infinity) consents.eraseBefore(at - consentMs);
      all("DELETE FROM undo WHERE at < ?", at - UNDO_MS);
      for (const count of counts) count.forget(at);
      dueAt = firstDue();
    },

    /** When there is something to erase next; undefined while nothing was ever kept. */
    next(): number | undefined {
      if (now() < doubtUntil()) return doubtUntil();
      if (ranAt === undefined || all("SELECT 1 FROM leads LIMIT 1").length === 0) return undefined;
      // Of what has come or changed since, nothing is due before then.
      return Math.max(Math.min(dueAt, ranAt + Math.min(bodyMs, quarantineMs)), ranAt + everyMs);
    },

    /** How many leads wait for their owner, and lose their contents within a week. */
    expiring(): number {
      const [row] = all(
        "SELECT count(*) AS count FROM leads WHERE state IN ('review', 'held', 'rejected') AND submission IS NOT NULL AND changed_at <= ?",
        now() - bodyMs + WEEK_MS,
      );
      return bodyMs > WEEK_MS ? Number(row?.["count"] ?? 0) : 0;
    },
  };
};
