// The Durable Object: one listener's outbox, and what a host calls of it.
import type { ClientOptions } from "botsplash";
import type { Alert } from "../alert.ts";
import { createThrottle } from "../alert-throttle.ts";
import { LISTENER_DEFAULTS, RELAY_DEFAULTS } from "../defaults.ts";
import { type Runtime, systemRuntime } from "../runtime.ts";
import { COORDINATOR, type CoordinatorSettings } from "./coordinator.ts";
import type { Flights } from "./flights.ts";
import type { ObjectContext } from "./host.ts";
import { type AllCommands, beginLife, type Life, type OutboxListener } from "./life.ts";
import type { IsDelivered, Statuses } from "./outcome.ts";
import { NewerOutbox } from "./schema.ts";
import { createSender, type Sender } from "./sender.ts";
import type { CoordinatorStub } from "./types.ts";
import { toResponse } from "./wire.ts";

export type { OutboxListener } from "./life.ts";

/** An outbox's part of the relay's settings. */
export interface OutboxSettings {
  /** Why it does not send; leads wait. */
  readonly problems: readonly string[];
  readonly client: ClientOptions;
  readonly listeners: ReadonlyMap<string, OutboxListener>;
  /** Tells the owner; it never rejects. */
  readonly alert: (alert: Alert) => unknown;
  /** For the coordinator, and for the list of numbers that must not be texted. */
  readonly coordination?: CoordinatorSettings;
  readonly coordinator?: () => Pick<CoordinatorStub, "optOuts">;
  /** For the contents of leads that a guard has caught. Default: as for the others. */
  readonly quarantineMs?: number;
  /** For proofs of consent. Default: for ever. */
  readonly consentMs?: number;
  /** For the submissions of leads that are done with. */
  readonly retentionMs: number;
  /** For what tells that a lead was here. */
  readonly keyRetentionMs: number;
  readonly statuses?: Statuses;
  readonly isDelivered?: IsDelivered;
  /** The only number that is texted, while the owner tries everything out. */
  readonly rehearsal?: string;
  /** See `createPace`. */
  readonly firstWaitMs?: number;
  /** Default: the real world. */
  readonly runtime?: Runtime;
}

/** A listener that is no longer configured, and of which nothing is remembered. */
const UNLISTED: OutboxListener = { ...LISTENER_DEFAULTS, timeZone: RELAY_DEFAULTS.timeZone };

const AFTER_TROUBLE_MS = 30_000;

/** After the first commit that failed; then twice as long each time. */
const AFTER_LOSS_MS = 50;

/** After an object has begun anew. */
const CHORES_AFTER_MS = 60_000;

/** For an outbox without a relay around it. */
const NO_COORDINATION: CoordinatorSettings = {
  listeners: new Map(),
  timeZone: RELAY_DEFAULTS.timeZone,
  summaryHour: RELAY_DEFAULTS.summaryHour,
  outbox: () => {
    throw new Error("There is no relay around this outbox.");
  },
};

/** Commands whose answers hold links of the chain of consents. */
const LINKED: readonly string[] = ["consents", "digest", "person"];

/** An alarm that is overdue by more will not come. */
const LOST_AFTER_MS = 10_000;

/** The methods that a host calls. */
export interface OutboxObject {
  fetch(request: Pick<Request, "url" | "text">): Promise<Response>;
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
  let throttle: ReturnType<typeof createThrottle> | undefined;

