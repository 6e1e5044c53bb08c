// Brings what is queued to the API: the loop between storage, pace and sender.
import { ambiguous } from "./outcome.ts";

/** How many requests one run makes at most: the free plan allows 50, and alerts may need some of them. */
const REQUESTS_PER_RUN = 40;

/**
 * @typedef {object} Means
 * @property {import("./storage.ts").Store} store
 * @property {import("./pace.ts").Pace} pace
 * @property {() => ReturnType<typeof import("./sender.ts").createSender>} sender
 * @property {import("./batch.ts").Write} write
 * @property {() => void} runAgain sees to it that another run follows this one
 * @property {() => string} listenerId
 * @property {() => "review" | "resend" | "drop"} onAmbiguous
 * @property {(code: string, message: string, more?: { status?: number, count?: number }) => void} alert
 */

/** @param {Means} means */
export const createDelivery = ({ store, pace, sender, write, runAgain, listenerId, onAmbiguous, alert }) => {
  let running = false;
  let ring = () => {};
  let underWay = 0;
  /** What has ended, and is to be written. Where that fails, it is the next run's. @type {(() => void)[]} */
  const ended = [];
  let kept = JSON.stringify(pace.kept());

  const keepPace = () => {
    const now = JSON.stringify(pace.kept());
    if (now === kept) return;
    store.setFact("pace", pace.kept());
    kept = now;
  };

  /** @param {import("./storage.ts").Claimed} lead @param {number} round @param {import("./outcome.ts").Verdict} verdict */
  const settle = ({ id, attempts }, round, verdict) => {
    const now = Date.now();
    const { reason, status, requestId, health } = verdict;
    const state = verdict.state === "review" ? ambiguous(onAmbiguous(), attempts) : verdict.state;
    store.settle(id, { state, reason, status, requestId }, now);
    const pausedBefore = pace.paused;
    pace.sendEnded(round, verdict, now);
    if (state === "rejected") alert("lead_rejected", reason, { status });
    if (verdict.state === "review") alert("lead_uncertain", reason, { status });
    if (health === "closed" && pace.paused !== pausedBefore) alert("outbox_paused", reason, { status });
  };

  /** Sends and probes until nothing is due, or as often as one run may. */
  const run = async () => {
    let requests = REQUESTS_PER_RUN;

    /** @template Value @param {Promise<Value>} request @param {(value: Value) => void} end */
    const follow = (request, end) => {
      underWay += 1;
      requests -= 1;
      request.then((value) => {
        ended.push(() => {
          end(value);
          underWay -= 1;
        });
        ring();
      });
    };

    /** Writes what has ended, and takes what may go next. */
    const step = () => {
      for (let end = ended[0]; end; end = ended[0]) {
        end();
        ended.shift();
      }
      keepPace();
      const now = Date.now();
      const next = requests > 0 ? pace.next(now) : { send: 0 };
      if ("probe" in next) return { leads: [], round: 0, probe: store.nextDue() !== undefined };
      const free = "send" in next ? Math.min(next.send, requests) : 0;
      const leads = free > 0 ? store.claim(free, now) : [];
      if (leads.length > 0 && leads.length === requests) runAgain();
      return { leads, round: pace.sendsStarted(leads.length), probe: false };
    };

    for (;;) {
      const bell = new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        ring = resolve;
      });
      // First it is known for good that they are on their way, then they go.
      const { leads, round, probe } = await write(step);
      for (const lead of leads) {
        follow(sender().send(listenerId(), JSON.parse(lead.submission)), (verdict) => settle(lead, round, verdict));
      }
      if (probe) {
        pace.probeStarted();
        follow(sender().probe(), (status) => pace.probeEnded(status, Date.now()));
      }
      if (underWay === 0) return;
      await bell;
    }
  };

  return {
    /** Must not be called while it runs. */
    async run() {
      running = true;
      try {
        await run();
      } finally {
        running = false;
      }
    },

    get running() {
      return running;
    },

    /** Something has changed that may let more leads go. */
    ring: () => ring(),

    /** @param {number} now @returns {number | undefined} when to run next */
    nextRun(now) {
      const due = store.nextDue();
      if (due === undefined) return undefined;
      const next = pace.next(now);
      return "waitUntil" in next ? Math.max(due, next.waitUntil) : due;
    },

    /** After a crash: nobody can tell what became of the leads that were on their way. */
    resolveStranded() {
      const leads = store.stranded();
      const reason = "The relay ended while it was on its way: nobody can tell whether it was processed.";
      for (const { id, attempts } of leads) {
        store.settle(id, { state: ambiguous(onAmbiguous(), attempts), reason }, Date.now());
      }
      if (leads.length > 0) alert("lead_uncertain", reason, { count: leads.length });
    },

    resume() {
      pace.resume();
      keepPace();
    },
  };
};
