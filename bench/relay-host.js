// The relay's own host beside a minimal relay on the same Node: `node --import tsx bench/relay-host.js [leads]`.
import { readFileSync } from "node:fs";
import { Agent, createServer, request as send } from "node:http";
import { register } from "tsx/esm/api";
import { nodeOf, OLDEST_HOST } from "../scripts/lib/nodes.js";
import { ratio, spread, written } from "./lib/stats.js";

register();
const { startNodeHost } = await import("../scripts/lib/node-host.js");

const ROUNDS = 5;
const POSTS = 1000;
const AT_A_TIME = 32;

const ours = `
  import { createRelay } from "botsplash/relay";
  const relay = createRelay(({ API_URL: baseUrl }) => ({
    ...{ appId: "demo", baseUrl, auth: { username: "demo", password: "demo" } },
    ...{ origins: ["https://www.example.com"], rateLimit: false, listeners: { welcome: {} } },
  }));
  export const Outbox = relay.Outbox;
  export default relay;`;

/** Keeps nothing, checks nothing: a form in, a request out, on \`node:http\` as people write it. */
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

const startApi = async () => {
  let taken = 0;
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      taken += 1;
      response.setHeader("content-type", "application/json");
      response.end('{"success":true,"requestId":"123e4567-e89b-12d3-a456-426614174000"}');
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    get taken() {
      return taken;
    },
    close: () => (server.close(), server.closeAllConnections()),
  };
};

let people = 0;
const form = () => {
  people += 1;
  const fields = { firstName: "Jane", lastName: "Doe", email: "example@example.com", state: "NC", message: "Welcome!" };
  return String(new URLSearchParams({ ...fields, phoneNumber: String(3332000000 + people) }));
};

/** @param {string} url @param {Agent} agent */
const post = (url, agent) =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: "https://www.example.com" };
    const request = send(url, { method: "POST", agent, headers }, (answer) => {
      answer
        .resume()
        .once("end", () =>
          answer.statusCode === 202 ? resolve(undefined) : reject(new Error(`${answer.statusCode}`)),
        );
    });
    request.once("error", reject);
    request.end(form());
  });

/** @param {string} url @param {number} count */
const postMany = async (url, count) => {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  let left = count;
  const work = async () => {
    while (left-- > 0) await post(url, agent);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  agent.destroy();
};

/** @param {number} pid @returns {number} milliseconds */
const cpuOf = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** @param {number} pid @returns {number} megabytes */
const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** @param {() => boolean} is */
const until = async (is) => {
  const deadline = Date.now() + 600_000;
  while (!is()) {
    if (Date.now() > deadline) throw new Error("The leads were not brought on.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const { node } = await nodeOf(OLDEST_HOST);

/** @param {string} source @param {boolean} isOurs */
const contestant = async (source, isOurs) => {
  const api = await startApi();
  const host = await startNodeHost(node, { source, env: { API_URL: api.url }, environment: { API_URL: api.url } });
  const url = isOurs
    ? `${host.url}demo/listener/botsplash/welcome`
    : `http://127.0.0.1:${await (await fetch(host.url)).text()}/`;
  return {
    host,
    /** @param {number} count */
    async round(count) {
      const [cpu, taken, begin] = [cpuOf(host.pid), api.taken, performance.now()];
      await postMany(url, count);
      const accepted = count / ((performance.now() - begin) / 1000);
      await until(() => api.taken - taken >= count);
      const brought = count / ((performance.now() - begin) / 1000);
      return { cpu: ((cpuOf(host.pid) - cpu) * 1000) / count, accepted, brought };
    },
    stop: async () => {
      await host.stop();
      api.close();
    },
  };
};

const relay = await contestant(ours, true);
const least = await contestant(minimal, false);
try {
  console.log(`idle: ${memoryOf(relay.host.pid).toFixed(0)} MB`);
  for (const one of [relay, least]) await one.round(POSTS);
  /** @type {{ relay: any, least: any }[]} */
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ relay: await relay.round(POSTS), least: await least.round(POSTS) });
  for (const who of /** @type {const} */ (["relay", "least"])) {
    /** @param {"cpu" | "accepted" | "brought"} what */
    const all = (what) => written(spread(rounds.map((round) => round[who][what])));
    console.log(
      `${who}: ${all("cpu")} µs of CPU a post, ${all("accepted")} accepted/s, ${all("brought")} brought on/s`,
    );
  }
  console.log(
    `CPU: ${written(
      ratio(
        rounds.map((r) => r.relay.cpu),
        rounds.map((r) => r.least.cpu),
      ),
    )} times the minimal one`,
  );
  const leads = Number(process.argv[2] ?? 0);
  if (leads > 0) {
    const round = await relay.round(leads);
    console.log(
      `after ${leads} leads more: ${memoryOf(relay.host.pid).toFixed(0)} MB, ${round.brought.toFixed(0)} brought on/s`,
    );
    const begin = performance.now();
    await relay.host.kill();
    await relay.host.restart();
    console.log(`killed, started again and listening: ${(performance.now() - begin).toFixed(0)} ms`);
  }
} finally {
  await relay.stop();
  await least.stop();
}
