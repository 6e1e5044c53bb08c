// One life of an outbox: from what is on the disk to a commit that fails, or for ever. It only ties things together.
import type { Runtime } from "../runtime.ts";
import { createBatch, type Write } from "./batch.ts";
import { createClock } from "./clock.ts";
import { type Commands, createCommands } from "./commands.ts";
import { createDays } from "./days.ts";
import { createDispatcher, type Dispatcher } from "./dispatcher.ts";
import { createDuplicates } from "./duplicates.ts";
import type { Flights } from "./flights.ts";
import { createGate, type GateOptions } from "./gate.ts";
import type { Storage } from "./host.ts";
import { createPace } from "./pace.ts";
import type { Sender } from "./sender.ts";
import { createSettle } from "./settle.ts";
import { openStorage, type Retention } from "./storage.ts";
import type { Tell } from "./types.ts";

const HOUR_MS = 3_600_000;
const FIRST_WAIT_MS = 250;

/** What an outbox uses of a listener's options. */
export interface OutboxListener extends GateOptions {
  /** 0: only keys count. */
  readonly dedupeWindowMs: number;
}

export interface LifeDependencies {
  storage: Storage;
  runtime: Runtime;
  retention: Retention;
  firstWaitMs: number | undefined;
  flights: Flights;
  sender: () => Sender;
  /** The options of the listener of this name. */
  listenerOf: (listenerId: string) => OutboxListener;
  setAlarm: (at: number) => void;
  arm: () => void;
  alert: (listenerId: string | undefined, ...alert: Parameters<Tell>) => void;
  /** A commit has failed: what is in mind is no longer what is on the disk. */
  onLost: () => void;
}

export interface Life {
  readonly write: Write;
  readonly dispatcher: Dispatcher;
  readonly commands: Commands;
  readonly alert: Tell;
  /** The platform tells no object what it is called. */
  learn(listenerId: string): void;
  /** Looks at the clock: one that went back must not keep anything waiting. */
  lookAtClock(): void;
}

/**
 * Begins one.
 * @throws where the storage cannot be opened
 */
export const beginLife = (dependencies: LifeDependencies): Life => {
  const { storage, runtime, retention, firstWaitMs = FIRST_WAIT_MS, flights, sender, listenerOf } = dependencies;
  const { now, sleep } = runtime;
  let isOver = false;
  const store = openStorage(storage, runtime, retention);
  let listenerId = store.fact<string>("listener");
  const pace = createPace(store.fact("pace"), firstWaitMs);
  const clock = createClock({ store, pace, now });
  const listener = (): OutboxListener => listenerOf(listenerId ?? "");
  const onAmbiguous = () => listener().onAmbiguous;

  const alert: Tell = (code, message, more) => dependencies.alert(listenerId, code, message, more);
  const remind: Tell = (code, message, more) => {
    if (Math.abs(now() - (store.fact<number>(code) ?? 0)) < HOUR_MS) return;
    store.setFact(code, now());
    alert(code, message, more);
  };
  const write = createBatch(
    () => storage.sync(),
    sleep,
    () => {
      isOver = true;
      dependencies.onLost();
    },
  );

  const days = createDays(storage, () => listener().timeZone, store.sentSince);
  const gate = createGate({ store, days, options: listener, remind });
  const settle = createSettle({ store, pace, days, onAmbiguous, firstWaitMs, alert, now });
  const duplicates = createDuplicates({ store, dedupeWindowMs: () => listener().dedupeWindowMs, now });
  const dispatcher = createDispatcher({
    ...{ store, pace, gate, settle, flights, sender, write, onAmbiguous, alert, now, sleep },
    isOver: () => isOver,
    arm: () => {
      if (!isOver) dependencies.arm();
    },
    runAgain: () => dependencies.setAlarm(now()),
    listenerId: () => listenerId ?? "",
  });
  const commands = createCommands({ store, pace, gate, dispatcher, duplicates, remind, now, arm: dependencies.arm });

  /** Leads wait for hours that may have been configured otherwise. */
  const noticeHours = (): void => {
    const { sendHours, timeZone } = listener();
    const current = JSON.stringify([sendHours ?? null, timeZone]);
    if (store.fact("hours") === current) return;
    store.free(["hours"], now());
    store.setFact("hours", current);
  };

  clock.look();
  if (listenerId !== undefined) noticeHours();
  dispatcher.resolveInterrupted();
  return {
    write,
    dispatcher,
    commands,
    alert,
    learn(name) {
      if (listenerId === name) return;
      store.setFact("listener", name);
      listenerId = name;
      noticeHours();
    },
    lookAtClock: clock.look,
  };
};
