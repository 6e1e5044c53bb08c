// How many leads may be in flight, and when the next one may go. Knows neither storage nor the API, and has no clock.
import type { Outcome, Verdict } from "./outcome.ts";

/** How many sends at once: what a crash, or the first moment of an outage, can leave uncertain. */
export const LANES = 4;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** While the API may take leads, a minute never passes without a send; this leaves time for a probe. */
const LONGEST_WAIT_MS = 40 * SECOND;

/** How many times longer than after a failure the first wait is that the owner has to see to; it doubles, too. */
const PAUSE_FACTOR = 20;

/** Leads and probe agree that the API does not answer, and the owner would have to look at the next lead. */
const LONGEST_AGREED_WAIT_MS = 15 * MINUTE;

/** A Retry-After binds all leads for so long at most; then another lead may ask. */
const LONGEST_RETRY_AFTER_MS = 15 * MINUTE;

/** For so long a Retry-After that turned out to be one lead's own makes others be taken for the same. */
const PERSONAL_FOR_MS = HOUR;

/** A probe's result counts for so long. */
const PROBE_TRUSTED_MS = 48 * HOUR;

/** The API's trouble that a lead's send shows, where other leads agree. `undefined`: none. */
type Trouble = "unwell" | "refused" | "unconfirmed" | "rejected";

const TROUBLE: Record<Exclude<Outcome, "delivered">, Trouble> = {
  busy: "unwell",
  uncertain: "unwell",
  refused: "refused",
  unconfirmed: "unconfirmed",
  rejected: "rejected",
};

/** How many leads in a row must agree, none delivered in between. People mistype more often than an API changes. */
const AGREE: Record<Trouble, number> = { unwell: 2, refused: 2, unconfirmed: 2, rejected: 5 };

/** Why sending waits. */
export interface Wait {
  reason: string;
  since: number;
}

/** The state that outlives a restart. */
export interface Kept {
  waitUntil: number;
  /** The API seems not to take leads: so many failures in a row, after which sending waits longer each time. */
  failures: number;
  wait?: Wait;
  /** Its owner has to fix something. */
  isPaused?: true;
  /** When the first lead failed after the last one that was delivered. */
  firstFailureAt?: number;
  /** When the API last asked to wait. */
  askedAt?: number;
  /** When a probe last said that the API is there; absent: never, or a probe was wrong since. */
  probeTrueAt?: number;
  /** When a probe was last made in good times, to see whether probes are answered at all. */
  calibratedAt?: number;
  personalUntil: number;
}

/** `send` may be 0: then nothing, until the sends in flight have ended. */
export type Next = { send: number } | { probe: true } | { waitUntil: number };

/** The changes by a verdict. */
export interface Turn {
  /** Sending is paused from now on, and why. */
  paused?: string;
  /** Sending goes on after trouble that began then: what had to wait for it need not any longer. */
  recoveredSince?: number;
}

/** Has the probe's response shown that the API is there? */
const isThere = (status: number | undefined): boolean =>
  status !== undefined && (status < 500 || status === 501) && status !== 429;

export type Pace = ReturnType<typeof createPace>;

/**
 * One lead's failure is taken for that lead's own: the next lead goes at once, alone. Where leads fail alike, one after
 * another, the API is taken to be in trouble. Then a probe, which texts nobody, first asks whether it is there. After
 * that one lead goes ahead (a canary), and then twice as many with every success, up to all lanes.
 * @param firstWaitMs after the second failure in a row; from then on twice as long each time
 */
