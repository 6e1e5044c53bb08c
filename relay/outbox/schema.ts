// The tables, and how an older outbox gets them.
import type { Storage } from "./host.ts";

/**
 * One entry for each version; what has been released is never changed, only added to.
 *
 * - `due_at`: when something is to be done with a lead next. In `queued`: send it. In `checking`: ask the API about it. In
 *   `delivered` and `dropped`: erase its submission, and then, when that is gone, the lead itself.
 * - `turn`: 0 for the first send, 1 for a retry: new leads go first.
 * - `failures`: sends in a row after which it waited again; its back-off grows with them.
 * - `waits_for`: why a queued lead is due later: `backoff`, `asked` (Retry-After) or `hours`.
 * - `waits_since`: when it was last queued by the public or by its owner; its age counts from then.
 * - `any_hour`: its owner has it sent at any hour.
 * - `by_owner`: its owner had it sent, whatever guards say.
 * - `refused_at`: when the API first refused it, since then.
 * - `sent_at`: when it last went.
 * - `maybe_sent`: an attempt ended uncertainly, and no look-up has cleared that.
 * - `doubts`: attempts that ended uncertainly, in all.
 * - `repeats`: how often its equal came in, and was taken for it.
 * - `visitor_id`: the `clientVisitorId` that the relay gave it.
 * - `checks`: 1 after a look-up that did not find it, -1 after one that told nothing.
 * - `notes`: as JSON, how its body was read, and the names of its form's fields that mean nothing.
 * - `held_by`: what its owner must set right before it goes.
 * - `notices`: what the owner is told; `total`: since the last summary.
 * - `listeners`: in the coordinator, those that ever had an outbox.
 * - `opt_outs`: the numbers that must not be texted.
 * - `undo`: where the leads were that the owner has moved.
 * - `consents`: see `consents.ts`.
 * - `sent`: the leads that went in a day of the owner's time zone.
 * - `texted`: the numbers to which leads went in the last 24 hours.
 */
const MIGRATIONS = [
  `CREATE TABLE leads (
     id TEXT PRIMARY KEY,
     state TEXT NOT NULL,
     reason TEXT NOT NULL,
     due_at INTEGER,
     received_at INTEGER NOT NULL,
     changed_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     status INTEGER,
     request_id TEXT,
     via TEXT NOT NULL,
     caught_by TEXT,
     content TEXT NOT NULL,
     submission TEXT
   ) WITHOUT ROWID;
   CREATE INDEX leads_by_state ON leads (state, due_at);
   CREATE INDEX leads_by_content ON leads (content);
   CREATE TABLE keys (hash TEXT PRIMARY KEY, lead TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX keys_by_lead ON keys (lead);`,
  `ALTER TABLE leads ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE leads ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE leads ADD COLUMN waits_for TEXT;
   ALTER TABLE leads ADD COLUMN waits_since INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE leads ADD COLUMN any_hour INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE leads ADD COLUMN refused_at INTEGER;
   ALTER TABLE leads ADD COLUMN maybe_sent INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE leads ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE leads ADD COLUMN visitor_id TEXT;
   ALTER TABLE leads ADD COLUMN checks INTEGER NOT NULL DEFAULT 0;
   UPDATE leads SET waits_since = received_at;
   UPDATE leads SET maybe_sent = 1 WHERE state IN ('review', 'sending') OR attempts > 1
     OR (attempts = 1 AND state IN ('queued', 'dropped'));
   UPDATE leads SET turn = 1 WHERE attempts > 0;
   CREATE INDEX leads_in_line ON leads (turn, due_at) WHERE state = 'queued';
   CREATE TABLE sent (day TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
   DELETE FROM facts WHERE name IN ('pace', 'outbox_full', 'daily_cap_reached', 'leads_waiting');`,
  `ALTER TABLE leads ADD COLUMN notes TEXT;
   ALTER TABLE leads ADD COLUMN held_by TEXT;
   CREATE TABLE notices (
     kind TEXT PRIMARY KEY,
     alert TEXT NOT NULL,
     told_at INTEGER,
     count INTEGER NOT NULL,
     total INTEGER NOT NULL,
     is_quiet INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE listeners (id TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE opt_outs (
     number TEXT PRIMARY KEY,
     at INTEGER NOT NULL,
     is_out INTEGER NOT NULL,
     version INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE undo (
     lead TEXT PRIMARY KEY,
     at INTEGER NOT NULL,
     moved_to TEXT NOT NULL,
     state TEXT NOT NULL,
     reason TEXT NOT NULL,
     caught_by TEXT,
     held_by TEXT
   ) WITHOUT ROWID;
   CREATE TABLE consents (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     lead TEXT NOT NULL,
     at INTEGER NOT NULL,
     digest TEXT NOT NULL,
     head TEXT,
     salt TEXT,
     record TEXT
   );
   CREATE INDEX consents_by_lead ON consents (lead);`,
  `ALTER TABLE leads ADD COLUMN by_owner INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE texted (lead TEXT PRIMARY KEY, number TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE INDEX texted_by_number ON texted (number, at);`,
  `ALTER TABLE leads ADD COLUMN sent_at INTEGER;
   UPDATE leads SET sent_at = changed_at WHERE attempts > 0;
   UPDATE leads SET state = 'held', caught_by = NULL WHERE state = 'quarantined' AND caught_by = 'daily_cap';`,
  `ALTER TABLE leads ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;
   UPDATE leads SET doubts = attempts;`,
];

/** Its words may be shown to the owner: they quote nothing. */
export class NewerOutbox extends Error {
  override readonly name = "NewerOutbox";

  constructor() {
    super("A newer version of botsplash has written this outbox: deploy that version again. Nothing was changed.");
  }
}

/**
 * Brings the tables to this version.
 * @throws {NewerOutbox}
 */
export const migrate = (storage: Storage): void =>
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec("CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
    const [row] = sql.exec("SELECT value FROM facts WHERE name = 'version'").toArray();
    const version = Number(row?.value ?? 0);
    if (version > MIGRATIONS.length) throw new NewerOutbox();
    if (version === MIGRATIONS.length) return;
    for (const migration of MIGRATIONS.slice(version)) sql.exec(migration);
    sql.exec("INSERT OR REPLACE INTO facts VALUES ('version', ?)", String(MIGRATIONS.length));
  });
