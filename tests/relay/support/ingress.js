import { createRelay } from "../../../relay/index.ts";
import { memoryOutbox } from "./memory.js";

export const SECRET = "review-secret-of-32-characters-or-more";
export const PAGE = "https://www.example.com";
export const ADDRESS = "https://relay.example.com/demo/listener/botsplash/welcome";

/**
 * A relay's ingress in Node, before an outbox in memory.
 * @param {Partial<import("../../../relay/index.ts").RelayOptions>} [options]
 * @param {import("../../../relay/index.ts").ListenerOptions} [listener]
 */
export const startIngress = (options = {}, listener = {}) => {
  const outbox = memoryOutbox();
  /** @type {import("../../../relay/index.ts").Alert[]} */
  const alerts = [];
  outbox.onNote = (alert) => alerts.push(alert);
  const relay = createRelay({
    appId: "demo",
    auth: { username: "user", password: "hunter2" },
    origins: [PAGE],
    rateLimit: false,
    outbox,
    onAlert: (alert) => alerts.push(alert),
    listeners: { welcome: listener },
    ...options,
  });

  const env = {};

  /** @param {string} url @param {RequestInit} [init] */
  const send = (url, init) => relay.fetch(new Request(url, /** @type {any} */ ({ duplex: "half", ...init })), env);

  return {
    relay,
    outbox,
    alerts,
    send,
    /** @param {BodyInit | ReadableStream} body @param {Record<string, string>} [headers] @param {string} [query] */
    post: (body, headers, query = "") =>
      send(ADDRESS + query, { method: "POST", body, headers: { Origin: PAGE, ...headers } }),
    /** @param {unknown} value @param {Record<string, string>} [headers] @param {string} [query] */
    postJson: (value, headers, query = "") =>
      send(ADDRESS + query, {
        method: "POST",
        body: JSON.stringify(value),
        headers: { Origin: PAGE, "Content-Type": "application/json", ...headers },
      }),
    /** @param {string} path @param {RequestInit & { headers?: Record<string, string> }} [init] with the secret */
    review: (path, init) =>
      send(`https://relay.example.com/review${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${SECRET}`, ...init?.headers },
      }),
  };
};

/** @param {Record<string, string>} [more] @returns {URLSearchParams} */
export const form = (more) =>
  new URLSearchParams({ firstName: "Jane", phoneNumber: "3334445555", message: "Hello", ...more });

export const submission = {
  visitor: { firstName: "Jane", phoneNumber: "3334445555", extendedAttributes: { message: "Hello" } },
};

/** The header of a browser that shows the answer to a person. */
export const navigation = { "Sec-Fetch-Mode": "navigate", Accept: "text/html" };
