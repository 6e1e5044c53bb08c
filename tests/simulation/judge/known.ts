// A lead as the judge knows it from outside, and what follows from that.
import type { Attempt, Told } from "../api.ts";

const MINUTE = 60_000;

/** Of the statuses here, those that are about who asks, or where. */
export const REFUSALS: readonly (number | undefined)[] = [302, 401, 403, 404];

/** A lead, with what was seen of it. */
export interface Known {
  id: string;
  phone: string;
  attempts: Attempt[];
  /** When the last of them began, by the clock on the wall. */
  sentAt?: number;
  /** Its owner, or the policy, has it sent again in spite of all. */
  isAllowed: boolean;
  /** Look-ups since the last attempt that did not find it, and were confirmed. */
  notFoundAt: number[];
  /** When its last attempt ended. */
  endedAt?: number;
  /** Its owner has given it up. */
  wasGivenUp?: boolean;
  /** The process has ended while it was marked as in flight. */
  wasCut?: boolean;
  keys: Set<string>;
}

/** Can nobody tell, after such a response? */
export const isUncertain = (told: Told | undefined): boolean => told === "nothing" || told === "unconfirmed";

/**
 * Have two look-ups since its last attempt not found it?
 * @param hasJumped the clock did: nobody can tell how long they were apart
 */
export const wasDisproved = ({ notFoundAt }: Known, hasJumped: boolean): boolean => {
  const [first] = notFoundAt;
  const second = notFoundAt.length > 1 ? notFoundAt.at(-1) : undefined;
  return first !== undefined && second !== undefined && (second - first >= 8 * MINUTE || hasJumped);
};

/** May anybody have been texted for it? */
export const mayBeKnown = ({ attempts }: Pick<Known, "attempts">): boolean =>
  attempts.some(({ hasEnded, told }) => !hasEnded || told !== "not done");

/** The same, where what two look-ups have disproved does not count. */
export const isProbablyKnown = (lead: Known, hasJumped: boolean): boolean =>
  mayBeKnown({
    attempts: lead.attempts.filter(
      ({ told, isDisproved }) => !isDisproved && !(wasDisproved(lead, hasJumped) && isUncertain(told)),
    ),
  });