  return class implements OutboxObject {
    readonly #context: ObjectContext;
    readonly #settings: OutboxSettings;
    readonly #runtime: Runtime;
    #life: Life | undefined;
    #alarmAt: number | undefined;
    #sender: Sender | undefined;
    #isClosed = false;
    #isTelling = false;
    /** When there is something to do beside sending. */
    #choreAt: number | undefined;
    /** Commits in a row that failed. */
    #losses = 0;

    constructor(context: ObjectContext, env: Env) {
      this.#context = context;
      this.#settings = settingsOf(env);
      this.#runtime = this.#settings.runtime ?? systemRuntime;
      this.#begin();
    }

    /** @param request from `outboxOf` */
    async fetch(request: Pick<Request, "url" | "text">): Promise<Response> {
      const { pathname, searchParams } = new URL(request.url);
      const command = pathname.slice(1) as keyof AllCommands;
      // `outboxOf` gives each command its own input.
      const input = JSON.parse(await request.text()) as never;
      const life = this.#life ?? this.#begin();
      if (LINKED.includes(command)) await life.consents.link(life.write);
      const run = () => {
        life.learn(searchParams.get("listener") ?? "");
        life.lookAtClock();
        return life.commands[command](input);
      };
      const value = await life.write(run).catch((error) => {
        // A cron that comes while the disk fails wakes the sending all the same: the next one is five minutes away.
        this.#arm();
        throw error;
      });
      if (life.listenerId === COORDINATOR) this.#arm();
      this.#losses = 0;
      return toResponse(command, value);
    }

    /** Never throws: an alarm that keeps throwing is given up by the platform. */
    async alarm(): Promise<void> {
      this.#alarmAt = undefined;
      let ran: Life | undefined;
      try {
        if (this.#settings.problems.length > 0) {
          this.#alert("not_configured", `Leads wait: ${this.#settings.problems.join("; ")}.`);
          return this.#setAlarm(this.#now() + AFTER_TROUBLE_MS);
        }
        const life = this.#life ?? this.#begin();
        ran = life;
        if (life.dispatcher.running || this.#isClosed) return;
        life.lookAtClock();
        this.#choreAt = undefined;
        await this.#doChores(life);
        await life.dispatcher.run();
        this.#losses = 0;
        this.#choreAt = life.nextChore();
        this.#arm();
      } catch (error) {
        if (error instanceof NewerOutbox) return;
        const wasLost = this.#losses > 0;
        // The life after it has an alarm of its own.
        if (this.#life && this.#life !== ran) return this.#arm();
        if (!wasLost) {
          this.#alert("outbox_failed", `The outbox stopped, and goes on in a moment: ${nameOf(error)}.`);
        }
        // The same life again waits, since what failed may fail at once.
        this.#setAlarm(this.#now() + (wasLost && !this.#life ? this.#afterLossMs : AFTER_TROUBLE_MS));
      }
    }

    /** The work beside sending. */
    async #doChores(life: Life): Promise<void> {
      life.eraser.run();
      this.#tellOwner();
      if (life.listenerId === COORDINATOR) {
        if ((life.coordinator.next() ?? Number.POSITIVE_INFINITY) <= this.#now()) await life.coordinator.round();
        return;
      }
      await life.consents.link(life.write);
      await this.#syncOptOuts(life);
    }

    /** Before the first lead goes, its copy of the list must be whole. */
    async #syncOptOuts({ optOuts, write }: Life): Promise<void> {
      const { coordinator } = this.#settings;
      if (!coordinator || !optOuts.isStale()) return;
      for (let version = optOuts.syncedTo(); optOuts.isStale(); ) {
        const entries = await coordinator().optOuts(version);
        version = entries.at(-1)?.version ?? version;
        await write(() => {
          optOuts.copy(entries);
          if (entries.length === 0) optOuts.setSynced(version);
        });
      }
    }

    /** Tells the owner what is due, once it is known for good that it counts as told. */
    #tellOwner(): void {
      const life = this.#life;
      if (!life || this.#isTelling) return;
      this.#isTelling = true;
      const told = life
        .write(() => {
          this.#isTelling = false;
          return life.notices.take();
        })
        .then((alerts) => Promise.all(alerts.map((alert) => this.#settings.alert(alert))))
        // It is told of the next time.
        .catch(() => {
          this.#isTelling = false;
        });
      this.#context.waitUntil?.(told);
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
      const { retentionMs, keyRetentionMs, quarantineMs, consentMs, coordination = NO_COORDINATION } = this.#settings;
      const { firstWaitMs, client, statuses, isDelivered, listeners, rehearsal } = this.#settings;
      const { storage } = this.#context;
      try {
        this.#life = beginLife({
          storage,
          flights,
          firstWaitMs,
          runtime: this.#runtime,
          retention: {
            bodyMs: retentionMs,
            keyMs: keyRetentionMs,
            ...(quarantineMs !== undefined && { quarantineMs }),
            ...(consentMs !== undefined && { consentMs }),
          },
          sender: () => (this.#sender ??= createSender(client, this.#runtime, { statuses, isDelivered })),
          listenerOf: (listenerId) => listeners.get(listenerId),
          unlisted: { ...UNLISTED, ...(rehearsal !== undefined && { rehearsal }) },
          setAlarm: (at) => this.#setAlarm(at),
          arm: () => this.#arm(),
          coordinator: coordination,
          onNote: () => this.#tellOwner(),
          alert: (alert) => void this.#settings.alert(alert),
          onLost: () => this.#end(),
        });
      } catch (error) {
        // It is made, and fails, with every request.
        if (error instanceof NewerOutbox) this.#alert("outbox_newer", error.message);
        throw error;
      }
      // Soon, since the settings may be others than those of the life before.
      this.#choreAt = this.#life.listenerId === undefined ? undefined : this.#now() + CHORES_AFTER_MS;
      this.#tellOwner();
      this.#arm();
      return this.#life;
    }

    /** The memory no longer agrees with the disk. */
    #end(): void {
      this.#life = undefined;
      this.#alarmAt = undefined;
      this.#losses += 1;
      if (this.#losses === 1) {
        this.#alert("outbox_failed", "A commit failed: the outbox starts anew from the disk.");
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
      const times = [dispatcher.nextRun(), this.#choreAt].filter((time) => time !== undefined);
      if (this.#life?.listenerId === COORDINATOR) times.push(this.#life.coordinator.next() ?? Number.POSITIVE_INFINITY);
      const at = Math.min(...times);
      if (!Number.isFinite(at)) return;
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

    /** About what cannot be remembered on the disk. */
    #alert(code: string, message: string): void {
      throttle ??= createThrottle(this.#runtime.now);
      const listenerId = this.#life?.listenerId;
      const due = throttle({ code, message, ...(listenerId !== undefined && { listenerId }) });
      if (!due) return;
      const told = Promise.resolve(this.#settings.alert(due));
      this.#context.waitUntil?.(told);
    }
  };
};

/** An error's message might quote a lead. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
