/// <reference path="../../relay/node/node-sqlite.d.ts" />
// A disk that keeps what was committed: SQLite, and what a host owes an outbox (relay/outbox/host.ts).
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Row, SqlValue, Storage } from "../../relay/outbox/host.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./time.ts";

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
  /** Another number after each change: as long as it is the same, each query answers the same. */
  readonly version: number;
  trouble: () => DiskTrouble;
  free(): void;
}

const WRITE = /^\s*(INSERT|UPDATE|DELETE|CREATE|ALTER)/i;

export const createDisk = (timeline: Timeline, random: Random): Disk => {
  // This decides which writes survive a power cut, and not a journal.
  const db = new DatabaseSync(":memory:");
  const statements = new Map<string, StatementSync>();
  let isDirty = false;
  let version = 0;
  let opened: object | undefined;

  const prepared = (query: string): StatementSync => {
    const known = statements.get(query);
    if (known) return known;
    const statement = db.prepare(query);
    statements.set(query, statement);
    return statement;
  };

  const run = (query: string, values: SqlValue[]): Row[] => {
    if (values.length > 0 || !query.trimEnd().slice(0, -1).includes(";")) return prepared(query).all(...values);
    db.exec(query);
    return [];
  };

  const begin = (): void => {
    version += 1;
    if (isDirty) return;
    prepared("BEGIN").all();
    isDirty = true;
  };

  /** A disk that failed at once may have none. */
  let hadTables = false;
  const hasTables = (): boolean => hadTables || run("SELECT 1 FROM sqlite_master WHERE name = 'sent'", []).length > 0;

  const takeBack = (): void => {
    if (isDirty) prepared("ROLLBACK").all();
    isDirty = false;
    version += 1;
  };

  const disk: Disk = {
    trouble: () => ({}),
    query: (query, ...values) => (hasTables() ? run(query, values) : []),
    get version() {
      return version;
    },
    cut() {
      opened = undefined;
      takeBack();
    },
    free() {
      statements.clear();
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
              begin();
            }
            const rows = run(query, values);
            return { toArray: () => rows };
          },
        },
        transactionSync(action) {
          check();
          begin();
          prepared("SAVEPOINT step").all();
          try {
            const value = action();
            prepared("RELEASE step").all();
            return value;
          } catch (error) {
            if (opened === me) {
              prepared("ROLLBACK TO step").all();
              prepared("RELEASE step").all();
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
              if (isDirty) prepared("COMMIT").all();
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
