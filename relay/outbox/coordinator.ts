// The one object that knows all outboxes, and remembers which there are. It tells the owner about posts that were
// refused, makes the day's summary, and keeps the list of numbers that must not be texted.
import type { Alert, ListenerSummary, NotedAlert } from "../alert.ts";
import { probablyMeant } from "../field-names.ts";
import type { ConsentHead } from "./consents.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { localTime, nextWithin } from "./hours.ts";
import type { Notices } from "./notices.ts";
import type { OptOut, OptOuts } from "./opt-outs.ts";
import { type LeadState, STATES } from "./states.ts";
import type { Store } from "./storage.ts";
import type { Digest, Outbox } from "./types.ts";

/** The name of the coordinator's object: no listener may have it. */
export const COORDINATOR = "relay:coordinator";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The cron comes every five minutes. */
const CRON_LATE_MS = 30 * MINUTE_MS;

/** A round asks each outbox once, and an object may make only so many requests in one event. */
const MOST_LISTENERS = 40;

/** The coordinator's part of the relay's settings. */
export interface CoordinatorSettings {
  readonly listeners: ReadonlyMap<string, { readonly silenceMs?: number }>;
  readonly timeZone: string;
  /** The hour of the owner's day at which the summary goes. */
  readonly summaryHour: number;
  readonly outbox: (listenerId: string) => Pick<Outbox, "digest">;
  readonly onConsentHead?: (head: ConsentHead & { listenerId: string; at: number }) => unknown;
}

export interface CoordinatorDependencies {
  storage: Storage;
  store: Store;
  notices: Notices;
  optOuts: OptOuts;
  settings: CoordinatorSettings;
  now: () => number;
}

export type Coordinator = ReturnType<typeof createCoordinator>;

