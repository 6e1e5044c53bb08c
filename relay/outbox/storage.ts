// The outbox's storage. Every function here is one step that is written whole or not at all.
import type { Runtime } from "../runtime.ts";
import type { Place } from "./admission.ts";
import { CHECK_WAITS_MS } from "./fate.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { newId } from "./id.ts";
import type { Retention } from "./retention.ts";
import {
  CANDIDATE_COLUMNS,
  type Candidate,
  type Check,
  candidateOf,
  checkOf,
  TWIN_COLUMNS,
  type Twin,
  twinOf,
  viewOf,
} from "./rows.ts";
import { migrate } from "./schema.ts";
import { LEAD_STATES, type LeadState, STATES, statesThat } from "./states.ts";
import type { Guard, HashedLead, Hold, LeadQuery, LeadView } from "./types.ts";

export type Store = ReturnType<typeof openStorage>;

/** Why a queued lead is due later. */
export type WaitsFor = "backoff" | "asked" | "hours";

/** A lead's next state, and the facts about it from then on. A fact that is left out stays. */
export interface Change {
  state: LeadState;
  reason: string;
  /** For `queued` and `checking`. */
  dueAt?: number | undefined;
  waitsFor?: WaitsFor | undefined;
  status?: number | undefined;
  requestId?: string | undefined;
  /** It has failed once more. */
  hasFailed?: boolean;
  isRefused?: boolean;
  /** Whether it may have been sent. */
  maybeSent?: boolean | undefined;
  /** The guard that has caught it. */
  caughtBy?: Guard;
  checks?: number;
}

const listOf = (states: readonly LeadState[]): string => `('${states.join("', '")}')`;

const WAITING = listOf(statesThat("waits"));
const RESENDABLE = listOf(statesThat("resendable"));
const DROPPABLE = listOf(statesThat("droppable"));

/**
 * The state in a condition beside ids. The plus keeps SQLite from the index of states, by which it would walk all leads that
 * wait to find the few that go.
 */
const IN_STATE = "+state";

/** How many keys of one lead are known. */
const MOST_KEYS = 100;

/** States in which a lead absorbs its equals, however old it is. */
const LIVE: readonly LeadState[] = LEAD_STATES.filter((state) => !STATES[state].done && state !== "rejected");

