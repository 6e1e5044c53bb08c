// The Durable Object: one listener's outbox. It only ties things together.
import type { ClientOptions } from "botsplash";
import { LISTENER_DEFAULTS } from "../defaults.ts";
import { type Runtime, systemRuntime } from "../runtime.ts";
import { createBatch, type Write } from "./batch.ts";
import { type Commands, createCommands } from "./commands.ts";
import { createDispatcher, type Dispatcher } from "./dispatcher.ts";
import type { ObjectContext, Storage } from "./host.ts";
import type { Statuses } from "./outcome.ts";
import { createPace } from "./pace.ts";
import { createSender, type Sender } from "./sender.ts";
import { openStorage, type Store } from "./storage.ts";
import type { OnAmbiguous, OutboxAlert, Tell } from "./types.ts";
import { toResponse } from "./wire.ts";

/** What an outbox uses of the relay's settings. */
export interface OutboxSettings {
  /** Why it does not send; leads wait. */
  readonly problems: readonly string[];
  readonly client: ClientOptions;
  readonly listeners: ReadonlyMap<string, OutboxListener>;
  readonly alert: (alert: OutboxAlert) => void;
  /** For the submissions of leads that are done with. */
  readonly retentionMs: number;
  /** For what tells that a lead was here. */
  readonly keyRetentionMs: number;
  readonly statuses?: Statuses;
  /** See `createPace`. */
  readonly firstWaitMs?: number;
  /** Default: the real world. */
  readonly runtime?: Runtime;
}

/** What an outbox uses of a listener's options. */
export interface OutboxListener {
  readonly onAmbiguous: OnAmbiguous;
  readonly dailyCap: number;
  /** 0: only keys count. */
  readonly dedupeWindowMs: number;
}

/** A listener that is no longer configured: what it has is still delivered. */
const UNLISTED: OutboxListener = LISTENER_DEFAULTS;

const AFTER_TROUBLE_MS = 60_000;

/** An alarm that is overdue by more will not come. */
const LOST_AFTER_MS = 10_000;

/** What a host calls. */
export interface OutboxObject {
  fetch(request: Pick<Request, "url" | "json">): Promise<Response>;
  alarm(): Promise<void>;
}

/** The class of objects that are set up so. */
export const defineOutbox = <Env>(
  settingsOf: (env: Env) => OutboxSettings,
): (new (
  context: ObjectContext,
  env: Env,
) => OutboxObject) =>
  class implements OutboxObject {
    readonly #storage: Storage;
    readonly #settings: OutboxSettings;
    readonly #store: Store;
    readonly #write: Write;
    readonly #dispatcher: Dispatcher;
    readonly #commands: Commands;
    readonly #now: () => number;
    #alarmAt: number | undefined;
    #listenerId: string | undefined;
    #sender: Sender | undefined;

    constructor({ storage }: ObjectContext, env: Env) {
      const settings = settingsOf(env);
      const { runtime = systemRuntime } = settings;
      const store = openStorage(storage, runtime, { bodyMs: settings.retentionMs, keyMs: settings.keyRetentionMs });
      const pace = createPace(store.fact("pace"), settings.firstWaitMs);
      this.#storage = storage;
      this.#settings = settings;
      this.#store = store;
      this.#now = runtime.now;
      this.#listenerId = store.fact("listener");
      this.#write = createBatch(() => storage.sync(), runtime.sleep);
      const shared = { store, pace, alert: this.#alert, now: runtime.now };
      this.#dispatcher = createDispatcher({
        ...shared,
        write: this.#write,
        sender: () => (this.#sender ??= createSender(settings.client, runtime, settings.statuses)),
        runAgain: () => this.#setAlarm(this.#now()),
        listenerId: () => this.#listenerId ?? "",
        onAmbiguous: () => this.#listener.onAmbiguous,
      });
      this.#commands = createCommands({
        ...shared,
        dispatcher: this.#dispatcher,
        listener: () => this.#listener,
        arm: () => this.#arm(),
      });
      this.#dispatcher.resolveInterrupted();
      this.#arm();
    }

    /** @param request from `outboxOf` */
    async fetch(request: Pick<Request, "url" | "json">): Promise<Response> {
      const { pathname, searchParams } = new URL(request.url);
      this.#learn(searchParams.get("listener") ?? "");
      const command = pathname.slice(1) as keyof Commands;
      // `outboxOf` gives each command its own input.
      const input = (await request.json()) as never;
      return toResponse(command, await this.#write(() => this.#commands[command](input)));
    }

    /** Never throws: an alarm that keeps throwing is given up by the platform. */
    async alarm(): Promise<void> {
      this.#alarmAt = undefined;
      try {
        if (this.#settings.problems.length > 0) return this.#setAlarm(this.#now() + AFTER_TROUBLE_MS);
        await this.#dispatcher.run();
        this.#arm();
      } catch (error) {
        this.#alert("outbox_failed", `The outbox stopped, and goes on in a minute: ${nameOf(error)}.`);
        this.#setAlarm(this.#now() + AFTER_TROUBLE_MS);
      }
    }

    /** Sees to it that what is queued is sent. */
    #arm(): void {
      if (this.#dispatcher.running) {
        this.#dispatcher.wake();
        return;
      }
      const now = this.#now();
      const at = this.#dispatcher.nextRun();
      if (at === undefined) return;
      const isArmed =
        this.#alarmAt !== undefined && this.#alarmAt > now - LOST_AFTER_MS && this.#alarmAt <= Math.max(at, now);
      if (!isArmed) this.#setAlarm(Math.max(at, now));
    }

    #setAlarm(at: number): void {
      this.#alarmAt = at;
      // Written with all else of this moment; what waits for that, waits for this.
      void this.#storage.setAlarm(at);
    }

    /** The platform tells no object what it is called. */
    #learn(listenerId: string): void {
      if (this.#listenerId === listenerId) return;
      this.#store.setFact("listener", listenerId);
      this.#listenerId = listenerId;
    }

    get #listener(): OutboxListener {
      return this.#settings.listeners.get(this.#listenerId ?? "") ?? UNLISTED;
    }

    readonly #alert: Tell = (code, message, { status, count } = {}) =>
      this.#settings.alert({
        code,
        message,
        ...(this.#listenerId !== undefined && { listenerId: this.#listenerId }),
        ...(status !== undefined && { status }),
        ...(count !== undefined && { count }),
      });
  };

/** An error's message might quote a lead. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
