import { backupFolder } from "../../relay/node/backup.ts";
import { print } from "../terminal.ts";
import { explained } from "./trouble.ts";

/** @returns The exit status. */
export const backup = (from: string, to: string): Promise<number> =>
  explained(() => {
    const listeners = backupFolder(from, to);
    print(`${listeners.length} outboxes are copied to ${to}: ${listeners.join(", ")}.`);
    return 0;
  });