export const openStorage = (
  storage: Storage,
  { randomBytes }: Pick<Runtime, "randomBytes">,
  { bodyMs, keyMs }: Retention,
) => {
  const { sql } = storage;
  migrate(storage);

  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const first = (query: string, ...values: SqlValue[]): Row | undefined => all(query, ...values)[0];
  const numberIn = (row: Row | undefined): number | undefined => {
    const value = row && Object.values(row)[0];
    return typeof value === "number" ? value : undefined;
  };
  const count = (where: string, ...values: SqlValue[]): number =>
    numberIn(first(`SELECT count(*) FROM leads WHERE ${where}`, ...values)) ?? 0;

  /** Counted once and kept in mind, since every lead that comes in asks, and every step of the dispatcher. */
  const inMind = {
    waiting: count(`state IN ${WAITING}`),
    quarantined: count("state = 'quarantined'"),
    held: count("state = 'held'"),
    checking: count("state = 'checking'"),
    /** See `lastTakenAt`; absent until somebody asks. */
    lastTaken: undefined as { at: number | undefined } | undefined,
  };
  const tally = (state: LeadState, by: number): void => {
    if (STATES[state].waits) inMind.waiting += by;
    else if (state === "quarantined" || state === "held" || state === "checking") inMind[state] += by;
  };

  const atomically = <Value>(action: () => Value): Value => {
    const before = { ...inMind };
    try {
      return storage.transactionSync(action);
    } catch (error) {
      Object.assign(inMind, before);
      throw error;
    }
  };

  const dueAtOf = (state: LeadState, now: number): number | null => {
    if (state === "queued") return now;
    return STATES[state].done ? now + bodyMs : null;
  };

  /** Moves leads by hand of their owner. @returns how many */
  const move = (where: string, ids: string[], change: string, ...values: SqlValue[]): LeadState[] => {
    const chosen = `id IN (SELECT value FROM json_each(?)) AND ${IN_STATE} IN ${where}`;
    const choice = JSON.stringify(ids);
    const found = all(`SELECT state FROM leads WHERE ${chosen}`, choice).map(({ state }) => state as LeadState);
    all(`UPDATE leads SET ${change} WHERE ${chosen}`, ...values, choice);
    for (const state of found) tally(state, -1);
    return found;
  };

  return {
    /** All that `action` writes, or, where it throws, nothing. */
    atomically,

    /** The kind of a fact is known to who keeps it. */
    fact<Value>(name: string): Value | undefined {
      const row = first("SELECT value FROM facts WHERE name = ?", name);
      return row && JSON.parse(String(row["value"]));
    },
    setFact(name: string, value: unknown): void {
      all("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, JSON.stringify(value));
    },

    byKey(hash: string): Twin | undefined {
      const row = first(`SELECT ${TWIN_COLUMNS} FROM keys JOIN leads ON id = lead WHERE hash = ?`, hash);
      return row && twinOf(row);
    },

    /**
     * The lead of which one with this content is a repetition. It may still be sent, or was sent since this time, or may
     * have been. One that waits for nobody's guard comes before one that a guard caught. One whose contents are erased can no
     * longer be sent.
     */
    byContent(content: string, since: number): Twin | undefined {
      const row = first(
        `SELECT ${TWIN_COLUMNS} FROM leads
         WHERE content = ? AND ((state IN ${listOf(LIVE)} AND submission IS NOT NULL)
           OR ((state = 'delivered' OR maybe_sent = 1) AND changed_at > ?))
         ORDER BY state IN ('quarantined', 'held'), id DESC LIMIT 1`,
        content,
        since,
      );
      return row && twinOf(row);
    },
    /** A lead that comes again has another key, as a rule; of one that comes for ever, not all of them are kept. */
    rememberKey(hash: string, lead: string): void {
      all(
        `INSERT OR REPLACE INTO keys SELECT ?, ? WHERE (SELECT count(*) FROM keys WHERE lead = ?) < ${MOST_KEYS}`,
        ...[hash, lead, lead],
      );
    },
    countRepeat(id: string): void {
      all("UPDATE leads SET repeats = repeats + 1 WHERE id = ?", id);
    },

    /** The circumstances that `admit` asks for. */
    circumstances: () => ({ waiting: inMind.waiting, held: inMind.held }),

    /** @returns its id */
    insert({ state, reason, caughtBy, heldBy }: Place, lead: HashedLead, now: number): string {
      const { key, content, submission, via, charset, unknown } = lead;
      const notes = charset || unknown ? JSON.stringify({ charset, unknown }) : null;
      const id = newId(now, randomBytes(10));
      const put = (): void => {
        all(
          `INSERT INTO leads (id, state, reason, due_at, received_at, changed_at, waits_since, via, caught_by, held_by, content,
             submission, notes)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[id, state, reason, dueAtOf(state, now), now, now, now, via, caughtBy ?? null, heldBy ?? null],
          ...[content, submission, notes],
        );
        if (key) all("INSERT OR REPLACE INTO keys VALUES (?, ?)", key, id);
      };
      // Kept without its key, it would be another lead the next time it comes. One statement is whole by itself.
      if (key) storage.transactionSync(put);
      else put();
      tally(state, 1);
      return id;
    },

    /** A lead that a guard had caught, or that was held, may go. Its owner's word of another time does not hold for it. */
    release(id: string, from: "quarantined" | "held", { reason }: Place, now: number): void {
      const found = all(
        `UPDATE leads SET state = 'queued', reason = ?, due_at = ?, changed_at = ?, waits_since = ?, caught_by = NULL,
           held_by = NULL, any_hour = 0, by_owner = 0 WHERE id = ? AND state = ? RETURNING id`,
        ...[reason, now, now, now, id, from],
      ).length;
      tally(from, -found);
      tally("queued", found);
    },

    /** A lead that a guard had caught passed it, and is held. */
    hold(id: string, from: "quarantined" | "held", { reason, heldBy }: Place & { state: "held" }, now: number): void {
      const found = all(
        `UPDATE leads SET state = 'held', reason = ?, changed_at = ?, caught_by = NULL, held_by = ?
         WHERE id = ? AND state = ? RETURNING id`,
        ...[reason, now, heldBy, id, from],
      ).length;
      tally(from, -found);
      tally("held", found);
    },

    /** The leads that wait for this to be set right. */
    heldBy: (hold: Hold): string[] =>
      all("SELECT id FROM leads WHERE state = 'held' AND held_by = ? AND submission IS NOT NULL", hold).map(({ id }) =>
        String(id),
      ),

    /** The oldest leads that a guard has caught make room. @returns their ids */
    evict(most: number): string[] {
      if (inMind.quarantined <= most) return [];
      const oldest = "SELECT id FROM leads WHERE state = 'quarantined' ORDER BY id LIMIT ?";
      const gone = all(oldest, inMind.quarantined - most).map(({ id }) => String(id));
      const ids = JSON.stringify(gone);
      for (const table of ["keys", "undo"])
        all(`DELETE FROM ${table} WHERE lead IN (SELECT value FROM json_each(?))`, ids);
      all("DELETE FROM leads WHERE id IN (SELECT value FROM json_each(?))", ids);
      tally("quarantined", -gone.length);
      return gone;
    },

    /** Another program has moved a lead past this store, or deleted it. */
    moved(from: LeadState, to?: LeadState): void {
      tally(from, -1);
      if (to !== undefined) tally(to, 1);
    },

    /** It has passed the guard that had caught it, and another one caught it. */
    catchAgain(id: string, caughtBy: Guard, reason: string): void {
      all("UPDATE leads SET caught_by = ?, reason = ? WHERE id = ? AND state = 'quarantined'", caughtBy, reason, id);
    },

    /** When the next queued lead is due. */
    nextDue(): number | undefined {
      if (inMind.waiting === 0) return undefined;
      const due = [0, 1].flatMap(
        (turn) => numberIn(first("SELECT min(due_at) FROM leads WHERE state = 'queued' AND turn = ?", turn)) ?? [],
      );
      return due.length > 0 ? Math.min(...due) : undefined;
    },

    /**
     * The leads whose turn it is: new ones before retries, the ones that are due longest first, or last. The cast spares a new plan
     * each time: SQLite makes one for every value of a bare parameter in a LIMIT.
     */
    inLine(limit: number, now: number, isNewestFirst = false): Candidate[] {
      const order = isNewestFirst ? "DESC" : "ASC";
      const ofTurn = (turn: number, most: number) =>
        all(
          `SELECT ${CANDIDATE_COLUMNS} FROM leads WHERE state = 'queued' AND turn = ? AND due_at <= ?
           ORDER BY due_at ${order} LIMIT CAST(? AS INTEGER)`,
          ...[turn, now, most],
        ).map(candidateOf);
      const fresh = ofTurn(0, limit);
      return fresh.length < limit ? [...fresh, ...ofTurn(1, limit - fresh.length)] : fresh;
    },

    /** Marks that these leads are in flight. @param named those that the relay gives an id of its own */
    claim(ids: string[], named: string[], now: number): void {
      all(
        `UPDATE leads SET state = 'sending', reason = 'It is in flight.', due_at = NULL, waits_for = NULL, changed_at = ?,
           sent_at = ?, attempts = attempts + 1 WHERE id IN (${ids.map(() => "?")}) AND ${IN_STATE} = 'queued'`,
        ...[now, now, ...ids],
      );
      if (named.length > 0) {
        all("UPDATE leads SET visitor_id = id WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(named));
      }
    },

    /** A queued lead may not go before then. */
    postpone(id: string, dueAt: number, waitsFor: WaitsFor): void {
      all("UPDATE leads SET due_at = ?, waits_for = ? WHERE id = ? AND state = 'queued'", dueAt, waitsFor, id);
    },

    /** Where a lead has got to that was in one of these states. @returns whether it still was */
    settle(id: string, from: LeadState, change: Change, now: number): boolean {
      const { state, reason, dueAt, waitsFor, status, requestId, hasFailed, isRefused, maybeSent, caughtBy, checks } =
        change;
      const found = all(
        `UPDATE leads SET state = ?, reason = ?, due_at = ?, changed_at = ?, status = ?, request_id = ?, waits_for = ?,
           failures = failures + ?, doubts = doubts + ?, turn = ?, refused_at = coalesce(refused_at, ?), maybe_sent = coalesce(?, maybe_sent),
           caught_by = coalesce(?, caught_by), checks = ?
         WHERE id = ? AND state = ? RETURNING sent_at`,
        ...[state, reason, dueAt ?? dueAtOf(state, now), now, status ?? null, requestId ?? null, waitsFor ?? null],
        ...[
          hasFailed ? 1 : 0,
          maybeSent ? 1 : 0,
          hasFailed ? 1 : 0,
          isRefused ? now : null,
          maybeSent === undefined ? null : +maybeSent,
        ],
        ...[caughtBy ?? null, checks ?? 0, id, from],
      );
      if (found.length === 0) return false;
      tally(from, -1);
      tally(state, 1);
      const { lastTaken } = inMind;
      if (state === "delivered" && lastTaken) {
        inMind.lastTaken = { at: Math.max(lastTaken.at ?? 0, numberIn(found[0]) ?? 0) };
      }
      return true;
    },

    /** The leads that were in flight when the outbox ended. */
    interrupted: (): Candidate[] =>
      all(`SELECT ${CANDIDATE_COLUMNS} FROM leads WHERE state = 'sending'`).map(candidateOf),

    /** When the last lead went that the API took. A response, or a look-up, may tell of it much later. */
    lastTakenAt(): number | undefined {
      inMind.lastTaken ??= { at: numberIn(first("SELECT max(sent_at) FROM leads WHERE state = 'delivered'")) };
      return inMind.lastTaken.at;
    },

    /** The leads about which the API is to be asked by now. */
    dueChecks: (limit: number, now: number): Check[] =>
      inMind.checking === 0
        ? []
        : all(
            `SELECT ${CANDIDATE_COLUMNS} FROM leads WHERE state = 'checking' AND due_at <= ? ORDER BY due_at
             LIMIT CAST(? AS INTEGER)`,
            ...[now, limit],
          ).map(checkOf),

    /** When the API is next to be asked about a lead. */
    nextCheck: (): number | undefined =>
      inMind.checking === 0 ? undefined : numberIn(first("SELECT min(due_at) FROM leads WHERE state = 'checking'")),

    /** The id of a lead that this relay has delivered. Who was erased here may be erased there. */
    deliveredVisitor(): string | undefined {
      const row = first(
        `SELECT visitor_id FROM leads WHERE state = 'delivered' AND visitor_id IS NOT NULL AND content <> ''
         ORDER BY due_at DESC LIMIT 1`,
      );
      return row && String(row["visitor_id"]);
    },

    /** How many leads went, or may have gone, since then. */
    sentSince: (since: number): number =>
      count("sent_at >= ? AND (state IN ('delivered', 'sending') OR maybe_sent = 1)", since),

    /** Queued leads that wait for one of these need not any longer. @param since only those that do so since then */
    free(waitsFor: WaitsFor[], now: number, since = 0): void {
      all(
        `UPDATE leads SET due_at = ?, waits_for = NULL WHERE state = 'queued' AND due_at > ? AND changed_at >= ?
           AND waits_for IN (SELECT value FROM json_each(?))`,
        ...[now, now, since, JSON.stringify(waitsFor)],
      );
    },

    /** Leads that have waited since before then go to review. @returns how many */
    expire(before: number, reason: string, now: number): number {
      const found = all(
        `UPDATE leads SET state = 'review', reason = ?, due_at = NULL, waits_for = NULL, changed_at = ?
         WHERE state = 'queued' AND waits_since < ? RETURNING id`,
        ...[reason, now, before],
      ).length;
      tally("queued", -found);
      tally("review", found);
      return found;
    },

    resend(ids: string[], anyHour: boolean, now: number): number {
      const found = move(
        `${RESENDABLE} AND submission IS NOT NULL`,
        ids,
        `state = 'queued', reason = 'Its owner had it sent again.', due_at = ?, changed_at = ?, waits_since = ?, turn = 0,
         failures = 0, refused_at = NULL, checks = 0, any_hour = ?, by_owner = 1, held_by = NULL`,
        ...[now, now, now, anyHour ? 1 : 0],
      );
      tally("queued", found.length);
      return found.length;
    },

    drop(ids: string[], now: number): number {
      const change =
        "state = 'dropped', reason = 'The owner gave it up.', due_at = ?, changed_at = ?, waits_for = NULL";
      return move(DROPPABLE, ids, change, dueAtOf("dropped", now), now).length;
    },

    counts(): Record<LeadState, number> {
      const rows = all("SELECT state, count(*) AS count FROM leads GROUP BY state");
      const counted = new Map(rows.map(({ state, count }) => [state, Number(count)]));
      const entries = LEAD_STATES.map((state) => [state, counted.get(state) ?? 0]);
      return Object.fromEntries(entries) as Record<LeadState, number>;
    },

    /** When the lead that waits longest came in. */
    oldestQueued: (): number | undefined =>
      numberIn(first("SELECT min(received_at) FROM leads WHERE state = 'queued'")),

    /** How many queued leads have waited since before then, for anything but their hours. */
    waitingSince: (before: number): number =>
      count("state = 'queued' AND waits_since <= ? AND NOT (waits_for IS 'hours' AND due_at > ?)", before, before),

    /** The reason why the queued lead that is due next waits. */
    nextReason(): { waitsFor: WaitsFor | null; dueAt: number; since: number; reason: string } | undefined {
      const row = first(
        "SELECT waits_for, due_at, changed_at, reason FROM leads WHERE state = 'queued' ORDER BY due_at LIMIT 1",
      );
      return (
        row && {
          waitsFor: row["waits_for"] as WaitsFor | null,
          dueAt: Number(row["due_at"]),
          since: Number(row["changed_at"]),
          reason: String(row["reason"]),
        }
      );
    },

    list: ({ state, after = "", limit }: LeadQuery & { limit: number }): LeadView[] =>
      all(
        `SELECT * FROM leads WHERE id > ? ${state ? "AND state = ?" : ""} ORDER BY id LIMIT ?`,
        ...[after, ...(state ? [state] : []), limit],
      ).map(viewOf),

    /**
     * The clock went back: nothing has happened later than now, and nothing waits for longer than it would have. Nor does the
     * API's question about a lead come sooner.
     */
    clampTo(now: number): void {
      inMind.lastTaken = undefined;
      const [first, second] = CHECK_WAITS_MS;
      all(
        `UPDATE leads SET received_at = min(received_at, ?), changed_at = min(changed_at, ?),
           waits_since = min(waits_since, ?), refused_at = min(refused_at, ?), sent_at = min(sent_at, ?),
           due_at = min(due_at, CASE WHEN state = 'queued' THEN ? WHEN state <> 'checking' THEN ? WHEN checks = 0 THEN ? ELSE ? END)
         WHERE received_at > ? OR changed_at > ? OR waits_since > ? OR due_at > ?`,
        ...[now, now, now, now, now],
        ...[now, now + Math.max(bodyMs, keyMs), now + first, now + second],
        ...[now, now, now, now],
      );
    },
  };
};
