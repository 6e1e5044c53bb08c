// The cost of the relay beside a minimal one, and its speed of sending leads.
import { readFileSync } from "node:fs";
import { Agent, createServer, request as send } from "node:http";
import { startWorkerd } from "../scripts/lib/workerd.js";
import { ratio, spread, written } from "./lib/stats.js";

const MOST_TIMES_THE_CPU = 3;
const LEAST_LEADS_PER_SECOND = 200;

const ROUNDS = 5;
const POSTS = 1000;
const AT_A_TIME = 32;

/** Twice what is to be brought on, so that it is not the posts that hold it up. */
const POSTS_PER_SECOND = 2 * LEAST_LEADS_PER_SECOND;
const STEADY_SECONDS = 3;

const ours = `
  import { createRelay } from "botsplash/relay";

  const relay = createRelay(({ API_URL: baseUrl }) => ({
    ...{ appId: "demo", baseUrl, auth: { username: "demo", password: "demo" } },
    ...{ origins: ["https://www.example.com"], rateLimit: false, listeners: { welcome: {} } },
  }));

  export const Outbox = relay.Outbox;
  export default relay;`;

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

/** An API that takes everything at once, so that only the relay is measured. */
const startApi = async () => {
  let taken = 0;
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      taken += 1;
      response.setHeader("content-type", "application/json");
      response.end('{"success":true,"requestId":"123e4567-e89b-12d3-a456-426614174000"}');
    });
  });
  await new Promise((/** @type {(value?: undefined) => void} */ resolve) =>
    server.listen(0, "127.0.0.1", () => resolve()),
  );
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    get taken() {
      return taken;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
};

let people = 0;

/** @returns {string} somebody new */
const form = () => {
  people += 1;
  const fields = { firstName: "Jane", lastName: "Doe", email: "example@example.com", state: "NC", message: "Welcome!" };
  return String(new URLSearchParams({ ...fields, phoneNumber: String(3334440000 + people) }));
};

/**
 * @param {string} url
 * @param {Agent} agent
 * @returns {Promise<void>} once a form is accepted
 */
const post = (url, agent) =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: "https://www.example.com" };
    const request = send(url, { method: "POST", agent, headers }, (answer) => {
      answer
        .resume()
        .once("end", () => (answer.statusCode === 202 ? resolve() : reject(new Error(`${answer.statusCode}`))));
    });
    request.once("error", reject);
    request.end(form());
  });

/** @param {string} url @param {number} count */
const postMany = async (url, count) => {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await post(url, agent);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  agent.destroy();
};

/** Posts at a steady pace, whether they are answered or not. @param {string} url */
const postSteadily = async (url) => {
  const agent = new Agent({ keepAlive: true });
  const begin = performance.now();
  const posts = Array.from({ length: POSTS_PER_SECOND * STEADY_SECONDS }, async (_, number) => {
    const at = begin + (number * 1000) / POSTS_PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, at - performance.now()));
    await post(url, agent);
  });
  await Promise.all(posts);
  agent.destroy();
};

/** @param {number} pid @returns {number} milliseconds of CPU so far, in user and system mode, of all its threads */
const cpuOf = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // After the name, which may hold anything; in hundredths of a second.
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) * 10;
};

const LONGEST_MS = 60_000;

/** @param {() => boolean} is */
const until = async (is) => {
  const deadline = Date.now() + LONGEST_MS;
  while (!is()) {
    if (Date.now() > deadline) throw new Error("The leads were not brought on.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** @param {string} source */
const contestant = async (source) => {
  const api = await startApi();
  const worker = await startWorkerd({ source, env: { API_URL: api.url } });
  const url = `${worker.url}demo/listener/botsplash/welcome`;
  return {
    /** Posts so many as fast as they are taken, and waits until all have been brought on. */
    async round(/** @type {number} */ count) {
      const [cpu, taken, begin] = [cpuOf(worker.pid), api.taken, performance.now()];
      await postMany(url, count);
      const acceptedPerSecond = count / ((performance.now() - begin) / 1000);
      await until(() => api.taken - taken >= count);
      const broughtPerSecond = count / ((performance.now() - begin) / 1000);
      return { cpuMicros: ((cpuOf(worker.pid) - cpu) * 1000) / count, acceptedPerSecond, broughtPerSecond };
    },
    /** @returns {Promise<number>} how many it brings on in a second while posts keep coming in */
    async steady() {
      const [taken, begin] = [api.taken, performance.now()];
      await postSteadily(url);
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
    /** @type {{ relay: Awaited<ReturnType<typeof relay.round>>, least: Awaited<ReturnType<typeof relay.round>> }[]} */
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ relay: await relay.round(POSTS), least: await least.round(POSTS) });
    }
    const steady = [];
    for (let round = 0; round < ROUNDS; round += 1) steady.push(await relay.steady());
    /** @param {"relay" | "least"} who @param {"cpuMicros" | "acceptedPerSecond" | "broughtPerSecond"} what */
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
