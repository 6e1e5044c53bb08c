// All outboxes of a data folder: what a Worker has as a binding.
import type { ObjectContext, ObjectNamespace } from "../outbox/host.ts";
import { openOutbox } from "./database.ts";
import { type HostedObject, hostObject, type OutboxObject } from "./hosted-object.ts";
import type { Log } from "./log.ts";
import type { Register } from "./register.ts";
import type { Synchronous } from "./storage.ts";
import type { HostTrouble } from "./trouble.ts";

export interface OutboxesOptions {
  readonly folder: string;
  readonly register: Register;
  readonly make: (context: ObjectContext) => OutboxObject;
  readonly log: Log;
  readonly synchronous?: Synchronous;
}

export interface Outboxes {
  readonly namespace: ObjectNamespace;
  /** Opens all that there are, also those of listeners that are no longer configured: each sees to its own leads. */
  openAll(): void;
  /** The faults, by listener. */
  troubles(): { listener: string; code: string; message: string }[];
  close(): Promise<void>;
}

export const createOutboxes = ({ folder, register, make, log, synchronous }: OutboxesOptions): Outboxes => {
  const objects = new Map<string, HostedObject>();

  const objectOf = (listener: string): HostedObject => {
    const known = objects.get(listener);
    if (known) return known;
    const object = hostObject({
      open: (options) => openOutbox(folder, register, listener, { ...options, ...(synchronous && { synchronous }) }),
      make,
      onChange: (trouble) => tell(log, listener, trouble),
    });
    objects.set(listener, object);
    return object;
  };

  return {
    namespace: {
      idFromName: (name) => ({ name }),
      get: ({ name }: { name: string }) => objectOf(name),
    },
    openAll() {
      for (const listener of register.listeners()) objectOf(listener).open();
    },
    troubles: () =>
      [...objects].flatMap(([listener, { trouble }]) =>
        trouble ? [{ listener, code: trouble.code, message: trouble.message }] : [],
      ),
    async close() {
      await Promise.all([...objects.values()].map((object) => object.close()));
    },
  };
};

const tell = (log: Log, listener: string, trouble: HostTrouble | undefined): void =>
  trouble
    ? log("error", "outbox_failing", { listener, code: trouble.code, message: trouble.message })
    : log("info", "outbox_open", { listener });
