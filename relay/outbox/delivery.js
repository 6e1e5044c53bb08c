// Brings what is queued to the API: the loop between storage, pace and sender.
import { ambiguous } from "./outcome.js";

/** How many requests one run makes at most: the free plan allows 50, and alerts may need some of them. */
const REQUESTS_PER_RUN = 40;

/**
 * @typedef {object} Means
 * @property {import("./storage.js").Store} store
 * @property {import("./pace.js").Pace} pace
 * @property {() => ReturnType<typeof import("./sender.js").createSender>} sender
 * @property {() => Promise<void>} sync resolves when everything written is on durable storage
 * @property {() => string} listenerId
 * @property {() => "review" | "resend" | "drop"} onAmbiguous
 * @property {(code: string, message: string, more?: { status?: number, count?: number }) => void} alert
 */

/** @param {Means} means */
export const createDelivery = ({ store, pace, sender, sync, listenerId, onAmbiguous, alert }) => {
  let running = false;
  let ring = () => {};
  let kept = JSON.stringify(pace.kept());

  const keepPace = () => {
    const now = JSON.stringify(pace.kept());
    if (now === kept) return;
    kept = now;
    store.setFact("pace", pace.kept());
  };

  /** @param {import("./storage.js").Claimed} lead @param {number} round */
  const send = async ({ id, submission }, round) => {
    const verdict = await sender().send(listenerId(), JSON.parse(submission));
    const now = Date.now();
    const { reason, status, requestId, health } = verdict;
    const state = verdict.state === "review" ? ambiguous(onAmbiguous()) : verdict.state;
    store.settle(id, { state, reason, status, requestId }, now);
    const pausedBefore = pace.paused;
    pace.sendEnded(round, verdict, now);
    keepPace();
    if (state === "rejected") alert("lead_rejected", reason, { status });
    if (verdict.state === "review") alert("lead_uncertain", reason, { status });
    if (health === "closed" && pace.paused !== pausedBefore) alert("outbox_paused", reason, { status });
  };

  const probe = async () => {
    pace.probeStarted();
    pace.probeEnded(await sender().probe(), Date.now());
    keepPace();
  };

  /** Sends and probes until nothing is due, or as often as one run may. */
  const run = async () => {
    let requests = REQUESTS_PER_RUN;
    let underWay = 0;
    /** @type {unknown} */
    let trouble;
    /** @param {Promise<void>} work */
    const follow = (work) => {
      underWay += 1;
      requests -= 1;
      work
        .catch((error) => {
          trouble = error;
          requests = 0;
        })
        .finally(() => {
          underWay -= 1;
          ring();
        });
    };

    for (;;) {
      const bell = new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        ring = resolve;
      });
      const now = Date.now();
      const next = requests > 0 ? pace.next(now) : { send: 0 };
      if ("probe" in next) {
        if (store.nextDue() !== undefined) follow(probe());
      } else if ("send" in next && next.send > 0) {
        const leads = store.claim(Math.min(next.send, requests), now);
        if (leads.length > 0) {
          const round = pace.sendsStarted(leads.length);
          // First it is known for good that they are on their way, then they go.
          await sync();
          for (const lead of leads) follow(send(lead, round));
          continue;
        }
      }
      if (underWay === 0) break;
      await bell;
    }
    if (trouble) throw trouble;
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
      const ids = store.stranded();
      const reason = "The relay ended while it was on its way: nobody can tell whether it was processed.";
      for (const id of ids) store.settle(id, { state: ambiguous(onAmbiguous()), reason }, Date.now());
      if (ids.length > 0) alert("lead_uncertain", reason, { count: ids.length });
    },

    resume() {
      pace.resume();
      keepPace();
    },
  };
};
