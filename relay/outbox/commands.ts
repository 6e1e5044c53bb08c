// The commands that the ingress and the owner give an outbox, and its responses. See `Outbox` in types.ts.
import { admit, type Place } from "./admission.ts";
import type { Consents } from "./consents.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Duplicates } from "./duplicates.ts";
import type { Gate } from "./gate.ts";
import type { OptOuts } from "./opt-outs.ts";
import type { Pace } from "./pace.ts";
import type { Quarantined } from "./quarantine.ts";
import type { Eraser } from "./retention.ts";
import type { Store } from "./storage.ts";
import type {
  Acceptance,
  HashedLead,
  LeadPage,
  LeadQuery,
  OutboxStatus,
  ResendOptions,
  Tell,
  Waiting,
} from "./types.ts";
import type { Undo } from "./undo.ts";

const HOUR_MS = 3_600_000;
const PAGE = 100;

export interface CommandDependencies {
  store: Store;
  pace: Pace;
  gate: Gate;
  dispatcher: Dispatcher;
  duplicates: Duplicates;
  /** Sees to it that what is queued is sent. */
  arm: () => void;
  consents: Consents;
  optOuts: OptOuts;
  undo: Undo;
  eraser: Eraser;
  /** A guard has caught a lead. */
  quarantined: Quarantined;
  /** Tells the owner; the first of a kind at once, then one an hour. */
  alert: Tell;
  /** Trouble is over: takes back what the owner has not heard of it yet. */
  withdraw: () => void;
  now: () => number;
}

export type Commands = ReturnType<typeof createCommands>;

const WAITS_FOR = {
  backoff: "Each lead that waits has failed before. The relay retries it later.",
  asked: "The API asked the relay to wait with each of the leads.",
  hours: "The relay sends no leads at this hour (sendHours).",
};

export const createCommands = (dependencies: CommandDependencies) => {
  const { store, pace, gate, dispatcher, duplicates, consents, optOuts, undo, eraser, arm, alert, now } = dependencies;
  const { quarantined, withdraw } = dependencies;

  /** The reason why the next lead waits. */
  const waiting = (): Waiting | undefined => {
    const at = now();
    const next = store.nextReason();
    if (!next) return undefined;
    const ofPace = pace.waiting(at);
    if (ofPace) return ofPace;
    if (gate.isFull(at)) {
      const until = gate.nextDue(at);
      return { reason: "The day's cap is reached.", since: next.since, ...(until !== undefined && { until }) };
    }
    if (next.waitsFor === null || next.dueAt <= at) return undefined;
    return { reason: WAITS_FOR[next.waitsFor], since: next.since, until: next.dueAt };
  };

  /** @returns its id. A consent is kept with it, or neither is. */
  const keep = (place: Place, lead: HashedLead): string => {
    const { consent } = lead;
    if (!consent) return store.insert(place, lead, now());
    return store.atomically(() => {
      const id = store.insert(place, lead, now());
      consents.add(id, consent, now());
      return id;
    });
  };

  return {
    find: (lead: HashedLead): Acceptance | undefined => duplicates.find(lead),

    accept(lead: HashedLead): Acceptance {
      const before = duplicates.match(lead);
      if (before) {
        if ("state" in before && before.state === "queued") arm();
        return before;
      }
      const { caughtBy, heldBy } = lead;
      const place = admit({ ...store.circumstances(), caughtBy, heldBy });
      if (place === "full") {
        alert("outbox_full", "Posts are refused: there is no room for more leads.");
        return { outcome: "full" };
      }
      const id = keep(place, lead);
      if (place.state === "quarantined") quarantined(place.reason);
      if (place.state === "held") alert("lead_held", `Leads are held: ${place.reason}`);
      if (place.state === "queued") arm();
      return { outcome: "accepted", id, state: place.state };
    },

    status(): OutboxStatus {
      const oldestQueuedAt = store.oldestQueued();
      const waitsFor = waiting();
      return {
        counts: store.counts(),
        ...(pace.paused !== undefined && { paused: pace.paused }),
        ...(waitsFor && { waiting: waitsFor }),
        ...(oldestQueuedAt !== undefined && { oldestQueuedAt }),
      };
    },

    list({ limit = PAGE, ...query }: LeadQuery): LeadPage {
      const size = Math.max(1, Math.min(limit, PAGE));
      const leads = store.list({ ...query, limit: size });
      const last = leads[size - 1];
      return { leads, ...(last && { next: last.id }) };
    },

    resend({ ids, anyHour = false }: { ids: string[] } & ResendOptions): { changed: number } {
      undo.remember(ids, "resendable");
      const changed = store.resend(ids, anyHour, now());
      arm();
      return { changed };
    },

    drop(ids: string[]): { changed: number } {
      undo.remember(ids, "droppable");
      return { changed: store.drop(ids, now()) };
    },

    resume(): void {
      dispatcher.resume();
      withdraw();
      arm();
    },

    sweep(version?: number): void {
      if (version !== undefined) optOuts.look(version);
      gate.expire(now());
      eraser.run();
      dispatcher.calibrate();
      arm();
      // For their hours, and for tomorrow's cap, leads wait because their owner said so.
      const count = gate.isFull(now()) ? 0 : store.waitingSince(now() - HOUR_MS);
      if (count > 0) alert("leads_waiting", waiting()?.reason ?? "Leads have waited for more than an hour.", { count });
    },
  };
};
