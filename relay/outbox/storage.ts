// What the outbox keeps. Every function here is one step that is written whole or not at all.
import type { Runtime } from "../runtime.ts";
import { dayOf, type Place } from "./admission.ts";
import type { HashedLead } from "./commands.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { beginningOf, newId } from "./id.ts";
import { migrate } from "./schema.ts";
import { LEAD_STATES, type LeadState, STATES, statesThat } from "./states.ts";
import type { LeadQuery, LeadView } from "./types.ts";

/** How long what is done with is kept. */
export interface Retention {
  /** The submissions of leads. */
  bodyMs: number;
  /** What tells that a lead was here. */
  keyMs: number;
}

/** A lead that is to be sent. */
export interface Claimed {
  id: string;
  submission: string;
  attempts: number;
}

export type Store = ReturnType<typeof openStorage>;

/** Where a lead has got to. */
export interface Change {
  state: LeadState;
  reason: string;
  status?: number | undefined;
  requestId?: string | undefined;
}

const listOf = (states: readonly LeadState[]): string => `('${states.join("', '")}')`;

const DONE = listOf(statesThat("done"));
const WAITING = listOf(statesThat("waits"));
const RESENDABLE = listOf(statesThat("resendable"));
const DROPPABLE = listOf(statesThat("droppable"));

