// Brings what is queued to the API: the loop between storage, pace and sender.
import type { Write } from "./batch.ts";
import { ambiguous, type Verdict } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import type { Sender } from "./sender.ts";
import type { Claimed, Store } from "./storage.ts";
import type { OnAmbiguous, Tell } from "./types.ts";

/** How many requests one run makes at most: the free plan allows 50, and alerts may need some of them. */
const REQUESTS_PER_RUN = 40;

export interface DispatcherDependencies {
  store: Store;
  pace: Pace;
  sender: () => Sender;
  write: Write;
  /** Sees to it that another run follows this one. */
  runAgain: () => void;
  listenerId: () => string;
  onAmbiguous: () => OnAmbiguous;
  alert: Tell;
  now: () => number;
}

export type Dispatcher = ReturnType<typeof createDispatcher>;

export const createDispatcher = (dependencies: DispatcherDependencies) => {
  const { store, pace, sender, write, runAgain, listenerId, onAmbiguous, alert, now } = dependencies;
  let running = false;
  let wake = () => {};
  let underWay = 0;
  /** What has ended, and is to be written. Where that fails, it is the next run's. */
  const ended: (() => void)[] = [];
  let kept = JSON.stringify(pace.kept());

  const keepPace = () => {
    const current = JSON.stringify(pace.kept());
    if (current === kept) return;
    store.setFact("pace", pace.kept());
    kept = current;
  };

  const settle = ({ id, attempts }: Claimed, round: number, verdict: Verdict): void => {
    const { reason, status, requestId, health } = verdict;
    const state = verdict.state === "review" ? ambiguous(onAmbiguous(), attempts) : verdict.state;
    store.settle(id, { state, reason, status, requestId }, now());
    const pausedBefore = pace.paused;
    pace.sendEnded(round, verdict, now());
    if (state === "rejected") alert("lead_rejected", reason, { status });
    if (verdict.state === "review") alert("lead_uncertain", reason, { status });
    if (health === "closed" && pace.paused !== pausedBefore) alert("outbox_paused", reason, { status });
  };

  /** Sends and probes until nothing is due, or as often as one run may. */
  const run = async (): Promise<void> => {
    let requests = REQUESTS_PER_RUN;

    const follow = <Value>(request: Promise<Value>, end: (value: Value) => void): void => {
      underWay += 1;
      requests -= 1;
      request.then((value) => {
        ended.push(() => {
          end(value);
          underWay -= 1;
        });
        wake();
      });
    };

    /** Writes what has ended, and takes what may go next. */
    const step = () => {
      for (let end = ended[0]; end; end = ended[0]) {
        end();
        ended.shift();
      }
      keepPace();
      const next = requests > 0 ? pace.next(now()) : { send: 0 };
      if ("probe" in next) return { leads: [], round: 0, probe: store.nextDue() !== undefined };
      const free = "send" in next ? Math.min(next.send, requests) : 0;
      const leads = free > 0 ? store.claim(free, now()) : [];
      if (leads.length > 0 && leads.length === requests) runAgain();
      return { leads, round: pace.sendsStarted(leads.length), probe: false };
    };

    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // First it is known for good that they are in flight, then they go.
      const { leads, round, probe } = await write(step);
      for (const lead of leads) {
        follow(sender().send(listenerId(), JSON.parse(lead.submission)), (verdict) => settle(lead, round, verdict));
      }
      if (probe) {
        pace.probeStarted();
        follow(sender().probe(), (status) => pace.probeEnded(status, now()));
      }
      if (underWay === 0) return;
      await woken;
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

    /** Something has changed that may let more leads go. */
    wake: (): void => wake(),

    /** When to run next; undefined if nothing waits. */
    nextRun(): number | undefined {
      const due = store.nextDue();
      if (due === undefined) return undefined;
      const next = pace.next(now());
      return "waitUntil" in next ? Math.max(due, next.waitUntil) : due;
    },

    /** After a crash: nobody can tell what became of the leads that were in flight. */
    resolveInterrupted(): void {
      const leads = store.interrupted();
      const reason = "The relay ended while it was in flight: nobody can tell whether it was processed.";
      for (const { id, attempts } of leads) {
        store.settle(id, { state: ambiguous(onAmbiguous(), attempts), reason }, now());
      }
      if (leads.length > 0) alert("lead_uncertain", reason, { count: leads.length });
    },

    resume(): void {
      pace.resume();
      keepPace();
    },
  };
};
