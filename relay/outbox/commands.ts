// The commands that the ingress and the owner give an outbox, and its responses. See `Outbox` in types.ts.
import { admit } from "./admission.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Pace } from "./pace.ts";
import type { Store } from "./storage.ts";
import type { Acceptance, LeadPage, LeadQuery, NewLead, OutboxStatus, Tell } from "./types.ts";

const HOUR_MS = 3_600_000;
const PAGE = 100;

/** A `NewLead` on its way to the outbox. */
export interface HashedLead extends Pick<NewLead, "via" | "caughtBy"> {
  /** The hash of its submission key. */
  key?: string;
  /** The hash of what it says. */
  content: string;
  /** As JSON. */
  submission: string;
}

export interface CommandDependencies {
  store: Store;
  pace: Pace;
  dispatcher: Dispatcher;
  listener: () => { dailyCap: number; dedupeWindowMs: number };
  /** Sees to it that what is queued is sent. */
  arm: () => void;
  alert: Tell;
  now: () => number;
}

export type Commands = ReturnType<typeof createCommands>;

export const createCommands = ({ store, pace, dispatcher, listener, arm, alert, now }: CommandDependencies) => {
  const known = ({ key, content }: HashedLead): Acceptance | undefined => {
    const same = key ? store.byKey(key) : undefined;
    if (same) {
      return same.content === content
        ? { outcome: "duplicate", id: same.id, state: same.state }
        : { outcome: "conflict" };
    }
    const { dedupeWindowMs } = listener();
    const twin = dedupeWindowMs > 0 ? store.byContent(content, now() - dedupeWindowMs) : undefined;
    if (!twin) return undefined;
    // The window passes, the key stays known.
    if (key) store.rememberKey(key, twin.id);
    return { outcome: "duplicate", id: twin.id, state: twin.state };
  };

  /** Says so once an hour. */
  const remind = (code: string, message: string): void => {
    if (now() - (store.fact<number>(code) ?? 0) < HOUR_MS) return;
    store.setFact(code, now());
    alert(code, message);
  };

  return {
    find: (lead: HashedLead): Acceptance | undefined => known(lead),

    accept(lead: HashedLead): Acceptance {
      const before = known(lead);
      if (before) return before;
      const { dailyCap } = listener();
      const place = admit({ ...store.circumstances(now()), dailyCap, caughtBy: lead.caughtBy });
      if (place === "full") {
        remind("outbox_full", "Posts are refused: there is no room for more leads.");
        return { outcome: "full" };
      }
      const id = store.insert(place, lead, now());
      if (place.caughtBy === "daily_cap")
        remind("daily_cap_reached", "Leads are quarantined: the day's limit is reached.");
      if (place.state === "queued") arm();
      return { outcome: "accepted", id, state: place.state };
    },

    status(): OutboxStatus {
      const oldestQueuedAt = store.oldestQueued();
      return {
        counts: store.counts(),
        ...(pace.paused !== undefined && { paused: pace.paused }),
        ...(oldestQueuedAt !== undefined && { oldestQueuedAt }),
      };
    },

    list({ limit = PAGE, ...query }: LeadQuery): LeadPage {
      const size = Math.max(1, Math.min(limit, PAGE));
      const leads = store.list({ ...query, limit: size });
      const last = leads[size - 1];
      return { leads, ...(last && { next: last.id }) };
    },

    resend(ids: string[]): { changed: number } {
      const changed = store.resend(ids, now());
      arm();
      return { changed };
    },

    drop: (ids: string[]): { changed: number } => ({ changed: store.drop(ids, now()) }),

    resume(): void {
      dispatcher.resume();
      arm();
    },

    sweep(): void {
      store.forget(now());
      arm();
      const oldest = store.oldestQueued();
      if (oldest !== undefined && now() - oldest >= HOUR_MS) {
        remind("leads_waiting", pace.paused ?? "A lead has waited for more than an hour.");
      }
    },
  };
};
