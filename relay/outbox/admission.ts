// Where a new lead begins.
import type { Guard, Hold } from "./types.ts";

/** How many leads may wait to be sent, and how many may be held, at most. */
export const BACKLOG = 10_000;

/** How many leads that a guard has caught are kept, at most: the oldest makes room. */
export const QUARANTINE = 1000;

export const CAUGHT: Record<Guard, string> = {
  honeypot: "The post filled in a field that people do not see.",
  turnstile: "Turnstile did not verify the visitor.",
  lure: "The lead's name holds a link, or a number to call.",
  number: "As many leads as numberCap allows went to this phone number in 24 hours.",
};

const HELD: Record<Hold, string> = {
  verification: "The relay could not verify the visitor, because Turnstile failed: the lead waits for you.",
  consent: "The visitor agreed to words that are not in your list: add them, and the lead goes.",
};

export interface Circumstances {
  caughtBy?: Guard | undefined;
  heldBy?: Hold | undefined;
  /** Leads that are queued or in flight. */
  waiting: number;
  held: number;
}

/** Where a lead begins. */
export type Place =
  | { state: "queued"; reason: string; caughtBy?: never; heldBy?: never }
  | { state: "quarantined"; reason: string; caughtBy: Guard; heldBy?: never }
  | { state: "held"; reason: string; heldBy: Hold; caughtBy?: never };

/** Where a new lead begins; `full`: nowhere. */
export const admit = ({ caughtBy, heldBy, waiting, held }: Circumstances): Place | "full" => {
  if (caughtBy) return { state: "quarantined", reason: CAUGHT[caughtBy], caughtBy };
  if (heldBy) return held < BACKLOG ? { state: "held", reason: HELD[heldBy], heldBy } : "full";
  return waiting < BACKLOG ? { state: "queued", reason: "The lead waits to be sent." } : "full";
};
