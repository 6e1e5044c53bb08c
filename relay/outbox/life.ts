// One life of an outbox: from what is on the disk to a commit that fails, or for ever. It only ties things together.
import type { Alert } from "../alert.ts";
import type { Runtime } from "../runtime.ts";
import { createBatch, type Write } from "./batch.ts";
import { createClock } from "./clock.ts";
import { type Commands, createCommands } from "./commands.ts";
import { type Consent, type Consents, createConsents } from "./consents.ts";
import { COORDINATOR, type Coordinator, type CoordinatorSettings, createCoordinator } from "./coordinator.ts";
import { createDays } from "./days.ts";
import { createDesk, type Desk } from "./desk.ts";
import { createDigest } from "./digest.ts";
import { createDispatcher, type Dispatcher } from "./dispatcher.ts";
import { createDuplicates } from "./duplicates.ts";
import type { Flights } from "./flights.ts";
import { createGate, type GateOptions } from "./gate.ts";
import type { Storage } from "./host.ts";
import { createNotices, type Notices } from "./notices.ts";
import { createNumbers } from "./numbers.ts";
import { createOptOuts, type OptOuts } from "./opt-outs.ts";
import { createPace } from "./pace.ts";
import { createPeople } from "./person.ts";
import { createQuarantine } from "./quarantine.ts";
import { createRemembered } from "./remembered.ts";
import { createEraser, type Eraser, type Retention } from "./retention.ts";
import { createSearch } from "./search.ts";
import type { Sender } from "./sender.ts";
import { createSettle } from "./settle.ts";
import { openStorage } from "./storage.ts";
import type { HashedLead, Tell } from "./types.ts";
import { createUndo } from "./undo.ts";

const FIRST_WAIT_MS = 250;

/** An outbox's part of a listener's options. */
export interface OutboxListener extends GateOptions {
  /** 0: only keys count. */
  readonly dedupeWindowMs: number;
  /** The words to which a visitor may agree. */
  readonly consentTexts?: ReadonlySet<string>;
}

export interface LifeDependencies {
  storage: Storage;
  runtime: Runtime;
  retention: Retention;
  firstWaitMs: number | undefined;
  flights: Flights;
  sender: () => Sender;
  /** The options of the listener of this name; undefined if it is not configured. */
  listenerOf: (listenerId: string) => OutboxListener | undefined;
  /** For a listener that is no longer configured: what it has is still delivered. */
  unlisted: OutboxListener;
  setAlarm: (at: number) => void;
  arm: () => void;
  coordinator: CoordinatorSettings;
  /** There may be something to tell the owner. */
  onNote: () => void;
  /** Tells the owner of what cannot be remembered. */
  alert: (alert: Alert) => void;
  /** A commit has failed: what is in mind is no longer what is on the disk. */
  onLost: () => void;
}

/** The requests to an object of either kind. */
export type AllCommands = Commands & Desk & Coordinator["commands"];

export interface Life {
  readonly write: Write;
  readonly dispatcher: Dispatcher;
  readonly commands: AllCommands;
  readonly alert: Tell;
  readonly notices: Notices;
  readonly optOuts: OptOuts;
  readonly consents: Consents;
  readonly eraser: Eraser;
  readonly coordinator: Coordinator;
  readonly listenerId: string | undefined;
  /** The platform tells no object what it is called. */
  learn(listenerId: string): void;
  /** Looks at the clock: one that went back must not keep anything waiting. */
  lookAtClock(): void;
  /** When there is something to do beside sending. */
  nextChore(): number | undefined;
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
  const numbers = createNumbers(storage);
  const remembered = createRemembered(store);
  const listener = (): OutboxListener =>
    listenerOf(listenerId ?? "") ?? { ...dependencies.unlisted, ...remembered.options() };
  const onAmbiguous = () => listener().onAmbiguous;

