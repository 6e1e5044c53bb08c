import { existsSync } from "node:fs";
import { examineOutbox } from "./database.ts";
import { lockFolder } from "./lock.ts";
import { openRegister } from "./register.ts";
import { HostTrouble } from "./trouble.ts";

export interface FolderReport {
  /** Another process has it. */
  readonly isRunning: boolean;
  readonly outboxes: readonly { readonly listener: string; readonly trouble: HostTrouble | undefined }[];
}

/**
 * Looks whether every outbox of a folder is there and whole, also while a relay runs on it. Nothing is changed.
 *
 * @throws {HostTrouble} Where the folder itself cannot be used.
 */
export const checkFolder = (folder: string): FolderReport => {
  // The relay makes it when it starts.
  if (!existsSync(folder)) return { isRunning: false, outboxes: [] };
  const register = openRegister(folder);
  const outboxes = register.listeners().map((listener) => ({
    listener,
    trouble: troubleOf(() => examineOutbox(folder, register, listener)),
  }));
  const lock = troubleOf(() => lockFolder(folder)());
  if (lock && lock.code !== "in_use") throw lock;
  return { isRunning: lock !== undefined, outboxes };
};

const troubleOf = (action: () => void): HostTrouble | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof HostTrouble) return error;
    throw error;
  }
};
