// How many leads may be on their way, and when the next one may go. Knows neither leads nor the API,
// and has no clock of its own.
import type { Verdict } from "./outcome.ts";

/** How many sends at once: what a crash, or the first moment of an outage, can leave uncertain. */
export const LANES = 4;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The longest waits, by what the next try may cost: nothing, or one more lead that somebody has to look at. */
const LONGEST_FREE_WAIT_MS = MINUTE;
const LONGEST_COSTLY_WAIT_MS = 15 * MINUTE;

/** Nobody is asked to wait for longer, whatever a Retry-After says. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

/** How often credentials that were refused are tried again, with one lead, in case they work by now. */
const PAUSE_MS = HOUR;

/** A server that answers every probe with an error still gets a canary this often. */
const UNPROBED_CANARY_MS = HOUR;

/** What outlives a restart. */
export interface Kept {
  failures: number;
  waitUntil: number;
  /** Why. */
  paused?: string;
}

/** `send` may be 0: then nothing, until what is under way has ended. */
export type Next = { send: number } | { probe: true } | { waitUntil: number };

export type Pace = ReturnType<typeof createPace>;

/**
 * After a failure the API is first asked whether it is there (a probe, which texts nobody), then one
 * lead goes ahead (a canary), and then twice as many with every success, up to all lanes. So an
 * outage leaves a handful of leads uncertain and not all.
 * @param firstWaitMs after the second failure in a row; from then on twice as long each time
 */
export const createPace = (kept?: Partial<Kept>, firstWaitMs = 250) => {
  let { failures = 0, waitUntil = 0, paused } = kept ?? {};
  let width = 1;
  let underWay = 0;
  let mustProbe = failures > 0 && !paused;
  let probing = false;
  let misses = 0;
  let canaryAt = 0;
  // Sends that started together fail together: they are one failure.
  let round = 0;

  const wait = (count: number, longest: number): number =>
    count < 2 ? 0 : Math.min(longest, firstWaitMs * 2 ** (count - 2));
  const waitAtLeast = (until: number): void => {
    waitUntil = Math.max(waitUntil, until);
  };

  return {
    next(now: number): Next {
      if (now < waitUntil) return { waitUntil };
      if (!mustProbe) return { send: Math.max(0, width - underWay) };
      return probing || underWay > 0 ? { send: 0 } : { probe: true };
    },

    /** So many sends start together. @returns the round, for `sendEnded` */
    sendsStarted(count: number): number {
      underWay += count;
      return round;
    },

    /** @param startedIn the round */
    sendEnded(
      startedIn: number,
      { health, state, reason, retryAfterMs = 0 }: Pick<Verdict, "health" | "state" | "reason" | "retryAfterMs">,
      now: number,
    ): void {
      underWay -= 1;
      if (health === "unwell") waitAtLeast(now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
      if (startedIn !== round) return;
      if (health === "well") {
        failures = 0;
        paused = undefined;
        width = Math.min(width * 2, LANES);
        return;
      }
      round += 1;
      width = 1;
      if (health === "closed") {
        paused = reason;
        waitAtLeast(now + PAUSE_MS);
        return;
      }
      failures += 1;
      misses = 0;
      mustProbe = true;
      canaryAt = now;
      waitAtLeast(now + wait(failures, state === "review" ? LONGEST_COSTLY_WAIT_MS : LONGEST_FREE_WAIT_MS));
    },

    probeStarted(): void {
      probing = true;
    },

    /** @param status undefined if there was no response */
    probeEnded(status: number | undefined, now: number): void {
      probing = false;
      const isThere = status !== undefined && (status < 500 || status === 501) && status !== 429;
      if (isThere || (status !== undefined && now - canaryAt >= UNPROBED_CANARY_MS)) {
        mustProbe = false;
        return;
      }
      misses += 1;
      waitAtLeast(now + wait(misses + 1, LONGEST_FREE_WAIT_MS));
    },

    /** Ends every wait: somebody has seen to it. */
    resume(): void {
      paused = undefined;
      waitUntil = 0;
    },

    get paused(): string | undefined {
      return paused;
    },

    kept: (): Kept => ({ failures, waitUntil, ...(paused !== undefined && { paused }) }),
  };
};
