// Brings what is queued to the API: the loop between storage, pace and sender.
import type { Write } from "./batch.ts";
import { type Flight, type Flights, takeOff } from "./flights.ts";
import type { Gate, Going } from "./gate.ts";
import type { Verdict } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import type { Candidate, Check } from "./rows.ts";
import type { Sender } from "./sender.ts";
import type { Settle } from "./settle.ts";
import type { Store } from "./storage.ts";
import type { OnAmbiguous, Tell } from "./types.ts";

/** How many requests one run makes at most: the free plan allows 50, and alerts may need some of them. */
const REQUESTS_PER_RUN = 40;

/** A look-up asks about the lead, and about another id. A probe may try two methods. */
const REQUESTS_PER_CHECK = 2;
const REQUESTS_PER_PROBE = 2;

const CHECKS_AT_ONCE = 4;

/** How soon a write that failed is tried again, at first and at most, and how often in one run. */
const WRITE_AGAIN_MS = 50;
const LONGEST_WRITE_WAIT_MS = 5000;
const WRITE_TRIES = 8;

const NEVER_SENT: Verdict = { outcome: "busy", reason: "The lead was not sent." };

export interface DispatcherDependencies {
  store: Store;
  pace: Pace;
  gate: Gate;
  settle: Settle;
  flights: Flights;
  sender: () => Sender;
  write: Write;
  /** This object has ended: nothing more is written or sent. */
  isOver: () => boolean;
  /** Sees to it that there is a run when there is something to do. */
  arm: () => void;
  /** Sees to it that another run follows this one. */
  runAgain: () => void;
  listenerId: () => string;
  onAmbiguous: () => OnAmbiguous;
  alert: Tell;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

/** The leads of one round. */
interface Departures {
  leads: Going[];
  round: number;
  checks: { check: Check; delivered: string | undefined }[];
  probe?: "trouble" | "calibration";
}

export type Dispatcher = ReturnType<typeof createDispatcher>;

export const createDispatcher = (dependencies: DispatcherDependencies) => {
  const { store, pace, gate, settle, flights, sender, write, runAgain, listenerId, onAmbiguous, alert } = dependencies;
  const { isOver, arm, now, sleep } = dependencies;
  let running = false;
  let stopped = false;
  let calibrates = false;
  let wake = () => {};
  let underWay = 0;
  const beingChecked = new Set<string>();
  /** The sends that have ended, to be written. */
  const ended: { write(): void; done(): void }[] = [];
  /** Leads that an object before this one has sent: what came of them may still be heard. */
  const adopted = new Map<string, { lead: Candidate & { day?: string }; flight: Flight }>();
  let kept = JSON.stringify(pace.kept());

  const keepPace = () => {
    const current = JSON.stringify(pace.kept());
    if (current === kept) return;
    store.setFact("pace", pace.kept());
    kept = current;
  };

  const hasEnded = (step: () => void, done: () => void): void => {
    ended.push({ write: step, done });
    if (running) wake();
    else arm();
  };

  /** Those of which nothing was heard in time. */
  const giveUpAdopted = (): void => {
    const late = [...adopted.values()].filter(({ flight }) => flight.verdict === undefined && flight.until <= now());
    settle.interrupted(late.map(({ lead }) => lead));
    for (const { lead } of late) {
      adopted.delete(lead.id);
      flights.delete(lead.id);
    }
  };

  /** Sends and probes until nothing is due, or as often as one run may. */
  const run = async (): Promise<void> => {
    let requests = REQUESTS_PER_RUN;
    /** Another run will follow this one. */
    let isFollowed = false;

    const follow = <Value>(request: Promise<Value>, cost: number, end: (value: Value) => void): void => {
      underWay += 1;
      requests -= cost;
      void request.then((value) =>
        hasEnded(
          () => end(value),
          () => {
            underWay -= 1;
          },
        ),
      );
    };

    /** Writes what has ended, and takes what may go next. */
    const step = (): Departures & { written: number } => {
      let written = 0;
      for (; written < ended.length; written += 1) {
        ended[written]!.write();
        // Written once, it is not written again, whatever fails behind it.
        ended[written]!.write = () => {};
      }
      settle.freeRecovered();
      giveUpAdopted();
      keepPace();
      const departures: Departures = { leads: [], round: 0, checks: [] };
      if (stopped) return { ...departures, written };
      departures.checks = takeChecks();
      const left = requests - REQUESTS_PER_CHECK * departures.checks.length;
      const next = left > 0 ? pace.next(now()) : { send: 0 };
      if ("probe" in next) {
        if (gate.nextDue(now()) !== undefined) departures.probe = "trouble";
      } else if (calibrates && left > 0) departures.probe = "calibration";
      calibrates = false;
      const sends = "send" in next ? Math.min(next.send, left) : 0;
      if (!isFollowed && left - sends <= REQUESTS_PER_CHECK) {
        isFollowed = true;
        runAgain();
      }
      // Last, since what follows it must not fail: they are marked as in flight.
      departures.leads = gate.take(sends, now(), pace.prefersNewest);
      return { ...departures, round: pace.sendsStarted(departures.leads.length), written };
    };

    const takeChecks = (): Departures["checks"] => {
      const room = Math.min(CHECKS_AT_ONCE - beingChecked.size, Math.floor(requests / REQUESTS_PER_CHECK));
      if (room <= 0) return [];
      const due = store.dueChecks(CHECKS_AT_ONCE, now()).filter(({ id }) => !beingChecked.has(id));
      if (onAmbiguous() !== "lookup") for (const check of due) settle.unchecked(check);
      return onAmbiguous() === "lookup"
        ? due.slice(0, room).map((check) => ({ check, delivered: store.deliveredVisitor() }))
        : [];
    };

    const send = (lead: Going, round: number): void => {
      const { id, visitorId, parsed } = lead;
      const { timeoutMs } = sender();
      const submission =
        visitorId === null ? parsed : { ...parsed, visitor: { ...parsed.visitor, clientVisitorId: visitorId } };
      underWay += 1;
      requests -= 1;
      const request = sender().send(listenerId(), submission);
      const flight = takeOff(flights, id, request, {
        now: now(),
        timeoutMs,
        day: lead.day,
        onLanded: () =>
          hasEnded(
            () => settle.sendEnded(lead, round, flight.verdict!),
            () => {
              flights.delete(id);
              underWay -= 1;
            },
          ),
      });
    };

    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // First it is known for good that they are in flight, then they go.
      const { leads, round, checks, probe, written } = await writeSurely(step);
      for (const { done } of ended.splice(0, written)) done();
      if (stopped && leads.length > 0) {
        for (const lead of leads) notSent(lead, round);
        continue;
      }
      for (const lead of leads) send(lead, round);
      for (const { check, delivered } of checks) {
        beingChecked.add(check.id);
        follow(sender().find(check.visitorId, delivered), REQUESTS_PER_CHECK, (found) => {
          beingChecked.delete(check.id);
          settle.checked(check, found);
        });
      }
      if (probe === "trouble") {
        pace.probeStarted();
        follow(sender().probe(), REQUESTS_PER_PROBE, (status) => pace.probeEnded(status, now()));
      } else if (probe === "calibration") {
        follow(sender().probe(), REQUESTS_PER_PROBE, (status) => pace.calibrated(status, now()));
      }
      if (underWay === 0 && ended.length === 0) return;
      await woken;
    }
  };