export const createPace = (kept: Partial<Kept> = {}, firstWaitMs = 250) => {
  let { waitUntil = 0, failures = 0, wait, isPaused, firstFailureAt, askedAt } = kept;
  let { probeTrueAt, calibratedAt, personalUntil = 0 } = kept;
  let width = 1;
  let underWay = 0;
  let mustProbe = failures > 0 && !isPaused;
  let probing = false;
  let forced = false;
  let misses = 0;
  let pauses = 0;
  let canaryAt = 0;
  /** Leads that went in trouble. */
  let canaries = 0;
  /** The last failure was answered by the API, or by something in front of it. */
  let wasAnswered = false;
  /** The last failure costs nothing but time. */
  let isFree = false;
  /** Leads that failed since one was delivered, by how; never more than agreement takes. */
  const suspects = new Map<Trouble, Set<string>>();
  let retryAfterOf: string | undefined;
  // Sends that started together fail together: they are one failure.
  let round = 0;

  const backoff = (count: number, longest: number): number =>
    count < 2 ? 0 : Math.min(longest, firstWaitMs * 2 ** Math.min(count - 2, 30));
  const waitAtLeast = (until: number): void => {
    waitUntil = Math.max(waitUntil, until);
  };
  /** Do enough different leads say so? */
  const agree = (trouble: Trouble, leadId: string): boolean => {
    const leads = suspects.get(trouble) ?? new Set();
    suspects.set(trouble, leads);
    if (leads.size < AGREE[trouble]) leads.add(leadId);
    return leads.size >= AGREE[trouble];
  };

  const delivered = (): Turn => {
    const since = wait && firstFailureAt;
    failures = 0;
    misses = 0;
    pauses = 0;
    canaries = 0;
    mustProbe = false;
    isPaused = undefined;
    wait = undefined;
    firstFailureAt = undefined;
    askedAt = undefined;
    suspects.clear();
    width = Math.min(width * 2, LANES);
    return since === undefined ? {} : { recoveredSince: since };
  };

  const unwell = (verdict: Verdict, now: number): void => {
    failures += 1;
    misses = 0;
    mustProbe = true;
    canaryAt = now;
    if (isPaused || !wait) wait = { reason: verdict.reason, since: wait?.since ?? now };
    isPaused = undefined;
    waitAtLeast(now + backoff(failures, LONGEST_WAIT_MS));
  };

  const stayPaused = (now: number): void => {
    waitAtLeast(now + Math.min(LONGEST_WAIT_MS, firstWaitMs * PAUSE_FACTOR * 2 ** Math.min(pauses, 20)));
    pauses += 1;
  };

  const paused = (verdict: Verdict, now: number): Turn => {
    const isNew = !isPaused;
    isPaused = true;
    mustProbe = false;
    wait = { reason: verdict.reason, since: wait?.since ?? now };
    stayPaused(now);
    return isNew ? { paused: verdict.reason } : {};
  };

  const retryAfter = (leadId: string, retryAfterMs: number, now: number): void => {
    const isAgreed = retryAfterOf !== undefined && retryAfterOf !== leadId;
    retryAfterOf = leadId;
    if (now < personalUntil && !isAgreed) return;
    round += 1;
    askedAt = now;
    waitAtLeast(now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
  };

  return {
    next(now: number): Next {
      if (forced) return { send: 1 };
      if (now < waitUntil) return { waitUntil };
      if (!mustProbe) return { send: Math.max(0, width - underWay) };
      return probing || underWay > 0 ? { send: 0 } : { probe: true };
    },

    /** So many sends start together. @returns the round, for `sendEnded` */
    sendsStarted(count: number): number {
      if (count > 0) forced = false;
      if (count > 0 && wait !== undefined) canaries += 1;
      underWay += count;
      return round;
    },

    /** @param startedIn the round */
    sendEnded(startedIn: number, leadId: string, verdict: Verdict, now: number): Turn {
      underWay -= 1;
      const { outcome, status, retryAfterMs = 0 } = verdict;
      if (outcome === "delivered") {
        if (startedIn !== round) return {};
        if (retryAfterOf !== undefined && retryAfterOf !== leadId) personalUntil = now + PERSONAL_FOR_MS;
        retryAfterOf = undefined;
        // A probe that said otherwise is not to be trusted.
        if (misses > 0) {
          probeTrueAt = undefined;
          calibratedAt = undefined;
        }
        return delivered();
      }
      const trouble = TROUBLE[outcome];
      const isAgreed = agree(trouble, leadId);
      firstFailureAt ??= now;
      wasAnswered = status !== undefined;
      isFree = outcome === "busy" || outcome === "refused";
      const needsOwner = isAgreed && trouble !== "unwell";
      const isOfNow = startedIn === round;
      if (outcome === "busy" && retryAfterMs > 0) retryAfter(leadId, retryAfterMs, now);
      if (!isOfNow) return isPaused || !needsOwner ? {} : paused(verdict, now);
      if (trouble !== "rejected") width = 1;
      if (!isAgreed && !wait) return {};
      round += 1;
      width = 1;
      if (needsOwner) return paused(verdict, now);
      // An outage on top of a pause would leave somebody to look at every lead that goes.
      if (isPaused && !(trouble === "unwell" && isAgreed)) stayPaused(now);
      else if (trouble !== "rejected") unwell(verdict, now);
      return {};
    },

    probeStarted(): void {
      probing = true;
    },

    /** @param status undefined if there was no response */
    probeEnded(status: number | undefined, now: number): void {
      probing = false;
      if (isThere(status)) {
        probeTrueAt = now;
        mustProbe = false;
        return;
      }
      misses += 1;
      // Where the leads got answers, a probe without one proves nothing; where it was wrong before, neither.
      const isTrusted = probeTrueAt !== undefined && now - probeTrueAt < PROBE_TRUSTED_MS;
      const isProof = isTrusted && (status !== undefined || !wasAnswered) && !isFree;
      if (now - canaryAt >= (isProof ? LONGEST_AGREED_WAIT_MS : LONGEST_WAIT_MS - SECOND)) {
        mustProbe = false;
        return;
      }
      const until = now + backoff(misses + 1, LONGEST_WAIT_MS);
      waitAtLeast(isProof ? until : Math.min(until, canaryAt + LONGEST_WAIT_MS - SECOND));
    },

    /** Is it long ago that a probe has shown whether it can be trusted? */
    mayCalibrate: (now: number): boolean =>
      firstFailureAt === undefined && (calibratedAt === undefined || now - calibratedAt > PROBE_TRUSTED_MS / 2),

    /** A probe in good times has shown that the API answers probes, or not. */
    calibrated(status: number | undefined, now: number): void {
      probeTrueAt = isThere(status) ? now : undefined;
      calibratedAt = now;
    },

    /** The owner has fixed it: every wait ends, and one lead goes in any case. */
    resume(): void {
      isPaused = undefined;
      pauses = 0;
      wait = undefined;
      firstFailureAt = undefined;
      askedAt = undefined;
      waitUntil = 0;
      failures = 0;
      mustProbe = false;
      suspects.clear();
      width = 1;
      forced = true;
    },

    /** The clock went back: nothing waits for a time that it would not have waited for. */
    clampTo(now: number): void {
      waitUntil = Math.min(waitUntil, now + LONGEST_WAIT_MS);
      canaryAt = Math.min(canaryAt, now);
      if (probeTrueAt !== undefined) probeTrueAt = Math.min(probeTrueAt, now);
      if (calibratedAt !== undefined) calibratedAt = Math.min(calibratedAt, now);
      personalUntil = Math.min(personalUntil, now + PERSONAL_FOR_MS);
      if (firstFailureAt !== undefined) firstFailureAt = Math.min(firstFailureAt, now);
      if (askedAt !== undefined) askedAt = Math.min(askedAt, now);
      if (wait) wait = { ...wait, since: Math.min(wait.since, now) };
    },

    /**
     * Whether the newest lead goes next. Where several in a row have failed, those that the API dislikes must not stand before
     * one that it takes. Every other time it is the oldest all the same, since somebody may send bad ones without end.
     */
    get prefersNewest(): boolean {
      return wait !== undefined && canaries % 2 === 0;
    },

    /** Why sending is paused: its owner has to fix the cause. */
    get paused(): string | undefined {
      return isPaused ? wait?.reason : undefined;
    },

    /** Why no lead goes, or but one at a time; since when, and until when at least. */
    waiting(now: number): (Wait & { until?: number }) | undefined {
      const until = waitUntil > now ? waitUntil : undefined;
      const why =
        wait ?? (until && askedAt !== undefined ? { reason: "The API asked to wait.", since: askedAt } : undefined);
      return why && { ...why, ...(until !== undefined && { until }) };
    },

    kept: (): Kept => ({
      waitUntil,
      failures,
      ...(wait && { wait }),
      ...(isPaused && { isPaused }),
      ...(firstFailureAt !== undefined && { firstFailureAt }),
      ...(askedAt !== undefined && { askedAt }),
      ...(probeTrueAt !== undefined && { probeTrueAt }),
      ...(calibratedAt !== undefined && { calibratedAt }),
      personalUntil,
    }),
  };
};
