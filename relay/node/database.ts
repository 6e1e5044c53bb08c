// One listener's database: found whole, or not opened at all.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { outboxFile } from "./files.ts";
import { newOutboxId, type Register } from "./register.ts";
import { createStorage, type NodeStorage, openDatabase, type StorageOptions } from "./storage.ts";
import { HostTrouble } from "./trouble.ts";

/** The host's own table beside the outbox's. */
const TABLE = "botsplash_host";

/**
 * Opens a listener's storage, or makes it where there has never been one.
 *
 * @throws {HostTrouble} `damaged` where it is missing, was emptied or overwritten, or does not hold together;
 *   `not_writable` where the disk takes nothing.
 */
export const openOutbox = (
  folder: string,
  register: Register,
  listenerId: string,
  options: StorageOptions,
): NodeStorage => {
  const path = join(folder, outboxFile(listenerId));
  const id = register.idOf(listenerId);
  const isThere = existsSync(path) && statSync(path).size > 0;
  if (id !== undefined && !isThere) throw damaged(path, "is missing or empty");
  const database = opened(path);
  try {
    if (isThere) examine(database, path, id);
    const storage = createStorage(database, options);
    // Proves that the disk takes what it is given.
    const found = mark(storage, id);
    if (id === undefined) register.add(listenerId, found);
    return storage;
  } catch (error) {
    closeQuietly(database);
    throw error instanceof HostTrouble ? error : cannotWrite(path, error);
  }
};

/**
 * Whether a database is the one that the register means, and holds together. It is not changed.
 *
 * @throws {HostTrouble} `damaged` or `not_writable`
 */
export const examineOutbox = (folder: string, register: Register, listenerId: string): void => {
  const path = join(folder, outboxFile(listenerId));
  if (!existsSync(path) || statSync(path).size === 0) throw damaged(path, "is missing or empty");
  const database = opened(path, true);
  try {
    examine(database, path, register.idOf(listenerId));
  } finally {
    closeQuietly(database);
  }
};

const opened = (path: string, readOnly = false): DatabaseSync => {
  try {
    return openDatabase(path, readOnly);
  } catch (error) {
    throw cannotWrite(path, error);
  }
};

/** Before the first write: what is damaged stays as it was found. */
const examine = (database: DatabaseSync, path: string, id: string | undefined): void => {
  let problem: unknown;
  let found: unknown;
  let tables: unknown[];
  try {
    problem = database.prepare("PRAGMA quick_check(1)").all()[0]?.["quick_check"];
    tables = database
      .prepare("SELECT name FROM sqlite_schema")
      .all()
      .map(({ name }) => name);
    const isOurs = tables.includes(TABLE);
    found = isOurs && database.prepare(`SELECT value FROM ${TABLE} WHERE name = 'id'`).all()[0]?.["value"];
  } catch (error) {
    const { errcode = 0 } = error as { errcode?: number };
    const isOfContent = [11, 26].includes(errcode & 0xff);
    throw isOfContent ? damaged(path, "is not whole") : cannotWrite(path, error);
  }
  if (problem !== "ok") throw damaged(path, "is not whole");
  // The process ended while it was being made, or before it was in the register.
  if (id === undefined && tables.length === 0) return;
  if (typeof found !== "string" || (id !== undefined && found !== id)) {
    throw damaged(path, "is not the one that this relay wrote");
  }
};

/** @returns The id that the database carries. */
const mark = (storage: NodeStorage, id: string | undefined): string => {
  const { sql } = storage;
  sql.exec(`CREATE TABLE IF NOT EXISTS ${TABLE} (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`);
  sql.exec(`INSERT OR IGNORE INTO ${TABLE} VALUES ('id', ?)`, id ?? newOutboxId());
  sql.exec(`INSERT OR REPLACE INTO ${TABLE} VALUES ('opened_at', ?)`, new Date().toISOString());
  const [row] = sql.exec(`SELECT value FROM ${TABLE} WHERE name = 'id'`).toArray();
  storage.commit();
  return String(row?.["value"]);
};

const closeQuietly = (database: DatabaseSync): void => {
  try {
    database.close();
  } catch {
    // It was closed before.
  }
};

const damaged = (path: string, what: string): HostTrouble =>
  new HostTrouble("damaged", `${path} ${what}. Restore it from a backup while the relay does not run.`);

const cannotWrite = (path: string, error: unknown): HostTrouble =>
  new HostTrouble("not_writable", `${path} cannot be written (${error instanceof Error ? error.message : error}).`);
