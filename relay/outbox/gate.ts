// Which of the leads in line may go now: by its age, the hour where its person lives, and the day's cap.
import type { ListenerSubmit } from "botsplash";
import { digitsOf } from "../phone.ts";
import { CAUGHT } from "./admission.ts";
import type { Days } from "./days.ts";
import { type Hours, nextWithin } from "./hours.ts";
import type { Numbers } from "./numbers.ts";
import type { OptOuts } from "./opt-outs.ts";
import type { Quarantined } from "./quarantine.ts";
import type { Candidate } from "./rows.ts";
import type { Change, Store } from "./storage.ts";
import type { OnAmbiguous, Tell } from "./types.ts";
import { zonesOf } from "./zones.ts";

/** The part of a listener's options that says when a lead may go. */
export interface GateOptions {
  readonly onAmbiguous: OnAmbiguous;
  /** Leads sent in a day of the owner's zone; Infinity: no cap. */
  readonly dailyCap: number;
  /** Leads sent to one number in 24 hours; Infinity: no cap. */
  readonly numberCap: number;
  readonly sendHours?: Hours;
  readonly maxAgeMs?: number;
  /** The owner's zone. */
  readonly timeZone: string;
  /** The only number that is texted, while the owner tries everything out. */
  readonly rehearsal?: string;
}

/** A lead that goes. */
export interface Going extends Candidate {
  parsed: ListenerSubmit;
  /** The day whose cap it counts for; undefined where nothing is counted. */
  day?: string;
}

export interface GateDependencies {
  store: Store;
  days: Days;
  options: () => GateOptions;
  optOuts: OptOuts;
  numbers: Numbers;
  /** A guard has caught a lead. */
  quarantined: Quarantined;
  /** Tells the owner; the first of a kind at once, then one an hour. */
  alert: Tell;
}

export type Gate = ReturnType<typeof createGate>;

/** How many leads one step looks at, at most: a night's queue must not hold up those that come in. */
const LOOKS_PER_STEP = 200;