export const openStorage = (
  storage: Storage,
  { randomBytes }: Pick<Runtime, "randomBytes">,
  { bodyMs, keyMs }: Retention,
) => {
  const { sql } = storage;
  migrate(storage);

  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const first = (query: string, ...values: SqlValue[]): Row | undefined => all(query, ...values)[0];
  const count = (where: string, ...values: SqlValue[]): number =>
    Number(first(`SELECT count(*) AS count FROM leads WHERE ${where}`, ...values)?.["count"]);

  // Counted once and kept in mind, since every lead that comes in asks.
  let waiting = count(`state IN ${WAITING}`);
  let quarantined = count("state = 'quarantined'");
  const tally = (state: LeadState, by: number): void => {
    if (STATES[state].waits) waiting += by;
    if (state === "quarantined") quarantined += by;
  };
  let day = 0;
  let today = 0;
  const countToday = (now: number): number => {
    if (dayOf(now) === day) return today;
    day = dayOf(now);
    today = count("id >= ? AND caught_by IS NULL", beginningOf(day));
    return today;
  };

  const dueAtOf = (state: LeadState, now: number): number | null => {
    if (state === "queued") return now;
    return STATES[state].done ? now + bodyMs : null;
  };

  /** Moves leads by hand of their owner. @returns how many */
  const move = (ids: string[], from: string, to: LeadState, reason: string, now: number): number => {
    const chosen = `id IN (SELECT value FROM json_each(?)) AND state IN ${from}`;
    const choice = JSON.stringify(ids);
    const found = all(`SELECT state FROM leads WHERE ${chosen}`, choice);
    all(
      `UPDATE leads SET state = ?, reason = ?, due_at = ?, changed_at = ? WHERE ${chosen}`,
      to,
      reason,
      dueAtOf(to, now),
      now,
      choice,
    );
    for (const { state } of found) tally(state as LeadState, -1);
    tally(to, found.length);
    return found.length;
  };

  return {
    /** The kind of a fact is known to who keeps it. */
    fact<Value>(name: string): Value | undefined {
      const row = first("SELECT value FROM facts WHERE name = ?", name);
      return row && JSON.parse(String(row["value"]));
    },
    setFact(name: string, value: unknown): void {
      all("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, JSON.stringify(value));
    },

    byKey(hash: string): { id: string; state: LeadState; content: string } | undefined {
      const row = first("SELECT id, state, content FROM keys JOIN leads ON id = lead WHERE hash = ?", hash);
      return row && { ...twinOf(row), content: String(row["content"]) };
    },
    byContent(content: string, since: number): { id: string; state: LeadState } | undefined {
      const row = first(
        "SELECT id, state FROM leads WHERE content = ? AND received_at > ? ORDER BY id DESC LIMIT 1",
        content,
        since,
      );
      return row && twinOf(row);
    },
    rememberKey(hash: string, lead: string): void {
      all("INSERT INTO keys VALUES (?, ?)", hash, lead);
    },

    /** What `admit` asks. */
    circumstances: (now: number) => ({ waiting, quarantined, today: countToday(now) }),

    /** @returns its id */
    insert({ state, reason, caughtBy }: Place, { key, content, submission, via }: HashedLead, now: number): string {
      const counted = countToday(now);
      const id = newId(now, randomBytes(10));
      // Kept without its key, it would be another lead the next time it comes.
      storage.transactionSync(() => {
        all(
          `INSERT INTO leads (id, state, reason, due_at, received_at, changed_at, via, caught_by, content, submission)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[id, state, reason, dueAtOf(state, now), now, now, via, caughtBy ?? null, content, submission],
        );
        if (key) all("INSERT INTO keys VALUES (?, ?)", key, id);
      });
      tally(state, 1);
      if (!caughtBy) today = counted + 1;
      return id;
    },

    /** When the next queued lead is due. */
    nextDue(): number | undefined {
      const due = first("SELECT min(due_at) AS due FROM leads WHERE state = 'queued'")?.["due"];
      return typeof due === "number" ? due : undefined;
    },

    /**
     * Takes the leads that are due longest, and marks that they are in flight. The cast spares a new plan each time:
     * SQLite makes one for every value of a bare parameter in a LIMIT.
     */
    claim: (limit: number, now: number): Claimed[] =>
      all(
        `UPDATE leads SET state = 'sending', reason = 'It is in flight.', due_at = NULL, changed_at = ?, attempts = attempts + 1
         WHERE id IN (SELECT id FROM leads WHERE state = 'queued' AND due_at <= ? ORDER BY due_at LIMIT CAST(? AS INTEGER))
         RETURNING id, submission, attempts`,
        now,
        now,
        limit,
      ).map(({ id, submission, attempts }) => ({
        id: String(id),
        submission: String(submission),
        attempts: Number(attempts),
      })),

    /** Where a lead that was in flight has got to. */
    settle(id: string, { state, reason, status, requestId }: Change, now: number): void {
      all(
        `UPDATE leads SET state = ?, reason = ?, due_at = ?, changed_at = ?, status = ?, request_id = ?
         WHERE id = ? AND state = 'sending'`,
        ...[state, reason, dueAtOf(state, now), now, status ?? null, requestId ?? null, id],
      );
      tally("sending", -1);
      tally(state, 1);
    },

    /** The leads that were in flight when the outbox ended. */
    interrupted: (): Pick<Claimed, "id" | "attempts">[] =>
      all("SELECT id, attempts FROM leads WHERE state = 'sending'").map(({ id, attempts }) => ({
        id: String(id),
        attempts: Number(attempts),
      })),

    resend: (ids: string[], now: number): number =>
      move(ids, RESENDABLE, "queued", "Its owner had it sent again.", now),

    drop: (ids: string[], now: number): number => move(ids, DROPPABLE, "dropped", "Its owner gave it up.", now),

    counts(): Record<LeadState, number> {
      const rows = all("SELECT state, count(*) AS count FROM leads GROUP BY state");
      const counted = new Map(rows.map(({ state, count }) => [state, Number(count)]));
      return Object.fromEntries(LEAD_STATES.map((state) => [state, counted.get(state) ?? 0])) as Record<
        LeadState,
        number
      >;
    },

    /** When the lead that waits longest came in. */
    oldestQueued(): number | undefined {
      const at = first("SELECT min(received_at) AS at FROM leads WHERE state = 'queued'")?.["at"];
      return typeof at === "number" ? at : undefined;
    },

    list: ({ state, after = "", limit }: LeadQuery & { limit: number }): LeadView[] =>
      all(
        `SELECT * FROM leads WHERE id > ? ${state ? "AND state = ?" : ""} ORDER BY id LIMIT ?`,
        ...[after, ...(state ? [state] : []), limit],
      ).map(viewOf),

    /** Erases what has been kept for long enough. */
    forget(now: number): void {
      all(
        `UPDATE leads SET submission = NULL, due_at = max(?, received_at + ?)
         WHERE state IN ${DONE} AND due_at <= ? AND submission IS NOT NULL`,
        ...[now, keyMs, now],
      );
      const gone = `SELECT id FROM leads WHERE state IN ${DONE} AND due_at <= ? AND submission IS NULL`;
      all(`DELETE FROM keys WHERE lead IN (${gone})`, now);
      all(`DELETE FROM leads WHERE id IN (${gone})`, now);
    },
  };
};

const twinOf = (row: Row): { id: string; state: LeadState } => ({
  id: String(row["id"]),
  state: row["state"] as LeadState,
});

const viewOf = (row: Row): LeadView => ({
  id: String(row["id"]),
  state: row["state"] as LeadState,
  reason: String(row["reason"]),
  receivedAt: Number(row["received_at"]),
  changedAt: Number(row["changed_at"]),
  attempts: Number(row["attempts"]),
  via: row["via"] as LeadView["via"],
  ...(row["status"] !== null && { status: Number(row["status"]) }),
  ...(row["request_id"] !== null && { requestId: String(row["request_id"]) }),
  ...(row["submission"] !== null && { submission: JSON.parse(String(row["submission"])) }),
});
