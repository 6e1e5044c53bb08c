// The API as it is on a bad day: a sandbox, and in front of it a server that can be told to fail.
import { createServer, request as requestUpstream } from "node:http";
import { demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { phoneNumber } from "./submitters.js";

/**
 * The fate of requests. `reach`: whether they have their effect before they fail: half of them do
 * where it is `half`.
 * @typedef {object} Trouble
 * @property {number} [status] they are answered with it
 * @property {true} [hang] they are never answered
 * @property {true} [refuse] there is nobody who could take them
 * @property {"none" | "half"} [reach]
 * @property {"POST"} [only]
 *
 * @typedef {object} Habit how the API is to some requests, on every day
 * @property {number} [poisonStatus] it answers so to every fiftieth lead
 * @property {number} [limitedStatus] it answers so to one number
 * @property {true} [hangsAtHead] it never answers a HEAD, nor any other request than a POST
 */

const POISON_EVERY = 50;
const LIMITED = 7;

/** @param {number} number of a lead @returns {boolean} whether the API dislikes its content, on a day that has such leads */
export const isPoison = (number) => number % POISON_EVERY === LIMITED;

/** How long the API takes, so that there is always a request in flight. */
const LATENCY_MS = 10;

/** No submit for so long: none will come. */
const LONGEST_LULL_MS = 20_000;

export const startApi = async () => {
  const upstream = await startServer({ latencyMs: LATENCY_MS });
  /** @type {Trouble | undefined} */
  let trouble;
  let troubled = 0;
  /** @type {Habit} */
  let habit = {};
  let onSubmit = () => {};

  const server = createServer((request, response) => {
    if (request.method === "POST") onSubmit();
    else if (habit.hangsAtHead) return void request.resume();
    const now = trouble && (trouble.only ?? request.method) === request.method ? trouble : undefined;
    if (!now && request.method === "POST" && (habit.poisonStatus ?? habit.limitedStatus)) {
      return void judgeByContent(request, response);
    }
    if (!now) return forward(request, response);
    troubled += 1;
    const fail = () => (now.hang ? undefined : response.writeHead(now.status ?? 500).end());
    if (now.reach === "half" && request.method === "POST" && troubled % 2 === 0)
      return forward(request, undefined, fail);
    request.resume().once("end", fail);
  });

  // Idle connections stay. One that is dropped just as the relay sends on it makes a lead uncertain, which no scenario means.
  server.keepAliveTimeout = 0;

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  const judgeByContent = async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const number = Number(JSON.parse(body).visitor?.phoneNumber) - Number(phoneNumber(0));
    const { poisonStatus, limitedStatus } = habit;
    const status = isPoison(number) ? (poisonStatus ?? (number === LIMITED ? limitedStatus : undefined)) : undefined;
    if (status !== undefined) return void response.writeHead(status).end();
    const { method, url, headers } = request;
    const sent = requestUpstream(new URL(url ?? "", upstream.origin), { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    sent.once("error", () => response.socket?.resetAndDestroy());
    sent.end(body);
  };

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} [response] where the answer goes, if anywhere
   * @param {() => void} [done]
   */
  const forward = (request, response, done) => {
    const { method, url, headers } = request;
    const tear = () => response?.socket?.resetAndDestroy();
    const sent = requestUpstream(new URL(url ?? "", upstream.origin), { method, headers, agent: false }, (answer) => {
      if (!response) return void answer.resume().once("close", () => done?.());
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once("error", tear);
    });
    sent.once("error", tear);
    response?.once("close", () => sent.destroy());
    request.pipe(sent);
  };

  /** @param {number} port */
  const listen = (port) =>
    new Promise((/** @type {(value?: undefined) => void} */ resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve());
    });
  const unlisten = () =>
    new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  /** Somebody's outgoing connection may have taken the port meanwhile. @param {number} port */
  const listenAgain = async (port) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await listen(port);
      } catch (error) {
        if (tries === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  await listen(0);
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const [{ username, password }] = demoCredentials;
  return {
    url: `http://127.0.0.1:${port}${new URL(upstream.url).pathname}`,
    auth: { username, password },
    sandbox: upstream.sandbox,

    /** @param {Habit} what */
    setHabit(what) {
      habit = what;
    },

    /** @param {Trouble} what @param {number} forMs */
    async breakDown(what, forMs) {
      trouble = what;
      if (what.refuse) await unlisten();
      await new Promise((resolve) => setTimeout(resolve, forMs));
      trouble = undefined;
      if (what.refuse) await listenAgain(port);
    },

    /** Resolves with the next submit that comes in, or, on a machine so slow that all have come, later. @returns {Promise<void>} */
    nextSubmit: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, LONGEST_LULL_MS);
        onSubmit = () => {
          clearTimeout(timer);
          resolve();
        };
      }),

    async close() {
      if (server.listening) await unlisten();
      await upstream.close();
    },
  };
};
