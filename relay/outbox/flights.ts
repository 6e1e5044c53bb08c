// Sends that are in flight, and outcomes that are known but not yet durable. They outlive an object that ends because a
// commit failed: the one that is made anew from the disk takes them over. They do not outlive the process.
import type { Verdict } from "./outcome.ts";

export interface Flight {
  /** Until then a response may come. */
  readonly until: number;
  /** The day whose cap it counts for; undefined where nothing is counted. */
  readonly day: string | undefined;
  verdict?: Verdict;
  /** Called when the verdict has come, by whichever object is responsible for the lead by then. */
  onLanded: () => void;
}

/** By lead. */
export type Flights = Map<string, Flight>;

/** Longer than a request can take: its timeout, and what the runtime adds. */
const GRACE_MS = 5000;

/** Keeps track of a send until `flights.delete(id)`. */
export const takeOff = (
  flights: Flights,
  id: string,
  request: Promise<Verdict>,
  { now, timeoutMs, day, onLanded }: { now: number; timeoutMs: number; day: string | undefined; onLanded: () => void },
): Flight => {
  const flight: Flight = { until: now + timeoutMs + GRACE_MS, day, onLanded };
  flights.set(id, flight);
  void request.then((verdict) => {
    flight.verdict = verdict;
    flight.onLanded();
  });
  return flight;
};
