/// <reference path="./node-sqlite.d.ts" />
// Storage as the outbox knows it from Durable Objects, in one SQLite file.
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Row, SqlValue, Storage } from "../outbox/host.ts";

/** How hard SQLite tries that a commit is on the disk. `OFF` is for a test that shows what it costs. */
export type Synchronous = "FULL" | "OFF";

/** Another process may read at the same moment, to make a backup. */
const BUSY_MS = 10_000;

/** Where a backup has held up the checkpoints, the log is cut back to this afterwards. */
const LOG_BYTES = 64 * 1024 * 1024;

/** SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB: nothing that is in mind can be trusted any more. */
const FATAL = [10, 11, 26];

export interface NodeStorage extends Storage {
  /** As `sync()`, at once. */
  commit(): void;
  close(): void;
}

export interface StorageOptions {
  readonly setAlarm: (at: number) => void;
  /** Told once, when the disk has not taken what it was given: from then on every call throws. */
  readonly onFailure: (error: Error) => void;
  readonly synchronous?: Synchronous;
}

/** Opens a database, which writes nothing to it. */
export const openDatabase = (path: string, readOnly = false): DatabaseSync =>
  new DatabaseSync(path, { timeout: BUSY_MS, readOnly });

/**
 * All writes since the last commit are one transaction, which `sync()` ends, or else the end of this turn of the event
 * loop. A commit that fails ends the storage, and so does a statement at which SQLite takes the transaction back. The
 * object above it then has in mind what is not on the disk.
 */
export const createStorage = (database: DatabaseSync, options: StorageOptions): NodeStorage => {
  const { setAlarm, onFailure, synchronous = "FULL" } = options;
  for (const pragma of [
    "journal_mode = WAL",
    `synchronous = ${synchronous}`,
    // On macOS, nothing less reaches the disk.
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    `journal_size_limit = ${LOG_BYTES}`,
    "trusted_schema = OFF",
  ]) {
    database.exec(`PRAGMA ${pragma}`);
  }
  const prepared = preparer(database);
  let failure: Error | undefined;
  let isOpen = false;
  let depth = 0;

  const fail = (error: Error): never => {
    failure = error;
    isOpen = false;
    try {
      if (database.isTransaction) database.exec("ROLLBACK");
    } catch {
      // The disk counts, and is read anew.
    }
    onFailure(error);
    throw error;
  };

  /** Runs what reaches the disk. */
  const guarded = <Value>(action: () => Value): Value => {
    if (failure) throw failure;
    try {
      return action();
    } catch (thrown) {
      const error = thrown as Error & { errcode?: number };
      const isTakenBack = isOpen && !database.isTransaction;
      // An extended code has the primary one in its lowest byte.
      if (!isTakenBack && !FATAL.includes((error.errcode ?? 0) & 0xff)) throw error;
      return fail(error);
    }
  };

  const commit = (): void => {
    if (failure) throw failure;
    if (!isOpen) return;
    try {
      prepared("COMMIT").all();
      isOpen = false;
    } catch (error) {
      fail(error as Error);
    }
  };

  const commitLater = (): void => {
    try {
      commit();
    } catch {
      // `onFailure` has been told.
    }
  };

  const begin = (): void => {
    if (isOpen) return;
    prepared("BEGIN").all();
    isOpen = true;
    setImmediate(commitLater);
  };

  const run = (query: string, values: SqlValue[]): Row[] => {
    const statement = prepared(query);
    const rest = query.slice(statement.sourceSQL.length).trim();
    if (rest === "") return statement.all(...values);
    // The values belong to the last of them, and so do the rows.
    statement.all();
    return run(rest, values);
  };

  return {
    sql: {
      exec(query, ...values) {
        const rows = guarded(() => {
          begin();
          return run(query, values);
        });
        return { toArray: () => rows };
      },
    },

    transactionSync(action) {
      const name = `level${depth}`;
      guarded(() => {
        begin();
        prepared(`SAVEPOINT ${name}`).all();
      });
      depth += 1;
      try {
        const value = action();
        guarded(() => prepared(`RELEASE ${name}`).all());
        return value;
      } catch (error) {
        if (!failure) guarded(() => database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`));
        throw error;
      } finally {
        depth -= 1;
      }
    },

    // Its callers wait for the disk; all else waits with them, for a few milliseconds.
    sync: async () => commit(),

    setAlarm: async (at) => setAlarm(at),

    commit,

    close() {
      commitLater();
      failure ??= new Error("The storage is closed.");
      database.close();
    },
  };
};

/** More different statements than an outbox has. */
const MOST_PREPARED = 500;

const preparer = (database: DatabaseSync) => {
  const known = new Map<string, StatementSync>();
  return (query: string): StatementSync => {
    const before = known.get(query);
    if (before) return before;
    const statement = database.prepare(query);
    if (known.size >= MOST_PREPARED) known.clear();
    known.set(query, statement);
    return statement;
  };
};