  const notices = createNotices(storage, now, dependencies.onNote);
  const alert: Tell = (code, message, { status, count } = {}) => {
    const noted = {
      code,
      message,
      ...(listenerId !== undefined && { listenerId }),
      ...(status !== undefined && { status }),
      ...(count !== undefined && { count }),
    };
    try {
      notices.note(noted);
    } catch {
      // The disk fails, of which the owner is to hear all the same.
      dependencies.alert(noted);
    }
  };
  const write = createBatch(
    () => storage.sync(),
    sleep,
    () => {
      isOver = true;
      dependencies.onLost();
      // It waits for responses that the life after it will hear.
      dispatcher.stop();
    },
  );

  const days = createDays(storage, () => listener().timeZone, store.sentSince);
  const consents = createConsents(storage, runtime);
  const undo = createUndo(storage, now);
  const clock = createClock({ store, pace, numbers, days, undo, now });
  const eraser = createEraser({
    ...{ storage, retention, consents, now },
    counts: [numbers, days],
    onGone: store.moved,
    doubtUntil: clock.doubtUntil,
  });
  const optOuts = createOptOuts(storage, now);
  const quarantined = createQuarantine({ store, consents, alert });
  const gate = createGate({ store, days, optOuts, numbers, quarantined, options: listener, alert });
  const withdraw = () => notices.withdraw(["lead_refused", "outbox_paused", "leads_waiting"]);
  const settle = createSettle({ store, pace, days, numbers, onAmbiguous, firstWaitMs, alert, withdraw, now });
  const renew = (id: string, { consent }: HashedLead): void => {
    if (consent) consents.add(id, consent, now());
  };
  const duplicates = createDuplicates({ store, dedupeWindowMs: () => listener().dedupeWindowMs, renew, now });
  const dispatcher = createDispatcher({
    ...{ store, pace, gate, settle, flights, sender, write, onAmbiguous, alert, now, sleep },
    isOver: () => isOver,
    arm: () => {
      if (!isOver) dependencies.arm();
    },
    runAgain: () => dependencies.setAlarm(now()),
    listenerId: () => listenerId ?? "",
  });
  const { arm } = dependencies;
  const coordinator = createCoordinator({ storage, store, notices, optOuts, now, settings: dependencies.coordinator });
  const desk = createDesk({
    ...{ store, consents, undo, eraser, optOuts, arm },
    search: createSearch(storage),
    people: createPeople(storage, consents, now),
    digest: createDigest(storage, store, eraser, consents),
  });
  const outbox = createCommands({
    store,
    pace,
    gate,
    dispatcher,
    duplicates,
    consents,
    optOuts,
    undo,
    eraser,
    quarantined,
    alert,
    withdraw,
    now,
    arm,
  });
  const commands = { ...outbox, ...desk, ...coordinator.commands };

  /** Leads whose words were not in the list go when they are. */
  const releaseListed = (): void => {
    const { consentTexts } = listener();
    for (const id of store.heldBy("consent")) {
      const record = consents.of(id)?.record;
      const words = record === undefined ? undefined : (JSON.parse(record) as Consent).words;
      if (words === undefined || !consentTexts?.has(words)) continue;
      store.release(id, "held", { state: "queued", reason: "The visitor's words are in your list now." }, now());
    }
  };

  /** Leads may wait by other options, or have gone uncounted. */
  const noticeOptions = (): void => {
    const current = listenerOf(listenerId ?? "");
    const { hours, cap } = current ? remembered.update(current) : {};
    if (hours) store.free(["hours"], now());
    if (cap) days.recount();
  };

  clock.look();
  if (listenerId !== undefined) {
    noticeOptions();
    releaseListed();
  }
  dispatcher.resolveInterrupted();
  return {
    write,
    dispatcher,
    commands,
    alert,
    notices,
    optOuts,
    consents,
    eraser,
    coordinator,
    get listenerId() {
      return listenerId;
    },
    learn(name) {
      if (listenerId === name) return;
      store.setFact("listener", name);
      listenerId = name;
      noticeOptions();
      releaseListed();
    },
    lookAtClock: clock.look,
    nextChore() {
      const isCoordinator = listenerId === COORDINATOR;
      const times = [notices.next(), eraser.next(), isCoordinator ? coordinator.next() : undefined];
      const known = times.filter((time) => time !== undefined);
      return known.length > 0 ? Math.min(...known) : undefined;
    },
  };
};
