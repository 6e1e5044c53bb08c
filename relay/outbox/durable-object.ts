// The Durable Object: one listener's outbox, and what a host calls of it.
import type { ClientOptions } from "botsplash";
import { LISTENER_DEFAULTS, RELAY_DEFAULTS } from "../defaults.ts";
import { type Runtime, systemRuntime } from "../runtime.ts";
import type { Commands } from "./commands.ts";
import type { Flights } from "./flights.ts";
import type { ObjectContext } from "./host.ts";
import { beginLife, type Life, type OutboxListener } from "./life.ts";
import type { IsDelivered, Statuses } from "./outcome.ts";
import { NewerOutbox } from "./schema.ts";
import { createSender, type Sender } from "./sender.ts";
import type { OutboxAlert } from "./types.ts";
import { toResponse } from "./wire.ts";

export type { OutboxListener } from "./life.ts";

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
  readonly isDelivered?: IsDelivered;
  /** See `createPace`. */
  readonly firstWaitMs?: number;
  /** Default: the real world. */
  readonly runtime?: Runtime;
}

/** A listener that is no longer configured: what it has is still delivered. */
const UNLISTED: OutboxListener = { ...LISTENER_DEFAULTS, timeZone: RELAY_DEFAULTS.timeZone };

const AFTER_TROUBLE_MS = 30_000;

/** After the first commit that failed; then twice as long each time. */
const AFTER_LOSS_MS = 50;

const HOUR_MS = 3_600_000;

/** An alarm that is overdue by more will not come. */
const LOST_AFTER_MS = 10_000;

/** What a host calls. */
export interface OutboxObject {
  fetch(request: Pick<Request, "url" | "json">): Promise<Response>;
  alarm(): Promise<void>;
  /** Sends nothing more; a host that ends in peace then waits until `alarm` has ended. */
  close(): void;
}

/** The class of objects that are set up so. */
export const defineOutbox = <Env>(
  settingsOf: (env: Env) => OutboxSettings,
): (new (
  context: ObjectContext,
  env: Env,
) => OutboxObject) => {
  const flights: Flights = new Map();
  let toldNewerAt = -Infinity;

  return class implements OutboxObject {
    readonly #context: ObjectContext;
    readonly #settings: OutboxSettings;
    readonly #runtime: Runtime;
    #life: Life | undefined;
    #alarmAt: number | undefined;
    #sender: Sender | undefined;
    #isClosed = false;
    /** Commits in a row that failed. */
    #losses = 0;

    constructor(context: ObjectContext, env: Env) {
      this.#context = context;
      this.#settings = settingsOf(env);
      this.#runtime = this.#settings.runtime ?? systemRuntime;
      this.#begin();
    }

    /** @param request from `outboxOf` */
    async fetch(request: Pick<Request, "url" | "json">): Promise<Response> {
      const { pathname, searchParams } = new URL(request.url);
      const command = pathname.slice(1) as keyof Commands;
      // `outboxOf` gives each command its own input.
      const input = (await request.json()) as never;
      const life = this.#life ?? this.#begin();
      const value = await life.write(() => {
        life.learn(searchParams.get("listener") ?? "");
        life.lookAtClock();
        return life.commands[command](input);
      });
      this.#losses = 0;
      return toResponse(command, value);
    }

    /** Never throws: an alarm that keeps throwing is given up by the platform. */
    async alarm(): Promise<void> {
      this.#alarmAt = undefined;
      try {
        if (this.#settings.problems.length > 0) return this.#setAlarm(this.#now() + AFTER_TROUBLE_MS);
        const life = this.#life ?? this.#begin();
        if (life.dispatcher.running || this.#isClosed) return;
        life.lookAtClock();
        await life.dispatcher.run();
        this.#losses = 0;
        this.#arm();
      } catch (error) {
        if (error instanceof NewerOutbox) return;
        const wasLost = this.#losses > 0;
        if (!wasLost) {
          this.#alert(undefined, "outbox_failed", `The outbox stopped, and goes on in a moment: ${nameOf(error)}.`);
        }
        this.#setAlarm(this.#now() + (wasLost ? this.#afterLossMs : AFTER_TROUBLE_MS));
      }
    }

    close(): void {
      this.#isClosed = true;
      this.#life?.dispatcher.stop();
    }

    #now(): number {
      return this.#runtime.now();
    }

    /**
     * Makes it from what is on the disk.
     * @throws where that cannot be opened
     */
    #begin(): Life {
      const { retentionMs, keyRetentionMs, firstWaitMs, client, statuses, isDelivered, listeners } = this.#settings;
      const { storage } = this.#context;
      try {
        this.#life = beginLife({
          storage,
          flights,
          firstWaitMs,
          runtime: this.#runtime,
          retention: { bodyMs: retentionMs, keyMs: keyRetentionMs },
          sender: () => (this.#sender ??= createSender(client, this.#runtime, { statuses, isDelivered })),
          listenerOf: (listenerId) => listeners.get(listenerId) ?? UNLISTED,
          setAlarm: (at) => this.#setAlarm(at),
          arm: () => this.#arm(),
          alert: this.#alert,
          onLost: () => this.#end(),
        });
      } catch (error) {
        // It is made, and fails, with every request.
        if (error instanceof NewerOutbox && Math.abs(this.#now() - toldNewerAt) > HOUR_MS) {
          toldNewerAt = this.#now();
          this.#alert(undefined, "outbox_newer", error.message);
        }
        throw error;
      }
      this.#arm();
      return this.#life;
    }

    /** What is in mind is no longer what is on the disk. */
    #end(): void {
      this.#life = undefined;
      this.#alarmAt = undefined;
      this.#losses += 1;
      if (this.#losses === 1) {
        this.#alert(undefined, "outbox_failed", "A commit failed: the outbox starts anew from the disk.");
      }
      if (this.#context.abort) this.#context.abort("A commit failed.");
      else this.#setAlarm(this.#now() + this.#afterLossMs);
    }

    get #afterLossMs(): number {
      return Math.min(AFTER_TROUBLE_MS, AFTER_LOSS_MS * 2 ** Math.min(this.#losses, 20));
    }

    /** Sees to it that what is queued is sent. */
    #arm(): void {
      const dispatcher = this.#life?.dispatcher;
      if (!dispatcher || this.#isClosed) return;
      if (dispatcher.running) {
        dispatcher.wake();
        return;
      }
      const now = this.#now();
      const at = dispatcher.nextRun();
      if (at === undefined) return;
      const isArmed =
        this.#alarmAt !== undefined && this.#alarmAt > now - LOST_AFTER_MS && this.#alarmAt <= Math.max(at, now);
      if (!isArmed) this.#setAlarm(Math.max(at, now));
    }

    #setAlarm(at: number): void {
      this.#alarmAt = at;
      const failed = (): void => {
        this.#alarmAt = undefined;
      };
      try {
        // Written with all else of this moment; what waits for that, waits for this.
        this.#context.storage.setAlarm(at).catch(failed);
      } catch {
        failed();
      }
    }

    readonly #alert = (
      listenerId: string | undefined,
      code: string,
      message: string,
      { status, count }: { status?: number | undefined; count?: number } = {},
    ): void =>
      this.#settings.alert({
        code,
        message,
        ...(listenerId !== undefined && { listenerId }),
        ...(status !== undefined && { status }),
        ...(count !== undefined && { count }),
      });
  };
};

/** An error's message might quote a lead. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
