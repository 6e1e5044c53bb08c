// Where a lead goes after a send: what it showed, what other leads have shown since, and what the owner chose.
import type { Verdict } from "./outcome.ts";
import type { LeadState, OnAmbiguous } from "./types.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How many attempts of a lead may end uncertainly: each may have been a text to the same person. */
const MOST_DOUBTS = 10;

/** The longest back-offs of one lead, by what the API says. Other leads overtake it meanwhile. */
const LONGEST_BACKOFF_MS = 15 * MINUTE;
const LONGEST_REFUSED_BACKOFF_MS = HOUR;

/** Nobody is asked to wait for longer, whatever a Retry-After says. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

/** The API is asked about a lead so long after an uncertain send, and again so long after that. */
export const CHECK_WAITS_MS = [MINUTE, 9 * MINUTE] as const;

/** A lead's history. */
export interface History {
  /** Sends of which nobody can tell, this one not included. */
  doubts: number;
  /** Sends in a row, this one not included, after which it waited again. */
  failures: number;
  /** When the API first refused it, since it was queued by hand or for the first time. */
  refusedAt: number | null;
  /** The id under which the API can be asked about it. */
  visitorId: string | null;
}

/** Where it goes. */
export interface Fate {
  state: LeadState;
  /** For `queued`, when it may be sent again; for `checking`, when the API is asked. */
  dueAt?: number;
}

/**
 * @param lastTakenAt when the last lead went that the API took
 * @param firstWaitMs the first back-off
 */
export const fateOf = (
  verdict: Verdict,
  lead: History,
  {
    onAmbiguous,
    lastTakenAt = 0,
    firstWaitMs,
  }: { onAmbiguous: OnAmbiguous; lastTakenAt?: number | undefined; firstWaitMs: number },
  now: number,
): Fate => {
  const { outcome, retryAfterMs = 0, isOurs } = verdict;
  const backoff = (longest: number): Fate => ({
    state: "queued",
    dueAt:
      now +
      Math.max(
        Math.min(longest, firstWaitMs * 2 ** Math.min(lead.failures, 30)),
        Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS),
      ),
  });
  switch (outcome) {
    case "delivered":
    case "rejected":
      return { state: outcome };
    case "busy":
      return backoff(LONGEST_BACKOFF_MS);
    case "refused": {
      // Another lead went after this one was refused, and was taken: so it is about this one.
      const isItsOwn = lead.refusedAt !== null && lastTakenAt > lead.refusedAt;
      return isItsOwn && !isOurs ? { state: "rejected" } : backoff(LONGEST_REFUSED_BACKOFF_MS);
    }
    case "uncertain":
    case "unconfirmed": {
      const fate = ambiguous(onAmbiguous, lead, now, outcome === "unconfirmed");
      return fate.state === "queued" ? backoff(LONGEST_BACKOFF_MS) : fate;
    }
  }
};

/**
 * The fate of a lead of which nobody can tell whether it was processed.
 * @param isLikely it may well have been: then it is neither sent again nor given up by itself
 */
export const ambiguous = (
  onAmbiguous: OnAmbiguous,
  { doubts, visitorId }: Pick<History, "doubts" | "visitorId">,
  now: number,
  isLikely = false,
): Fate => {
  const isTired = doubts + 1 >= MOST_DOUBTS;
  if (onAmbiguous === "lookup" && visitorId !== null && !isTired) {
    return { state: "checking", dueAt: now + CHECK_WAITS_MS[0] };
  }
  if (isLikely) return { state: "review" };
  if (onAmbiguous === "drop") return { state: "dropped" };
  return onAmbiguous === "resend" && !isTired ? { state: "queued", dueAt: now } : { state: "review" };
};
