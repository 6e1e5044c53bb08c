// What the outbox keeps. Every function here is one step that is written whole or not at all.
import { dayOf } from "./admission.ts";
import { beginningOf, newId } from "./id.ts";
import { migrate } from "./schema.ts";

/**
 * @typedef {import("./types.ts").LeadState} LeadState
 * @typedef {import("./types.ts").LeadView} LeadView
 * @typedef {import("./platform.ts").Row} Row
 *
 * @typedef {object} Retention
 * @property {number} bodyMs how long the submissions of leads that are done with are kept
 * @property {number} keyMs how long it is known that a lead was here
 *
 * @typedef {{ id: string, submission: string, attempts: number }} Claimed
 * @typedef {ReturnType<typeof openStorage>} Store
 *
 * @typedef {object} Change
 * @property {LeadState} state
 * @property {string} reason
 * @property {number} [status]
 * @property {string} [requestId]
 */

/** @type {LeadState[]} */
const STATES = ["queued", "sending", "delivered", "rejected", "review", "quarantined", "dropped"];

/** What its owner, or the configuration, is done with. */
const DONE = "('delivered', 'dropped')";

/**
 * @param {import("./platform.ts").Storage} storage
 * @param {Retention} retention
 */
export const openStorage = (storage, { bodyMs, keyMs }) => {
  const { sql } = storage;
  migrate(storage);

  /** @param {string} query @param {...(string | number | null)} values */
  const all = (query, ...values) => sql.exec(query, ...values).toArray();
  /** @param {...LeadState} states */
  const count = (...states) =>
    Number(
      all(
        "SELECT count(*) AS count FROM leads WHERE state IN (SELECT value FROM json_each(?))",
        JSON.stringify(states),
      )[0].count,
    );

  // Counted once and kept in mind, since every lead that comes in asks.
  let waiting = count("queued", "sending");
  let quarantined = count("quarantined");
  /** @param {LeadState} state @param {number} by */
  const tally = (state, by) => {
    if (state === "queued" || state === "sending") waiting += by;
    if (state === "quarantined") quarantined += by;
  };
  let day = 0;
  let today = 0;
  /** @param {number} now */
  const countToday = (now) => {
    if (dayOf(now) === day) return today;
    day = dayOf(now);
    [{ count: today }] = /** @type {any[]} */ (
      all("SELECT count(*) AS count FROM leads WHERE id >= ? AND caught_by IS NULL", beginningOf(day))
    );
    return today;
  };

  /** @param {LeadState} state @param {number} now */
  const dueAtOf = (state, now) => {
    if (state === "queued") return now;
    return state === "delivered" || state === "dropped" ? now + bodyMs : null;
  };

  /**
   * Moves leads by hand of their owner.
   * @param {string[]} ids
   * @param {LeadState[]} from
   * @param {LeadState} to
   * @param {string} reason
   * @param {number} now
   */
  const move = (ids, from, to, reason, now) => {
    const chosen = "id IN (SELECT value FROM json_each(?)) AND state IN (SELECT value FROM json_each(?))";
    const choice = [JSON.stringify(ids), JSON.stringify(from)];
    const found = all(`SELECT state FROM leads WHERE ${chosen}`, ...choice);
    all(
      `UPDATE leads SET state = ?, reason = ?, due_at = ?, changed_at = ? WHERE ${chosen}`,
      ...[to, reason, dueAtOf(to, now), now, ...choice],
    );
    for (const { state } of found) tally(/** @type {LeadState} */ (state), -1);
    tally(to, found.length);
    return found.length;
  };

  return {
    /** @param {string} name @returns {any} */
    fact(name) {
      const [row] = all("SELECT value FROM facts WHERE name = ?", name);
      return row && JSON.parse(String(row.value));
    },
    /** @param {string} name @param {unknown} value */
    setFact(name, value) {
      all("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, JSON.stringify(value));
    },

    /** @param {string} hash @returns {{ id: string, state: LeadState, content: string } | undefined} */
    byKey(hash) {
      const [row] = all("SELECT id, state, content FROM keys JOIN leads ON id = lead WHERE hash = ?", hash);
      return /** @type {any} */ (row);
    },
    /** @param {string} content @param {number} since @returns {{ id: string, state: LeadState } | undefined} */
    byContent(content, since) {
      const [row] = all(
        "SELECT id, state FROM leads WHERE content = ? AND received_at > ? ORDER BY id DESC LIMIT 1",
        content,
        since,
      );
      return /** @type {any} */ (row);
    },
    /** @param {string} hash @param {string} lead */
    rememberKey(hash, lead) {
      all("INSERT INTO keys VALUES (?, ?)", hash, lead);
    },

    /** @param {number} now what `admit` asks */
    circumstances: (now) => ({ waiting, quarantined, today: countToday(now) }),

    /**
     * @param {{ state: "queued" | "quarantined", reason: string, caughtBy?: string }} place
     * @param {{ key?: string, content: string, submission: string, via: string }} lead
     * @param {number} now
     * @returns {string} its id
     */
    insert({ state, reason, caughtBy }, { key, content, submission, via }, now) {
      const counted = countToday(now);
      const id = newId(now);
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

    /** @returns {number | undefined} when the next queued lead is due */
    nextDue() {
      const [row] = all("SELECT min(due_at) AS due FROM leads WHERE state = 'queued'");
      return row.due === null ? undefined : Number(row.due);
    },

    /**
     * Takes the leads that are due longest, and marks that they are on their way. The cast spares a new plan each time:
     * SQLite makes one for every value of a bare parameter in a LIMIT.
     * @param {number} limit
     * @param {number} now
     * @returns {Claimed[]}
     */
    claim: (limit, now) =>
      /** @type {any[]} */ (
        all(
          `UPDATE leads SET state = 'sending', reason = 'It is on its way.', due_at = NULL, changed_at = ?, attempts = attempts + 1
           WHERE id IN (SELECT id FROM leads WHERE state = 'queued' AND due_at <= ? ORDER BY due_at LIMIT CAST(? AS INTEGER))
           RETURNING id, submission, attempts`,
          ...[now, now, limit],
        )
      ),

    /**
     * Where a lead that was on its way has got to.
     * @param {string} id
     * @param {Change} change
     * @param {number} now
     */
    settle(id, { state, reason, status, requestId }, now) {
      all(
        `UPDATE leads SET state = ?, reason = ?, due_at = ?, changed_at = ?, status = ?, request_id = ?
         WHERE id = ? AND state = 'sending'`,
        ...[state, reason, dueAtOf(state, now), now, status ?? null, requestId ?? null, id],
      );
      tally("sending", -1);
      tally(state, 1);
    },

    /** @returns {Pick<Claimed, "id" | "attempts">[]} the leads that were on their way when the outbox ended */
    stranded: () => /** @type {any[]} */ (all("SELECT id, attempts FROM leads WHERE state = 'sending'")),

    /** @param {string[]} ids @param {number} now */
    resend: (ids, now) =>
      move(ids, ["review", "quarantined", "rejected"], "queued", "Its owner had it sent again.", now),

    /** @param {string[]} ids @param {number} now */
    drop: (ids, now) =>
      move(ids, ["queued", "rejected", "review", "quarantined"], "dropped", "Its owner gave it up.", now),

    /** @returns {Record<LeadState, number>} */
    counts() {
      const rows = all("SELECT state, count(*) AS count FROM leads GROUP BY state");
      const counted = Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
      return /** @type {any} */ (Object.fromEntries(STATES.map((state) => [state, counted[state] ?? 0])));
    },

    /** @returns {number | undefined} when the lead that waits longest came in */
    oldestQueued() {
      const [row] = all("SELECT min(received_at) AS at FROM leads WHERE state = 'queued'");
      return row.at === null ? undefined : Number(row.at);
    },

    /** @param {{ state?: LeadState, after?: string, limit: number }} query @returns {LeadView[]} */
    list: ({ state, after = "", limit }) =>
      all(
        `SELECT * FROM leads WHERE id > ? ${state ? "AND state = ?" : ""} ORDER BY id LIMIT ?`,
        ...[after, ...(state ? [state] : []), limit],
      ).map(viewOf),

    /** Erases what has been kept for long enough. @param {number} now */
    forget(now) {
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

/** @param {Row} row @returns {LeadView} */
const viewOf = (row) => ({
  id: String(row.id),
  state: /** @type {LeadState} */ (row.state),
  reason: String(row.reason),
  receivedAt: Number(row.received_at),
  changedAt: Number(row.changed_at),
  attempts: Number(row.attempts),
  via: /** @type {LeadView["via"]} */ (row.via),
  ...(row.status !== null && { status: Number(row.status) }),
  ...(row.request_id !== null && { requestId: String(row.request_id) }),
  ...(row.submission !== null && { submission: JSON.parse(String(row.submission)) }),
});