  /** It was marked as in flight, and then it did not go after all. */
  const notSent = (lead: Going, round: number): void => {
    underWay += 1;
    hasEnded(
      () => settle.sendEnded(lead, round, NEVER_SENT),
      () => {
        underWay -= 1;
      },
    );
  };

  /** Writes the known outcomes, however often that takes. Ends with an error when the object has ended. */
  const writeSurely = async <Value>(step: () => Value): Promise<Value> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await write(step);
      } catch (error) {
        if (isOver() || tries === WRITE_TRIES) throw error;
        if (tries === 1) alert("outbox_failed", "The outbox could not write, and retries.");
        await sleep(Math.min(LONGEST_WRITE_WAIT_MS, WRITE_AGAIN_MS * 2 ** tries));
        if (isOver()) throw error;
      }
    }
  };

  return {
    /** Must not be called while it runs. */
    async run(): Promise<void> {
      running = true;
      try {
        await run();
      } finally {
        running = false;
      }
    },

    get running(): boolean {
      return running;
    },

    /** Nothing is sent any more; `run` ends with what is in flight. */
    stop(): void {
      stopped = true;
      wake();
    },

    /** Something has changed that may let more leads go. */
    wake: (): void => wake(),

    /** The next run makes a probe in good times, if the last one is long ago: then it is known whether they are answered. */
    calibrate(): void {
      calibrates = pace.mayCalibrate(now()) && store.lastTakenAt() !== undefined;
    },

    /** When to run next; undefined if nothing waits. */
    nextRun(): number | undefined {
      const at = now();
      if (calibrates || ended.length > 0) return at;
      const times = [store.nextCheck(), ...[...adopted.values()].map(({ flight }) => flight.until)];
      const due = gate.nextDue(at);
      if (due !== undefined) {
        const next = pace.next(at);
        times.push("waitUntil" in next ? Math.max(due, next.waitUntil) : due);
      }
      const known = times.filter((time) => time !== undefined);
      return known.length > 0 ? Math.min(...known) : undefined;
    },

    /** After a crash: of what was in flight, nobody can tell, unless an object before this one still hears of it. */
    resolveInterrupted(): void {
      const lost: Candidate[] = [];
      for (const interrupted of store.interrupted()) {
        const flight = flights.get(interrupted.id);
        if (!flight) {
          lost.push(interrupted);
          continue;
        }
        const lead = { ...interrupted, ...(flight.day !== undefined && { day: flight.day }) };
        adopted.set(lead.id, { lead, flight });
        const landed = () =>
          hasEnded(
            () => settle.sendEnded(lead, undefined, flight.verdict!),
            () => {
              adopted.delete(lead.id);
              flights.delete(lead.id);
            },
          );
        flight.onLanded = landed;
        if (flight.verdict) landed();
      }
      settle.interrupted(lost);
    },

    resume(): void {
      pace.resume();
      store.free(["backoff", "asked"], now());
      keepPace();
    },
  };
};
