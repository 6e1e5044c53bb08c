// The Durable Object: one listener's outbox. It only ties things together.
import { answerWith } from "./answer.ts";
import { createBatch } from "./batch.ts";
import { createDesk } from "./commands.ts";
import { createDelivery } from "./dispatcher.ts";
import { createPace } from "./pace.ts";
import { createSender } from "./sender.ts";
import { openStorage } from "./storage.ts";

/**
 * @typedef {object} OutboxSettings
 * @property {readonly string[]} problems what keeps it from sending; leads wait
 * @property {import("botsplash").ClientOptions} client
 * @property {ReadonlyMap<string, OutboxListener>} listeners
 * @property {(alert: { code: string, message: string, listenerId?: string, status?: number, count?: number }) => void} alert
 * @property {number} retentionMs for the submissions of leads that are delivered or dropped
 * @property {number} keyRetentionMs for what tells that a lead was here
 * @property {import("./outcome.ts").Statuses} [statuses]
 * @property {number} [firstWaitMs] see `createPace`
 *
 * @typedef {object} OutboxListener
 * @property {"review" | "resend" | "drop"} onAmbiguous
 * @property {number} dailyCap
 * @property {number} dedupeWindowMs 0: only keys count
 */

/** A listener that is no longer configured: what it has is still delivered. @type {OutboxListener} */
const UNLISTED = { onAmbiguous: "review", dailyCap: Infinity, dedupeWindowMs: 600_000 };

const AFTER_TROUBLE_MS = 60_000;

/** An alarm that is overdue by more will not come. */
const LOST_AFTER_MS = 10_000;

/**
 * @param {(env: any) => OutboxSettings} settingsOf
 * @returns the class of Durable Objects that are set up so
 */
export const defineOutbox = (settingsOf) =>
  class {
    #storage;
    #settings;
    #store;
    #write;
    #delivery;
    #desk;
    /** @type {number | undefined} */
    #alarmAt;
    /** @type {string | undefined} */
    #listenerId;
    /** @type {ReturnType<typeof createSender> | undefined} */
    #sender;

    /** @param {import("./platform.ts").ObjectContext} ctx @param {any} env */
    constructor(ctx, env) {
      const { storage } = ctx;
      const settings = settingsOf(env);
      const store = openStorage(storage, { bodyMs: settings.retentionMs, keyMs: settings.keyRetentionMs });
      const pace = createPace(store.fact("pace"), settings.firstWaitMs);
      this.#storage = storage;
      this.#settings = settings;
      this.#store = store;
      this.#listenerId = store.fact("listener");
      this.#write = createBatch(() => storage.sync());
      const alert = this.#alert;
      this.#delivery = createDelivery({
        ...{ store, pace, alert, write: this.#write },
        sender: () => (this.#sender ??= createSender(settings.client, settings.statuses)),
        runAgain: () => this.#setAlarm(Date.now()),
        listenerId: () => this.#listenerId ?? "",
        onAmbiguous: () => this.#listener.onAmbiguous,
      });
      this.#desk = createDesk({
        store,
        pace,
        alert,
        delivery: this.#delivery,
        listener: () => this.#listener,
        arm: () => this.#arm(),
      });
      this.#delivery.resolveStranded();
      this.#arm();
    }

    /** @param {Request} request from `outboxOf` */
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      this.#learn(/** @type {string} */ (searchParams.get("listener")));
      const action = /** @type {keyof ReturnType<typeof createDesk>} */ (pathname.slice(1));
      const input = /** @type {never} */ (await request.json());
      return answerWith(action, await this.#write(() => this.#desk[action](input)));
    }

    /** Never throws: an alarm that keeps throwing is given up by the platform. */
    async alarm() {
      this.#alarmAt = undefined;
      try {
        if (this.#settings.problems.length > 0) return this.#setAlarm(Date.now() + AFTER_TROUBLE_MS);
        await this.#delivery.run();
        this.#arm();
      } catch (error) {
        this.#alert("outbox_failed", `The outbox stopped, and goes on in a minute: ${nameOf(error)}.`);
        this.#setAlarm(Date.now() + AFTER_TROUBLE_MS);
      }
    }

    /** Sees to it that what is queued is sent. */
    #arm() {
      if (this.#delivery.running) return this.#delivery.ring();
      const now = Date.now();
      const at = this.#delivery.nextRun(now);
      if (at === undefined) return;
      const isArmed =
        this.#alarmAt !== undefined && this.#alarmAt > now - LOST_AFTER_MS && this.#alarmAt <= Math.max(at, now);
      if (!isArmed) this.#setAlarm(Math.max(at, now));
    }

    /** @param {number} at */
    #setAlarm(at) {
      this.#alarmAt = at;
      // Written with all else of this moment; what waits for that, waits for this.
      void this.#storage.setAlarm(at);
    }

    /** The platform tells no object what it is called. @param {string} listenerId */
    #learn(listenerId) {
      if (this.#listenerId === listenerId) return;
      this.#store.setFact("listener", listenerId);
      this.#listenerId = listenerId;
    }

    get #listener() {
      return this.#settings.listeners.get(this.#listenerId ?? "") ?? UNLISTED;
    }

    /** @param {string} code @param {string} message @param {{ status?: number, count?: number }} [more] */
    #alert = (code, message, more) =>
      this.#settings.alert({
        code,
        message,
        ...(this.#listenerId !== undefined && { listenerId: this.#listenerId }),
        ...more,
      });
  };

/** @param {unknown} error its message might quote a lead */
const nameOf = (error) => (error instanceof Error ? error.name : typeof error);
