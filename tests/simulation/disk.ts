// A disk that keeps what was committed: SQLite, and what a host owes an outbox (relay/outbox/host.ts).
import initSqlJs, { type Database, type Statement } from "sql.js";
import type { Row, SqlValue, Storage } from "../../relay/outbox/host.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./time.ts";

const SQL = await initSqlJs();

/** How the disk fails, in this moment. */
export interface DiskTrouble {
  /** A write does not go through. */
  write?: boolean;
  /** With it, all that was written since the last commit is gone. */
  takesBack?: boolean;
  /** A commit fails, and all that was written since the last one is gone. */
  commit?: boolean;
}

export interface DiskHooks {
  setAlarm(at: number): void;
  /** All that was written since the last commit is gone. `isUsable`: and the object may go on with the disk. */
  onLost(isUsable: boolean): void;
  /** The storage can be used after a commit that failed. */
  survives: boolean;
}

export interface Disk {
  /** Storage for one object; what another one had opened fails from then on. */
  open(hooks: DiskHooks): Storage;
  /** The power is cut: what was not committed is gone, and nobody can use it. */
  cut(): void;
  /** The judge's view. */
  query(query: string, ...values: SqlValue[]): Row[];
  trouble: () => DiskTrouble;
  free(): void;
}

const WRITE = /^\s*(INSERT|UPDATE|DELETE|CREATE|ALTER)/i;

export const createDisk = (timeline: Timeline, random: Random): Disk => {
  const db: Database = new SQL.Database();
  // This decides which writes survive a power cut, and not a journal.
  db.run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE");
  const statements = new Map<string, Statement>();
  let isDirty = false;
  let opened: object | undefined;

  const run = (query: string, values: SqlValue[]): Row[] => {
    if (values.length === 0 && query.trimEnd().slice(0, -1).includes(";")) {
      db.run(query);
      return [];
    }
    const statement = statements.get(query) ?? db.prepare(query);
    statements.set(query, statement);
    try {
      statement.bind(values);
      const rows: Row[] = [];
      while (statement.step()) rows.push(statement.getAsObject() as Row);
      return rows;
    } finally {
      statement.reset();
    }
  };

  /** A disk that failed at once may have none. */
  let hadTables = false;
  const hasTables = (): boolean => hadTables || run("SELECT 1 FROM sqlite_master WHERE name = 'sent'", []).length > 0;

  const takeBack = (): void => {
    if (isDirty) db.run("ROLLBACK");
    isDirty = false;
  };

  const disk: Disk = {
    trouble: () => ({}),
    query: (query, ...values) => (hasTables() ? run(query, values) : []),
    cut() {
      opened = undefined;
      takeBack();
    },
    free() {
      for (const statement of statements.values()) statement.free();
      db.close();
    },
    open({ setAlarm, onLost, survives }) {
      const me = {};
      takeBack();
      opened = me;
      const check = (): void => {
        if (opened !== me) throw new Error("This storage is closed.");
      };
      const lose = (isUsable: boolean): void => {
        takeBack();
        if (!isUsable) opened = undefined;
        onLost(isUsable);
      };
      return {
        sql: {
          exec(query, ...values) {
            check();
            if (WRITE.test(query)) {
              const { write, takesBack } = disk.trouble();
              if (write && takesBack) {
                lose(false);
                throw new Error("The disk is full, and the transaction is gone.");
              }
              if (write) throw new Error("The disk is full.");
              if (!isDirty) db.run("BEGIN");
              isDirty = true;
            }
            const rows = run(query, values);
            return { toArray: () => rows };
          },
        },
        transactionSync(action) {
          check();
          if (!isDirty) db.run("BEGIN");
          isDirty = true;
          db.run("SAVEPOINT step");
          try {
            const value = action();
            db.run("RELEASE step");
            return value;
          } catch (error) {
            if (opened === me) {
              db.run("ROLLBACK TO step");
              db.run("RELEASE step");
            }
            throw error;
          }
        },
        sync: () =>
          new Promise((resolve, reject) => {
            timeline.after(random.int(1, 6), () => {
              try {
                check();
              } catch (error) {
                reject(error);
                return;
              }
              if (disk.trouble().commit) {
                lose(survives);
                reject(new Error("The commit failed."));
                return;
              }
              if (isDirty) db.run("COMMIT");
              isDirty = false;
              hadTables ||= hasTables();
              resolve();
            });
          }),
        async setAlarm(at) {
          check();
          setAlarm(at);
        },
      };
    },
  };
  return disk;
};
