// Which outboxes there are, in a file beside them. Without it, an emptied or deleted database would pass for a new outbox.
import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { REGISTER } from "./files.ts";
import { HostTrouble } from "./trouble.ts";

export interface Register {
  /** The listeners that have an outbox. */
  readonly listeners: () => string[];
  /** The id that a listener's database must carry; undefined if it has none yet. */
  readonly idOf: (listenerId: string) => string | undefined;
  /** Durable when it returns. To be called once the database is there, and before anything is in it. */
  readonly add: (listenerId: string, id: string) => void;
}

/** The id that a new database carries. */
export const newOutboxId = (): string => randomUUID();

/** @throws {HostTrouble} `damaged`: which outboxes there are is then unknown, and none may be made anew. */
export const openRegister = (folder: string): Register => {
  const path = join(folder, REGISTER);
  const ids = new Map(Object.entries(read(path)));
  return {
    listeners: () => [...ids.keys()],
    idOf: (listenerId) => ids.get(listenerId),
    add(listenerId, id) {
      write(folder, path, { ...Object.fromEntries(ids), [listenerId]: id });
      ids.set(listenerId, id);
    },
  };
};

const read = (path: string): Record<string, string> => {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return {};
    throw new HostTrouble("not_writable", `${path} cannot be read (${code}).`);
  }
  try {
    const { outboxes } = JSON.parse(text) as { outboxes: Record<string, string> };
    if (Object.values(outboxes).every((id) => typeof id === "string")) return outboxes;
  } catch {
    // It is damaged, as below.
  }
  throw new HostTrouble(
    "damaged",
    `${path} is damaged. Restore it from a backup; or, if every database beside it is whole, delete it.`,
  );
};

/** Whole or not at all, whenever the power fails. */
const write = (folder: string, path: string, outboxes: Record<string, string>): void => {
  const text = `${JSON.stringify({ outboxes }, null, 2)}\n`;
  durably(`${path}.new`, "w", (file) => writeSync(file, text));
  renameSync(`${path}.new`, path);
  // Windows knows no such thing as a folder that is synced.
  if (process.platform !== "win32") durably(folder, "r", () => {});
};

const durably = (path: string, flags: string, action: (file: number) => void): void => {
  const file = openSync(path, flags);
  try {
    action(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
