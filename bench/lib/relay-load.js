// Forms that are posted to a relay, the API behind it, and what that costs.
import { readFileSync } from "node:fs";
import { Agent, createServer, request as send } from "node:http";

/** Posts under way at a time. */
export const AT_A_TIME = 32;

const LONGEST_MS = 600_000;

/** The relay's own Worker, as small as its options allow. */
export const ours = `
  import { createRelay } from "botsplash/relay";

  const relay = createRelay(({ API_URL: baseUrl }) => ({
    appId: "demo",
    baseUrl,
    auth: { username: "demo", password: "demo" },
    origins: ["https://www.example.com"],
    rateLimit: false,
    listeners: { welcome: {} },
  }));

  export const Outbox = relay.Outbox;
  export default relay;`;

/** An API that takes everything at once, so that only the relay is measured. */
export const startApi = async () => {
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

/** Posts as fast as they are taken. @param {string} url @param {number} count */
export const postMany = async (url, count) => {
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

/** Posts at a steady pace, whether they are answered or not. @param {string} url @param {number} count @param {number} perSecond */
export const postSteadily = async (url, count, perSecond) => {
  const agent = new Agent({ keepAlive: true });
  const begin = performance.now();
  const posts = Array.from({ length: count }, async (_, number) => {
    const at = begin + (number * 1000) / perSecond;
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

/** @param {number} pid @returns {number} megabytes */
export const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** @param {() => boolean} is */
export const until = async (is) => {
  const deadline = Date.now() + LONGEST_MS;
  while (!is()) {
    if (Date.now() > deadline) throw new Error("The leads were not brought on.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/**
 * Posts so many as fast as they are taken, and waits until all have been brought on.
 * @param {{ url: string, pid: number, api: { readonly taken: number } }} relay
 * @param {number} count
 */
export const round = async ({ url, pid, api }, count) => {
  const [cpu, taken, begin] = [cpuOf(pid), api.taken, performance.now()];
  await postMany(url, count);
  const acceptedPerSecond = count / ((performance.now() - begin) / 1000);
  await until(() => api.taken - taken >= count);
  const broughtPerSecond = count / ((performance.now() - begin) / 1000);
  return { cpuMicros: ((cpuOf(pid) - cpu) * 1000) / count, acceptedPerSecond, broughtPerSecond };
};

/** @typedef {Awaited<ReturnType<typeof round>>} Round */
