// While the API takes leads and an eligible one waits, no minute passes without a send.
import type { Row } from "../../../relay/outbox/host.ts";
import type { Api, Attempt } from "../api.ts";
import type { Host } from "../host.ts";
import type { Timeline } from "../time.ts";
import { broken } from "./broken.ts";
import { type Known, REFUSALS } from "./known.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The promise, with what its observer needs to see it. */
const LONGEST_IDLE_MS = 65 * SECOND;

/** The longest that a lead waits for itself: after a refusal, and after any other failure. */
const LONGEST_REFUSED_MS = 60 * MINUTE;
const LONGEST_BACKOFF_MS = 15 * MINUTE;

/** The delay that a lost alarm, a crash or a clock may cause: the cron comes every five minutes. */
const EXCUSED_MS = 6 * MINUTE;

export interface PromiseDependencies {
  timeline: Timeline;
  api: Api;
  host: Host;
  leads: ReadonlyMap<string, Known>;
  inFlight: ReadonlyMap<Attempt, Known>;
  /** May another lead go today? */
  isOpen: () => boolean;
  isWithinHours: (submission: string) => boolean;
}

export const createPromise = ({ timeline, api, host, leads, inFlight, isOpen, isWithinHours }: PromiseDependencies) => {
  let lastEnd = 0;
  let dueSince: number | undefined;
  let excusedUntil = 0;

  /** The rows of a query, read anew when the disk has changed: between two looks it seldom does. */
  const remembered = (query: string): (() => Row[]) => {
    let rows: Row[] = [];
    let version: number | undefined;
    return () => {
      if (version !== host.disk.version) rows = host.disk.query(query);
      version = host.disk.version;
      return rows;
    };
  };
  const queued = remembered("SELECT id, submission, any_hour, waits_since, due_at FROM leads WHERE state = 'queued'");

  const clockAtFirst = timeline.wall() - timeline.elapsed;

  /** Has it waited for as long as any lead may wait for itself, whatever the relay has written down? */
  const hasWaited = (id: string): boolean => {
    const last = leads.get(id)?.attempts.at(-1);
    if (!last) return true;
    const longest = REFUSALS.includes(last.status) ? LONGEST_REFUSED_MS : LONGEST_BACKOFF_MS;
    const since = timeline.elapsed - (last.endedAt ?? timeline.elapsed);
    return since > Math.max(longest, last.retryAfterMs ?? 0) + 2 * MINUTE;
  };

  return {
    check(): void {
      const wall = timeline.wall();
      // A clock that is set back while nobody looks makes a wait as much longer: no relay can tell.
      const asksUntil = api.asksUntil + Math.max(0, clockAtFirst - (wall - timeline.elapsed));
      const isExcused = timeline.elapsed < excusedUntil || timeline.elapsed < asksUntil || !host.isUp();
      const isPossible = !isExcused && api.mood === "up" && inFlight.size === 0;
      const { maxAgeHours } = host.listener();
      const due =
        isPossible &&
        queued().length > 0 &&
        isOpen() &&
        queued().some(
          ({ id, submission, any_hour, waits_since, due_at }) =>
            (Number(due_at) <= wall - LONGEST_IDLE_MS || hasWaited(String(id))) &&
            (any_hour === 1 || isWithinHours(String(submission))) &&
            (maxAgeHours === undefined || wall - Number(waits_since) < maxAgeHours * 60 * MINUTE),
        );
      if (!due) {
        dueSince = undefined;
        return;
      }
      // From the first look that saw it. When little happens, the look before may be an hour ago, and a day's cap or a
      // lead's hours may have ended in between.
      dueSince ??= timeline.elapsed;
      if (timeline.elapsed - Math.max(dueSince, lastEnd, excusedUntil, asksUntil) > LONGEST_IDLE_MS) {
        broken("The API takes leads, one that may go waits, and for more than a minute none went.");
      }
    },

    sendEnded(): void {
      lastEnd = timeline.elapsed;
    },

    /** It need not hold for a while. */
    excuse(forMs = EXCUSED_MS): void {
      excusedUntil = Math.max(excusedUntil, timeline.elapsed + forMs);
    },

    get isExcused(): boolean {
      return timeline.elapsed < excusedUntil;
    },
  };
};
