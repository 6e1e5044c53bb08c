// Writes what is known of a lead after a send or a look-up, and tells whom it concerns.
import type { Days } from "./days.ts";
import { ambiguous, CHECK_WAITS_MS, type Fate, fateOf } from "./fate.ts";
import type { Numbers } from "./numbers.ts";
import type { Outcome, Verdict } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import type { Candidate, Check } from "./rows.ts";
import type { Found } from "./sender.ts";
import type { Change, Store } from "./storage.ts";
import type { OnAmbiguous, Tell } from "./types.ts";

export interface SettleDependencies {
  store: Store;
  pace: Pace;
  days: Days;
  numbers: Numbers;
  onAmbiguous: () => OnAmbiguous;
  firstWaitMs: number;
  alert: Tell;
  /** Trouble is over: takes back what the owner has not heard of it yet. */
  withdraw: () => void;
  now: () => number;
}

/** Outcomes that say for certain that nothing was done. */
const NOT_DONE: readonly Outcome[] = ["busy", "refused", "rejected"];

export type Settle = ReturnType<typeof createSettle>;

export const createSettle = ({
  store,
  pace,
  days,
  numbers,
  onAmbiguous,
  firstWaitMs,
  alert,
  withdraw,
  now,
}: SettleDependencies) => {
  const isUncertain = ({ outcome }: Verdict): boolean => outcome === "uncertain" || outcome === "unconfirmed";

  const tellOf = ({ reason, status }: Verdict, { state }: Fate, isFirstRefusal: boolean): void => {
    if (state === "rejected") alert("lead_rejected", reason, { status });
    if (state === "review" || state === "dropped") alert("lead_uncertain", reason, { status });
    if (isFirstRefusal && state === "queued") alert("lead_refused", `${reason} The lead waits.`, { status });
  };

  const CHECKING = " The relay asks the API about it.";

  /** Trouble that began then is over, and leads that waited for it are still to be freed. */
  let recovered: number | undefined;

  return {
    /** A send has ended. @param round see `Pace.sendsStarted`; undefined where another object had started it */
    sendEnded(lead: Candidate & { day?: string }, round: number | undefined, verdict: Verdict): void {
      const at = now();
      const isRefused = verdict.outcome === "refused";
      const fate = fateOf(
        verdict,
        lead,
        { onAmbiguous: onAmbiguous(), lastTakenAt: isRefused ? store.lastTakenAt() : undefined, firstWaitMs },
        at,
      );
      const isQueued = fate.state === "queued";
      const change: Change = {
        ...fate,
        reason: fate.state === "checking" ? verdict.reason + CHECKING : verdict.reason,
        status: verdict.status,
        requestId: verdict.requestId,
        ...(isQueued && { hasFailed: true, waitsFor: verdict.retryAfterMs ? "asked" : "backoff" }),
        ...(isUncertain(verdict) && { maybeSent: true }),
        ...(isRefused && { isRefused }),
      };
      const land = (): boolean => store.settle(lead.id, "sending", change, at);
      const takeBack = (): boolean => {
        if (!land()) return false;
        if (lead.day !== undefined) days.takeBack(lead.day);
        // An earlier attempt may have texted the person all the same.
        if (!lead.maybeSent) numbers.takeBack(lead.id);
        return true;
      };
      const wasThere = NOT_DONE.includes(verdict.outcome) ? store.atomically(takeBack) : land();
      // From here on nothing fails: a step that did would be done twice.
      if (round !== undefined) {
        const { paused, recoveredSince } = pace.sendEnded(round, lead.id, verdict, at);
        recovered = recoveredSince ?? recovered;
        if (paused !== undefined) alert("outbox_paused", paused, { status: verdict.status });
      }
      if (!wasThere) return;
      tellOf(verdict, fate, isRefused && lead.refusedAt === null);
    },

    /** Leads that had to wait for trouble that is over need not any longer. */
    freeRecovered(): void {
      if (recovered === undefined) return;
      store.free(["backoff"], now(), recovered);
      withdraw();
      recovered = undefined;
    },

    /** Nobody can tell what became of leads that were in flight when the outbox ended. */
    interrupted(leads: Candidate[]): void {
      if (leads.length === 0) return;
      const reason = "The relay ended while the lead was in flight: nobody can tell whether the API processed it.";
      let parked = 0;
      for (const lead of leads) {
        const fate = ambiguous(onAmbiguous(), lead, now());
        const change = { ...fate, reason: fate.state === "checking" ? reason + CHECKING : reason, maybeSent: true };
        store.settle(lead.id, "sending", { ...change, hasFailed: fate.state === "queued" }, now());
        if (fate.state !== "checking") parked += 1;
      }
      if (parked > 0) alert("lead_uncertain", reason, { count: parked });
    },

    /** The API was asked about a lead. */
    checked({ id, checks, failures }: Check, found: Found): void {
      const at = now();
      const change = (): Change => {
        if (found === "known") return { state: "delivered", reason: "The API knows the lead, so it processed it." };
        if (checks === 0) {
          return {
            state: "checking",
            reason: "The relay has asked the API about it once, and asks again.",
            dueAt: at + CHECK_WAITS_MS[1],
            checks: found === "unknown" ? 1 : -1,
          };
        }
        if (checks > 0 && found === "unknown") {
          const dueAt = at + Math.min(60_000, firstWaitMs * 2 ** Math.min(failures, 20));
          const reason = "The API does not know the lead: the relay sends it again.";
          return { state: "queued", reason, dueAt, waitsFor: "backoff", hasFailed: true, maybeSent: false };
        }
        return {
          state: "review",
          reason: "Nobody can tell whether the API processed the lead, and the look-up did not tell either.",
        };
      };
      const next = change();
      if (!store.settle(id, "checking", next, at)) return;
      if (next.state === "review") alert("lead_uncertain", next.reason);
    },

    /** Look-ups are no longer configured. */
    unchecked({ id, doubts }: Check): void {
      const fate = ambiguous(onAmbiguous(), { doubts, visitorId: null }, now(), true);
      const reason = "Nobody can tell whether the API processed the lead.";
      if (store.settle(id, "checking", { ...fate, reason }, now())) alert("lead_uncertain", reason);
    },
  };
};
