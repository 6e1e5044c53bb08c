// The life of one listener's object: made from the disk, ended when the disk fails it, and made anew.
import type { ObjectContext } from "../outbox/host.ts";
import { type Alarm, createAlarm } from "./alarm.ts";
import type { NodeStorage, StorageOptions } from "./storage.ts";
import { HostTrouble } from "./trouble.ts";

/** The methods of an object that a host calls. */
export interface OutboxObject {
  fetch(request: Pick<Request, "url" | "text">): Promise<Response>;
  alarm(): Promise<void>;
  /** Sends nothing more. */
  close?(): void;
}

export interface HostedObjectOptions {
  /** Opens its storage. */
  readonly open: (options: Pick<StorageOptions, "setAlarm" | "onFailure">) => NodeStorage;
  readonly make: (context: ObjectContext) => OutboxObject;
  /** Told when it stops working, and, without a reason, when it works again. */
  readonly onChange: (trouble: HostTrouble | undefined) => void;
}

export interface HostedObject {
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** Makes it, where it is not there. Its trouble is told to `onChange`. */
  open(): void;
  readonly trouble: HostTrouble | undefined;
  /** Sends nothing more, waits for what is in flight, and closes the file. */
  close(): Promise<void>;
}

interface Life {
  readonly object: OutboxObject;
  readonly storage: NodeStorage;
  readonly alarm: Alarm;
}

/** How soon a disk that failed is tried again: it may have room by now. */
const AGAIN_MS = 500;

/** A damaged database stays damaged until its owner restores it. */
const DAMAGED_AGAIN_MS = 60_000;

export const hostObject = ({ open, make, onChange }: HostedObjectOptions): HostedObject => {
  let life: Life | undefined;
  let trouble: HostTrouble | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const change = (now: HostTrouble | undefined): void => {
    const hasChanged = trouble?.message !== now?.message;
    trouble = now;
    if (hasChanged) onChange(now);
  };

  const tryAgain = (why: HostTrouble): void => {
    change(why);
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(start, why.code === "damaged" ? DAMAGED_AGAIN_MS : AGAIN_MS);
  };

  const end = (ended: Life, error: Error): void => {
    life = undefined;
    void ended.alarm.stop();
    // It is in the middle of a call.
    setImmediate(() => closeQuietly(ended.storage));
    tryAgain(troubleOf(error));
  };

  const start = (): void => {
    if (life || isClosed) return;
    clearTimeout(timer);
    let storage: NodeStorage | undefined;
    let made: Life | undefined;
    let failed: Error | undefined;
    const alarm = createAlarm(async () => made?.object.alarm());
    try {
      storage = open({
        setAlarm: alarm.set,
        onFailure: (error) => {
          failed = error;
          if (made && life === made) end(made, error);
        },
      });
      made = { object: make({ storage }), storage, alarm };
      if (failed) throw failed;
      life = made;
      change(undefined);
    } catch (error) {
      void alarm.stop();
      if (storage) closeQuietly(storage);
      tryAgain(troubleOf(failed ?? error));
    }
  };

  return {
    async fetch(url, init) {
      start();
      if (!life) throw trouble ?? new Error("The outbox is closed.");
      return life.object.fetch({ url, text: async () => String(init?.body ?? "null") });
    },
    open: start,
    get trouble() {
      return trouble;
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      if (!life) return;
      const { object, storage, alarm } = life;
      object.close?.();
      await alarm.stop();
      life = undefined;
      storage.close();
    },
  };
};

const troubleOf = (error: unknown): HostTrouble => {
  if (error instanceof HostTrouble) return error;
  const { message, code } = error as NodeJS.ErrnoException;
  return code === "ERR_SQLITE_ERROR"
    ? new HostTrouble("not_writable", `The disk did not take a write (${message}).`)
    : // The outbox's own message, such as that a newer version wrote it, does not quote a lead.
      new HostTrouble("damaged", message);
};

const closeQuietly = (storage: NodeStorage): void => {
  try {
    storage.close();
  } catch {
    // Its file is gone, or it was closed before.
  }
};
