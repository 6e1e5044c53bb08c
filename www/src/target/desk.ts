// The page's view of the demo's relay, and the control of its clock. A real relay shows its leads to its owner alone.
import { target } from "./target.ts";

/** A lead as the relay's review page has it. */
export interface RelayLead {
  id: string;
  state: "queued" | "sending" | "checking" | "delivered" | "rejected" | "review" | "quarantined" | "held" | "dropped";
  /** Why it is there, in the relay's words. */
  reason: string;
  attempts: number;
  /** How often it came in again. */
  repeats: number;
  /** For a lead that waits: not before then, by the relay's clock. */
  dueAt?: number;
  submission?: { visitor: { firstName?: string; phoneNumber?: string; tzName?: string } };
}

export interface Desk {
  leads: readonly RelayLead[];
  /** By the relay's clock. */
  now: number;
}

const ask = async <Answer>(method: "GET" | "POST", path: string): Promise<Answer> => {
  const response = await fetch(`/_relay/${path}`, { method });
  if (!response.ok) throw new Error(`The demo answered ${response.status} to ${path}`);
  return response.json() as Promise<Answer>;
};

/** The relay's leads; nothing where the page cannot see them. */
export const desk = async (): Promise<Desk | undefined> => {
  if (target.value !== "relay") return undefined;
  try {
    return await ask("GET", "leads");
  } catch {
    // This page's server has no relay of its own.
    return undefined;
  }
};

/** Puts the relay's clock forward to then. */
export const passTime = (until: number) => ask<{ now: number }>("POST", `clock?until=${until}`);
