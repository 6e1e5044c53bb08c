// Whether a lead is kept, and where it begins.
import type { Guard } from "./types.ts";

/** How many leads may wait to be sent, and how many may be quarantined, at most. */
export const BACKLOG = 10_000;

/** What quarantined a lead. */
export type Catch = Guard | "daily_cap";

const REASONS: Record<Catch, string> = {
  honeypot: "It filled in a field that people do not see.",
  turnstile: "Turnstile did not vouch for it.",
  daily_cap: "It came after the day's limit.",
};

export interface Circumstances {
  caughtBy?: Guard | undefined;
  /** Leads that are queued or in flight. */
  waiting: number;
  quarantined: number;
  /** Leads let through this day (UTC). */
  today: number;
  dailyCap?: number;
}

/** Where a lead begins. */
export type Place = { state: "queued" | "quarantined"; reason: string; caughtBy?: Catch };

/** Where a new lead begins; `full`: nowhere. */
export const admit = (circumstances: Circumstances): Place | "full" => {
  const { caughtBy, waiting, quarantined, today, dailyCap = Infinity } = circumstances;
  const caught = caughtBy ?? (today >= dailyCap ? "daily_cap" : undefined);
  if (!caught) return waiting < BACKLOG ? { state: "queued", reason: "It waits to be sent." } : "full";
  return quarantined < BACKLOG ? { state: "quarantined", reason: REASONS[caught], caughtBy: caught } : "full";
};

/** When this day began (UTC). */
export const dayOf = (now: number): number => now - (now % 86_400_000);
