// What the outbox is asked, by the front and by its owner, and what it answers. See `Outbox` in types.js.
import { admit } from "./admission.ts";

const HOUR_MS = 3_600_000;
const PAGE = 100;

/**
 * @typedef {import("./types.ts").Acceptance} Acceptance
 *
 * @typedef {object} HashedLead a `NewLead` on its way to the outbox
 * @property {string} [key] the hash of its submission key
 * @property {string} content the hash of what it says
 * @property {string} submission as JSON
 * @property {"form" | "script"} via
 * @property {"honeypot" | "turnstile"} [caughtBy]
 *
 * @typedef {object} Means
 * @property {import("./storage.ts").Store} store
 * @property {import("./pace.ts").Pace} pace
 * @property {ReturnType<typeof import("./dispatcher.ts").createDelivery>} delivery
 * @property {() => { dailyCap: number, dedupeWindowMs: number }} listener
 * @property {() => void} arm sees to it that what is queued is sent
 * @property {(code: string, message: string, more?: { status?: number, count?: number }) => void} alert
 */

/** @param {Means} means */
export const createDesk = ({ store, pace, delivery, listener, arm, alert }) => {
  /** @param {HashedLead} lead @param {number} now @returns {Acceptance | undefined} */
  const known = ({ key, content }, now) => {
    const same = key && store.byKey(key);
    if (same) {
      return same.content === content
        ? { outcome: "duplicate", id: same.id, state: same.state }
        : { outcome: "conflict" };
    }
    const { dedupeWindowMs } = listener();
    const twin = dedupeWindowMs > 0 ? store.byContent(content, now - dedupeWindowMs) : undefined;
    if (!twin) return undefined;
    // The window passes, the key stays known.
    if (key) store.rememberKey(key, twin.id);
    return { outcome: "duplicate", id: twin.id, state: twin.state };
  };

  /** Says so once an hour. @param {string} code @param {string} message @param {number} now */
  const remind = (code, message, now) => {
    if (now - (store.fact(code) ?? 0) < HOUR_MS) return;
    store.setFact(code, now);
    alert(code, message);
  };

  return {
    /** @param {HashedLead} lead */
    find: (lead) => known(lead, Date.now()),

    /** @param {HashedLead} lead @returns {Acceptance} */
    accept(lead) {
      const now = Date.now();
      const before = known(lead, now);
      if (before) return before;
      const { dailyCap } = listener();
      const place = admit({ ...store.circumstances(now), dailyCap, caughtBy: lead.caughtBy });
      if (place === "full") {
        remind("outbox_full", "Posts are refused: there is no room for more leads.", now);
        return { outcome: "full" };
      }
      const id = store.insert(place, lead, now);
      if (place.caughtBy === "daily_cap")
        remind("daily_cap_reached", "Leads are quarantined: the day's limit is reached.", now);
      if (place.state === "queued") arm();
      return { outcome: "accepted", id, state: place.state };
    },

    status() {
      const oldestQueuedAt = store.oldestQueued();
      return {
        counts: store.counts(),
        ...(pace.paused !== undefined && { paused: pace.paused }),
        ...(oldestQueuedAt !== undefined && { oldestQueuedAt }),
      };
    },

    /** @param {{ state?: import("./types.ts").LeadState, after?: string, limit?: number }} query */
    list({ state, after, limit = PAGE }) {
      const size = Math.max(1, Math.min(limit, PAGE));
      const leads = store.list({ state, after, limit: size });
      return { leads, ...(leads.length === size && { next: leads[size - 1].id }) };
    },

    /** @param {string[]} ids */
    resend(ids) {
      const changed = store.resend(ids, Date.now());
      arm();
      return { changed };
    },

    /** @param {string[]} ids */
    drop: (ids) => ({ changed: store.drop(ids, Date.now()) }),

    resume() {
      delivery.resume();
      arm();
    },

    sweep() {
      const now = Date.now();
      store.forget(now);
      arm();
      const oldest = store.oldestQueued();
      if (oldest !== undefined && now - oldest >= HOUR_MS) {
        remind("leads_waiting", pace.paused ?? "A lead has waited for more than an hour.", now);
      }
    },
  };
};
