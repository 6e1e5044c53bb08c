import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LOCK } from "./files.ts";
import { HostTrouble } from "./trouble.ts";

const SQLITE_BUSY = 5;

/**
 * Keeps every other process out of the folder for as long as this one lives, however it ends. The lock is SQLite's own,
 * on a file that holds nothing, and the system takes it back with the process.
 *
 * @returns The function that gives the folder back.
 * @throws {HostTrouble} `in_use` or `not_writable`.
 */
export const lockFolder = (folder: string): (() => void) => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, LOCK), { timeout: 0 });
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    const { errcode = 0, message } = error as Error & { errcode?: number };
    if ((errcode & 0xff) === SQLITE_BUSY) {
      throw new HostTrouble("in_use", `Another relay uses ${folder}: end it, or give this one a folder of its own.`);
    }
    throw new HostTrouble("not_writable", `${folder} cannot be written (${message}).`);
  }
  const held = database;
  return () => held.close();
};
