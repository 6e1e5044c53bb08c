// A copy of a data folder, made while the relay runs.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { holdForReview } from "../outbox/hold.ts";
import { examineOutbox } from "./database.ts";
import { outboxFile, REGISTER } from "./files.ts";
import { openRegister } from "./register.ts";
import { openDatabase } from "./storage.ts";
import { HostTrouble } from "./trouble.ts";

/**
 * Copies every outbox as it is at one moment. In the copy, what waits to be sent is in `review`. The relay may have sent
 * it by the time that the copy is restored, and nobody is to be texted twice.
 *
 * @returns The listeners whose outboxes were copied.
 * @throws {HostTrouble} Where an outbox is damaged, or the copy cannot be written.
 */
export const backupFolder = (from: string, to: string): string[] => {
  if (!existsSync(join(from, REGISTER))) throw new HostTrouble("damaged", `${from} has no outboxes: is it --data?`);
  const register = openRegister(from);
  const copy = emptyRegister(to);
  for (const listener of register.listeners()) {
    // A copy of what is damaged must not take the place of a good one.
    examineOutbox(from, register, listener);
    const path = join(to, outboxFile(listener));
    const source = openDatabase(join(from, outboxFile(listener)), true);
    try {
      source.prepare("VACUUM INTO ?").all(path);
    } catch (error) {
      throw new HostTrouble("not_writable", `${path} cannot be written (${(error as Error).message}).`);
    } finally {
      source.close();
    }
    const copied = openDatabase(path);
    holdForReview((query, ...values) => copied.prepare(query).all(...values), Date.now());
    copied.close();
    copy.add(listener, register.idOf(listener) ?? "");
  }
  return register.listeners();
};

const emptyRegister = (to: string): ReturnType<typeof openRegister> => {
  if (existsSync(join(to, REGISTER))) throw new HostTrouble("not_writable", `${to} holds a backup already.`);
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new HostTrouble("not_writable", `${to} cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  return openRegister(to);
};
