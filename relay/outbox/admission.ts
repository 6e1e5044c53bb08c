// Whether a lead is kept, and where it begins.
import type { Guard } from "./types.ts";

/** How many leads may wait to be sent, and how many may be quarantined, at most. */
export const BACKLOG = 10_000;

const REASONS: Record<Guard, string> = {
  honeypot: "It filled in a field that people do not see.",
  turnstile: "Turnstile did not vouch for it.",
  lure: "Its name holds a link, or a number to call.",
};

export interface Circumstances {
  caughtBy?: Guard | undefined;
  /** Leads that are queued or in flight. */
  waiting: number;
  quarantined: number;
}

/** Where a lead begins. */
export type Place =
  | { state: "queued"; reason: string; caughtBy?: never }
  | { state: "quarantined"; reason: string; caughtBy: Guard };

/** Where a new lead begins; `full`: nowhere. */
export const admit = ({ caughtBy, waiting, quarantined }: Circumstances): Place | "full" => {
  if (!caughtBy) return waiting < BACKLOG ? { state: "queued", reason: "It waits to be sent." } : "full";
  return quarantined < BACKLOG ? { state: "quarantined", reason: REASONS[caughtBy], caughtBy } : "full";
};
