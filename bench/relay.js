// The cost of the relay beside a minimal one, and its speed of sending leads.
import { startWorkerd } from "../scripts/lib/workerd.js";
import { AT_A_TIME, ours, postSteadily, round, startApi, until } from "./lib/relay-load.js";
import { ratio, spread, written } from "./lib/stats.js";

const MOST_TIMES_THE_CPU = 3.8;
const LEAST_LEADS_PER_SECOND = 200;

const ROUNDS = 5;
const POSTS = 1000;

/** Twice what is to be brought on, so that it is not the posts that hold it up. */
const POSTS_PER_SECOND = 2 * LEAST_LEADS_PER_SECOND;
const STEADY_SECONDS = 3;

/** Keeps nothing, checks nothing: a form in, a request out. */
const minimal = `
  export class Outbox {}

  export default {
    async fetch(request, { API_URL }) {
      const { message, ...visitor } = Object.fromEntries(await request.formData());
      const answer = await fetch(API_URL + "/demo/listener/botsplash/welcome", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: "Basic " + btoa("demo:demo") },
        body: JSON.stringify({ visitor: { ...visitor, extendedAttributes: { message } } }),
      });
      const { success, requestId } = await answer.json();
      return Response.json({ success, requestId }, { status: 202 });
    },
  };`;

/** @param {string} source */
const contestant = async (source) => {
  const api = await startApi();
  const worker = await startWorkerd({ source, env: { API_URL: api.url } });
  const url = `${worker.url}demo/listener/botsplash/welcome`;
  return {
    /** @param {number} count */
    round: (count) => round({ url, pid: worker.pid, api }, count),
    /** @returns {Promise<number>} how many it brings on in a second while posts keep coming in */
    async steady() {
      const [taken, begin] = [api.taken, performance.now()];
      await postSteadily(url, POSTS_PER_SECOND * STEADY_SECONDS, POSTS_PER_SECOND);
      const perSecond = (api.taken - taken) / ((performance.now() - begin) / 1000);
      await until(() => api.taken - taken >= POSTS_PER_SECOND * STEADY_SECONDS);
      return perSecond;
    },
    async stop() {
      await worker.stop();
      api.close();
    },
  };
};

/** @returns {Promise<import("./lib/report.js").Section>} */
export const run = async () => {
  const relay = await contestant(ours);
  const least = await contestant(minimal);
  try {
    for (const one of [relay, least]) await one.round(POSTS);
    /** @type {{ relay: import("./lib/relay-load.js").Round, least: import("./lib/relay-load.js").Round }[]} */
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ relay: await relay.round(POSTS), least: await least.round(POSTS) });
    }
    const steady = [];
    for (let round = 0; round < ROUNDS; round += 1) steady.push(await relay.steady());
    /** @param {"relay" | "least"} who @param {keyof import("./lib/relay-load.js").Round} what */
    const all = (who, what) => rounds.map((round) => round[who][what]);
    const times = ratio(all("relay", "cpuMicros"), all("least", "cpuMicros"));
    /** @param {string} name @param {"relay" | "least"} who */
    const row = (name, who) => [
      name,
      written(spread(all(who, "cpuMicros"))),
      written(spread(all(who, "acceptedPerSecond"))),
      written(spread(all(who, "broughtPerSecond"))),
    ];
    return {
      title: "The relay",
      about:
        `${POSTS.toLocaleString("en-US")} posts of a form of six fields, ${AT_A_TIME} at a time, in each of ${ROUNDS} rounds, to Workers in workerd; ` +
        "behind them an API that answers at once. CPU is that of the whole process, until the last lead was brought on. The " +
        "other is the least that could be called a relay: it parses the form, and waits while it sends it on as JSON.",
      tables: [
        {
          head: ["", "µs of CPU for each post", "accepted each second", "brought on each second"],
          rows: [row("botsplash/relay", "relay"), row("a minimal relay", "least")],
        },
      ],
      targets: [
        {
          target: `the relay takes at most ${MOST_TIMES_THE_CPU} times the CPU of a minimal one`,
          found: `${written(times)} times`,
          reached: times.median <= MOST_TIMES_THE_CPU,
        },
        {
          target: `it brings on at least ${LEAST_LEADS_PER_SECOND} leads a second while posts keep coming in`,
          found: `${written(spread(steady))}, of ${POSTS_PER_SECOND} posts`,
          reached: spread(steady).median >= LEAST_LEADS_PER_SECOND,
        },
      ],
      notes: [
        "The relay checks, hashes and keeps every lead on a disk, twice marks where it is, and sends it through the client; the minimal one loses a lead with every failure.",
      ],
    };
  } finally {
    await relay.stop();
    await least.stop();
  }
};
