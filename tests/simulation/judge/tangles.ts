// Leads of one person that were claimed at the same moment, without an id of the relay's. Nothing in a request says which of
// them it is; once their states are written, these tell.
import type { Attempt } from "../api.ts";
import type { Known } from "./known.ts";

/** Is this state one that this attempt cannot have led to, unless it was the other's? */
const isMistaken = (state: string, { told, hasEnded }: Attempt, otherState: string): boolean => {
  if (!hasEnded) return state !== "sending";
  if (state === "delivered") return told !== "taken";
  const goesOn = ["queued", "sending", "rejected"].includes(otherState);
  return told === "not done" && (state === "checking" || (["review", "dropped"].includes(state) && goesOn));
};

export const createTangles = (inFlight: Map<Attempt, Known>, stateOf: (id: string) => string) => {
  let tangles: Known[][] = [];
  const ever = new Set<Known>();

  const giveLast = (lead: Known, attempt: Attempt): void => {
    lead.attempts[lead.attempts.length - 1] = attempt;
    if (inFlight.has(attempt)) inFlight.set(attempt, lead);
  };
  const isInFlight = (tangle: Known[]): boolean => [...inFlight.values()].some((lead) => tangle.includes(lead));

  return {
    /** By the states that are written by now. */
    untangle(): void {
      for (const tangle of tangles) {
        for (const [one, other] of tangle.flatMap((one) => tangle.map((other) => [one, other] as const))) {
          const [mine, others] = [one.attempts.at(-1), other.attempts.at(-1)];
          if (!mine || !others || mine.told === others.told) continue;
          const [state, otherState] = [stateOf(one.id), stateOf(other.id)];
          if (!isMistaken(state, mine, otherState) || isMistaken(state, others, otherState)) continue;
          giveLast(one, others);
          giveLast(other, mine);
        }
      }
    },

    /** This lead goes, or one of these. */
    add(lead: Known, others: Known[]): void {
      tangles = tangles.filter((tangle) => !tangle.includes(lead) || isInFlight(tangle));
      if (others.length === 0) return;
      tangles.push([lead, ...others]);
      for (const one of [lead, ...others]) ever.add(one);
    },

    /** Was it ever one of several? */
    has: (lead: Known): boolean => ever.has(lead),
  };
};