export const createGate = ({ store, days, options, optOuts, numbers, quarantined, alert }: GateDependencies) => {
  const hasCap = (): boolean => options().dailyCap < Infinity;

  /** Leaves room for that many. */
  const room = (limit: number, now: number): number => {
    const { dailyCap } = options();
    return hasCap() ? Math.max(0, Math.min(limit, dailyCap - days.count(now))) : limit;
  };

  const ageReason = (maxAgeMs: number): string =>
    `The lead waited for more than ${maxAgeMs / 3_600_000} hours: its owner decides whether to send it.`;

  const isTooOld = ({ waitsSince }: Candidate, now: number): boolean =>
    waitsSince < now - (options().maxAgeMs ?? Infinity);

  /** Leads that have waited for too long go to review. @returns how many */
  const expire = (now: number): number => {
    const { maxAgeMs } = options();
    if (maxAgeMs === undefined) return 0;
    const reason = ageReason(maxAgeMs);
    const count = store.expire(now - maxAgeMs, reason, now);
    if (count > 0) alert("leads_expired", "Leads waited for longer than maxAgeHours; they are in review.", { count });
    return count;
  };

  /** Why nobody may be texted for it, now or later. */
  const ending = (parsed: ListenerSubmit | null): Change | undefined => {
    if (parsed === null) return { state: "dropped", reason: "The person was erased." };
    if (optOuts.has(parsed))
      return { state: "dropped", reason: "The lead's number is on the list of those not to be texted." };
    const { rehearsal } = options();
    if (rehearsal === undefined || digitsOf(parsed.visitor.phoneNumber ?? "") === digitsOf(rehearsal)) return undefined;
    return { state: "held", reason: "This is a rehearsal: only your own number is texted." };
  };

  /** Tells whether as many leads went to a lead's number as may. In a rehearsal all of them go to the owner. */
  const cappedIn = (line: readonly Going[], now: number): ((lead: Going, going: readonly Going[]) => boolean) => {
    const { numberCap, rehearsal } = options();
    if (numberCap === Infinity || rehearsal !== undefined) return () => false;
    const count = numbers.lately(line, now);
    return (lead, going) => !lead.byOwner && count(lead, going) >= numberCap;
  };

  const mayGo = (lead: Going, isCapped: (lead: Going) => boolean, now: number): boolean => {
    const { parsed } = lead;
    const end = ending(parsed);
    if (end) {
      store.settle(lead.id, "queued", end, now);
      if (end.state === "held") alert("lead_held", `Leads are held: ${end.reason}`);
      else if (parsed !== null) alert("lead_dropped", `Leads were given up: ${end.reason}`);
      return false;
    }
    const { sendHours, timeZone } = options();
    const at = sendHours && !lead.anyHour ? nextWithin(sendHours, zonesOf(parsed, timeZone), now) : now;
    if (at > now) {
      store.postpone(lead.id, at, "hours");
      return false;
    }
    if (!isCapped(lead)) return true;
    store.settle(lead.id, "queued", { state: "quarantined", reason: CAUGHT.number, caughtBy: "number" }, now);
    quarantined(CAUGHT.number);
    return false;
  };

  return {
    /**
     * Takes the leads that go now, and marks them as in flight.
     * @param isNewestFirst so that those which the API dislikes do not stand before one that it takes
     */
    take(limit: number, now: number, isNewestFirst = false): Going[] {
      if (limit === 0) return [];
      const most = room(limit, now);
      if (most === 0) {
        if (store.inLine(1, now).length > 0) {
          alert("daily_cap_reached", "The day's cap is reached: leads wait until tomorrow.");
        }
        return [];
      }
      const going: Going[] = [];
      // A lead that may not go now leaves the line, so the line ends.
      for (let more = true, looks = 0; more && going.length < most && looks < LOOKS_PER_STEP; ) {
        const taken = new Set(going.map(({ id }) => id));
        const line = store
          .inLine(most, now, isNewestFirst)
          .filter(({ id }) => !taken.has(id))
          .map((lead): Going => ({ ...lead, parsed: JSON.parse(lead.submission) }));
        if (line.length === 0) break;
        looks += line.length;
        if (line.some((lead) => isTooOld(lead, now))) {
          more = expire(now) > 0;
          continue;
        }
        const isCapped = cappedIn(line, now);
        more = false;
        for (const lead of line) {
          if (going.length === most) break;
          if (mayGo(lead, (lead) => isCapped(lead, going), now)) going.push(lead);
          else more = true;
        }
      }
      if (going.length > 0) claim(going, now);
      return going;
    },

    /** When the next lead may go, as far as days and ages say; undefined if none waits. */
    nextDue(now: number): number | undefined {
      const due = store.nextDue();
      return due !== undefined && room(1, now) === 0 ? Math.max(due, days.until(now)) : due;
    },

    /** Is it for the cap that leads wait? */
    isFull: (now: number): boolean => room(1, now) === 0,

    expire,
  };

  function claim(going: Going[], now: number): void {
    const asks = options().onAmbiguous === "lookup";
    // Under an id that an earlier attempt lacked, nobody can be asked what became of that attempt.
    const named = going.filter(
      ({ visitorId, maybeSent, parsed }) => asks && visitorId === null && !maybeSent && !parsed.visitor.clientVisitorId,
    );
    // Marked as in flight without being counted, they would be neither sent nor found again.
    const day = store.atomically(() => {
      const counted = hasCap() ? days.add(going.length, now) : undefined;
      numbers.add(going, now);
      store.claim(
        going.map(({ id }) => id),
        named.map(({ id }) => id),
        now,
      );
      return counted;
    });
    for (const lead of going) {
      if (named.includes(lead)) lead.visitorId = lead.id;
      if (day !== undefined) lead.day = day;
    }
  }
};
