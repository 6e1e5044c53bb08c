// The relay's own host beside a minimal relay on the same Node: `npm run bench -- --only relay-host`.
import { register } from "tsx/esm/api";
import { nodeOf, OLDEST_HOST } from "../scripts/lib/nodes.js";
import { AT_A_TIME, memoryOf, ours, round, startApi } from "./lib/relay-load.js";
import { ratio, short, spread, written } from "./lib/stats.js";

const MOST_TIMES_THE_CPU = 1.6;
const MOST_MS_TO_LISTEN = 150;

const ROUNDS = 5;
const POSTS = 1000;

/** Leads before its memory is looked at. They come a part at a time: the outbox takes no more than it has room for. */
const LEADS = 100_000;
const LEADS_AT_ONCE = 2000;

const STARTS = 7;

/** Keeps nothing, checks nothing: a form in, a request out, on `node:http` as people write it. */
const minimal = `
  import { createServer } from "node:http";
  export class Outbox {}
  let port;
  createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { message, ...visitor } = Object.fromEntries(new URLSearchParams(body));
    const answer = await fetch(process.env.API_URL + "/demo/listener/botsplash/welcome", {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: "Basic " + btoa("demo:demo") },
      body: JSON.stringify({ visitor, args: { message } }),
    });
    const { success, requestId } = await answer.json();
    response.writeHead(202, { "Content-Type": "application/json" }).end(JSON.stringify({ success, requestId }));
  }).listen(0, "127.0.0.1", function () { port = this.address().port; });
  export default { fetch: async () => new Response(String(port)), scheduled: async () => {} };`;

/** @param {string} source @param {(host: string) => string | Promise<string>} urlOf where forms are posted */
const contestant = async (source, urlOf) => {
  register();
  const { startNodeHost } = await import("../scripts/lib/node-host.js");
  const { node } = await nodeOf(OLDEST_HOST);
  const api = await startApi();
  const host = await startNodeHost(node, { source, env: { API_URL: api.url }, environment: { API_URL: api.url } });
  const url = await urlOf(host.url);
  return {
    host,
    /** @param {number} count */
    round: (count) => round({ url, pid: host.pid, api }, count),
    async stop() {
      await host.stop();
      api.close();
    },
  };
};

/**
 * @param {Awaited<ReturnType<typeof contestant>>["host"]} host
 * @returns {Promise<number[]>} milliseconds from the start of its process until it listens
 */
const starts = async (host) => {
  const found = [];
  for (let times = 0; times < STARTS; times += 1) {
    await host.end("SIGTERM");
    const begin = performance.now();
    await host.restart();
    found.push(performance.now() - begin);
  }
  return found;
};

/** @returns {Promise<import("./lib/report.js").Section>} */
export const run = async () => {
  const relay = await contestant(ours, (host) => `${host}demo/listener/botsplash/welcome`);
  const least = await contestant(minimal, async (host) => `http://127.0.0.1:${await (await fetch(host)).text()}/`);
  try {
    const idle = memoryOf(relay.host.pid);
    for (const one of [relay, least]) await one.round(POSTS);
    /** @type {{ relay: import("./lib/relay-load.js").Round, least: import("./lib/relay-load.js").Round }[]} */
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ relay: await relay.round(POSTS), least: await least.round(POSTS) });
    }
    const soon = await starts(relay.host);
    for (let leads = 0; leads < LEADS; leads += LEADS_AT_ONCE) await relay.round(LEADS_AT_ONCE);
    const full = memoryOf(relay.host.pid);
    const late = await starts(relay.host);

    /** @param {"relay" | "least"} who @param {keyof import("./lib/relay-load.js").Round} what */
    const all = (who, what) => rounds.map((round) => round[who][what]);
    /** @param {string} name @param {"relay" | "least"} who */
    const row = (name, who) => [
      name,
      written(spread(all(who, "cpuMicros"))),
      written(spread(all(who, "acceptedPerSecond"))),
      written(spread(all(who, "broughtPerSecond"))),
    ];
    const times = ratio(all("relay", "cpuMicros"), all("least", "cpuMicros"));
    const leads = LEADS.toLocaleString("en-US");
    return {
      title: "The relay on one machine",
      about:
        `${POSTS.toLocaleString("en-US")} posts of a form of six fields, ${AT_A_TIME} at a time, in each of ${ROUNDS} rounds, to the relay's own host and to ` +
        `the least that could be called a relay, both in Node ${OLDEST_HOST}. CPU is that of the whole process, until the last ` +
        "lead was brought on. A start is counted from that of the process, whose data folder is there, until it listens.",
      tables: [
        {
          head: ["", "µs of CPU for each post", "accepted each second", "brought on each second"],
          rows: [row("botsplash relay", "relay"), row("a minimal relay", "least")],
        },
        {
          head: ["", "MB of memory", "start to listening, ms"],
          rows: [
            ["idle; then a few thousand leads", short(idle), written(spread(soon))],
            [`after ${leads} leads more`, short(full), written(spread(late))],
          ],
        },
      ],
      targets: [
        {
          target: `the relay's own host takes at most ${MOST_TIMES_THE_CPU} times the CPU of a minimal relay`,
          found: `${written(times)} times`,
          reached: times.median <= MOST_TIMES_THE_CPU,
        },
        {
          target: `with ${leads} leads on its disk it listens ${MOST_MS_TO_LISTEN} ms after its start`,
          found: `${written(spread(late))} ms`,
          reached: spread(late).median <= MOST_MS_TO_LISTEN,
        },
      ],
    };
  } finally {
    await relay.stop();
    await least.stop();
  }
};
