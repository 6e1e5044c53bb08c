// The tables, and how an older outbox gets them.
import type { Storage } from "./host.ts";

/**
 * One entry for each version; what has been released is never changed, only added to.
 *
 * `due_at`: when something is to be done with a lead next. In `queued`: send it. In `delivered` and
 * `dropped`: erase its submission, and then, when that is gone, the lead itself.
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
];

/** Brings the tables to this version. */
export const migrate = (storage: Storage): void =>
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec("CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
    const [row] = sql.exec("SELECT value FROM facts WHERE name = 'version'").toArray();
    const version = Number(row?.value ?? 0);
    if (version > MIGRATIONS.length) throw new Error("This outbox was made by a newer version of botsplash.");
    if (version === MIGRATIONS.length) return;
    for (const migration of MIGRATIONS.slice(version)) sql.exec(migration);
    sql.exec("INSERT OR REPLACE INTO facts VALUES ('version', ?)", String(MIGRATIONS.length));
  });