export const createCoordinator = ({ storage, store, notices, optOuts, settings, now }: CoordinatorDependencies) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => storage.sql.exec(query, ...values).toArray();
  const directory = (): string[] => all("SELECT id FROM listeners ORDER BY id").map(({ id }) => String(id));

  const register = (ids: readonly string[]): void => {
    for (const id of ids) all("INSERT OR IGNORE INTO listeners VALUES (?, ?)", id, now());
    if (store.fact("since") === undefined) store.setFact("since", now());
  };

  const commands = {
    /** Remembers what happened, to tell of it. */
    note(alerts: NotedAlert[]): void {
      for (const alert of alerts) notices.note(alert);
    },
    register,
    /** All listeners that ever had an outbox. */
    directory,
    /** The cron has come. @returns what it is to wake, and the version of the list that copies must have */
    cron(ids: string[]): { listeners: string[]; optOuts: number } {
      register(ids);
      store.setFact("cron", now());
      return { listeners: directory(), optOuts: optOuts.version() };
    },
    changeOptOut: (change: { number: string; isOut: boolean }): OptOut => optOuts.change(change),
    optOuts: (since: number): OptOut[] => optOuts.since(since),
  };

  /** The day whose summary was the last to be due, such as `2026-11-26`: a day may have 23 hours, or 25. */
  const summaryDay = (at: number): string => {
    const { day, minutes } = localTime(settings.timeZone, at);
    if (minutes >= settings.summaryHour * 60) return day;
    return new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);
  };

  const noteState = (listenerId: string, digest: Digest): void => {
    const { counts, expiring, unknown, lastReceivedAt } = digest;
    const listener = settings.listeners.get(listenerId);
    const open = (Object.keys(STATES) as LeadState[]).filter((state) => !STATES[state].done && counts[state] > 0);
    if (!listener && open.length > 0) {
      const count = open.reduce((sum, state) => sum + counts[state], 0);
      const message = `The listener ${listenerId} is no longer configured, and still has unfinished leads.`;
      notices.note({ code: "listener_unlisted", message, listenerId, count });
    }
    if (expiring > 0) {
      const message = "Leads that wait for you lose their contents within a week.";
      notices.note({ code: "review_expires", message, listenerId, count: expiring });
    }
    const names = Object.keys(unknown);
    if (names.length > 0) {
      const meant = names.map((name) => `${name}${meantOf(name)}`).join(", ");
      const message = `Forms have fields that the relay does not know: ${meant}.`;
      notices.note({ code: "fields_unknown", message, listenerId });
    }
    const { silenceMs } = listener ?? {};
    const heardAt = Math.max(lastReceivedAt ?? 0, store.fact<number>("since") ?? now());
    if (silenceMs !== undefined && now() - heardAt >= silenceMs) {
      const message = `No lead has come in for ${Math.floor((now() - heardAt) / HOUR_MS)} hours.`;
      notices.note({ code: "listener_silent", message, listenerId });
    }
  };

  const digests = async (since: number): Promise<Map<string, Digest>> => {
    const found = new Map<string, Digest>();
    for (const listenerId of directory().slice(0, MOST_LISTENERS)) {
      try {
        found.set(listenerId, await settings.outbox(listenerId).digest(since));
      } catch {
        notices.note({ code: "outbox_unreachable", message: "An outbox does not answer.", listenerId });
      }
    }
    return found;
  };

  const summarize = (digests: ReadonlyMap<string, Digest>): void => {
    const evictedBefore = store.fact<Record<string, number>>("evicted") ?? {};
    const summary: ListenerSummary[] = [...digests].map(([listenerId, digest]) => {
      const evicted = digest.evicted - (evictedBefore[listenerId] ?? 0);
      return {
        listenerId,
        // Those that made room are no longer there to be counted, and came in all the same.
        received: digest.received + evicted,
        delivered: digest.delivered,
        quarantined: digest.quarantined + evicted,
        evicted,
        counts: digest.counts,
      };
    });
    const evicted = Object.fromEntries([...digests].map(([listenerId, digest]) => [listenerId, digest.evicted]));
    store.setFact("evicted", { ...evictedBefore, ...evicted });
    const refused = notices.takeTotals().filter(({ code }) => code === "post_refused");
    notices.note({ code: "daily_summary", message: wordsOf(summary, refused), summary });
  };

  return {
    commands,
    /** Once an hour: looks at every outbox, and tells the owner what nobody else would. */
    async round(): Promise<void> {
      store.setFact("round", now());
      const cronAt = Math.min(Math.max(store.fact<number>("cron") ?? 0, store.fact<number>("since") ?? now()), now());
      if (now() - cronAt > CRON_LATE_MS) {
        notices.note({
          code: "cron_missing",
          message: "The cron trigger has not come for half an hour: add it to the Worker.",
        });
      }
      const summarizedAt = Math.min(store.fact<number>("summary") ?? store.fact<number>("since") ?? now(), now());
      const isDue = summaryDay(now()) > summaryDay(summarizedAt);
      const found = await digests(isDue ? summarizedAt : now() - DAY_MS);
      for (const [listenerId, digest] of found) noteState(listenerId, digest);
      if (!isDue) return;
      store.setFact("summary", now());
      summarize(found);
      for (const [listenerId, { consentHead }] of found) {
        if (!consentHead) continue;
        try {
          await settings.onConsentHead?.({ ...consentHead, listenerId, at: now() });
        } catch {
          notices.note({ code: "consent_head_failed", message: "onConsentHead failed.", listenerId });
        }
      }
    },
    /** When the next round is; undefined while there is no outbox. */
    next(): number | undefined {
      if (store.fact("since") === undefined) return undefined;
      const last = store.fact<number>("round");
      if (last === undefined || last > now()) return now();
      const { summaryHour, timeZone } = settings;
      const summaryAt = nextWithin({ from: summaryHour * 60, to: summaryHour * 60 + 60 }, [timeZone], last);
      // Within the hour of the summary there may have been one.
      return Math.min(last + HOUR_MS, summaryAt > last ? summaryAt : Number.POSITIVE_INFINITY);
    },
  };
};

const meantOf = (name: string) => {
  const meant = probablyMeant(name);
  return meant === undefined ? "" : ` (probably ${meant})`;
};

/** The unfinished leads, in words. */
const OPEN = { review: "in review", held: "held", rejected: "rejected", queued: "waiting" };

/** The day in words. */
const wordsOf = (summary: readonly ListenerSummary[], refused: readonly Alert[]): string => {
  const days = summary.map(({ listenerId, received, delivered, quarantined, evicted, counts }) => {
    const open = Object.entries(OPEN).filter(([state]) => (counts[state] ?? 0) > 0);
    return [
      `${listenerId}: ${received} came in, ${delivered} delivered, ${quarantined} quarantined`,
      ...(evicted > 0 ? [`${evicted} of the oldest taken out of a full quarantine`] : []),
      ...open.map(([state, words]) => `${counts[state]} ${words} now`),
    ].join(", ");
  });
  const reasons = refused.map(({ reason, count }) => `${count} ${reason}`);
  const refusals = reasons.length > 0 ? ` Refused: ${reasons.join(", ")}.` : "";
  return days.length > 0 ? `${days.join(". ")}.${refusals}` : `No listener has had a lead yet.${refusals}`;
};
