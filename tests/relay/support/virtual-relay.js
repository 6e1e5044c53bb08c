import { createIngress } from "../../../relay/ingress/ingress.ts";
import { settingsFor } from "../../../relay/options.ts";
import { defineOutbox } from "../../../relay/outbox/durable-object.ts";
import { systemRuntime } from "../../../relay/runtime.ts";
import { createVirtualObjects } from "../../../scripts/lib/virtual-objects.ts";
import { ADDRESS, PAGE, SECRET } from "./ingress.js";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Seldom, so that days pass quickly; more seldom, and the relay would miss it. */
const CRON_MS = 25 * MINUTE;

/** @param {number} status @param {unknown} [body] @param {Record<string, string>} [headers] */
export const json = (status, body = {}, headers) => Response.json(body, { status, headers });

/** @returns {Response | Promise<Response>} */
export const taken = () => json(200, { success: true, requestId: "r" });

/**
 * @typedef {Partial<import("../../../relay/options.ts").RelayOptions>} Options
 * @typedef {object} Start
 * @property {Options} [options]
 * @property {import("../../../relay/options.ts").ListenerOptions} [listener] of `welcome`
 * @property {(body: any) => Response | Promise<Response>} [answer] the API's, to a submit
 * @property {(form: URLSearchParams) => Response | Promise<Response>} [verify] Turnstile's
 * @property {(alert: import("../../../relay/index.ts").Alert) => unknown} [onAlert]
 * @property {number} [now]
 * @property {boolean} [hasCron]
 */

/**
 * The whole relay in Node, its door, its outboxes and its desk, with a clock that the test moves.
 * @param {Start} [start]
 */
export const startVirtualRelay = ({ options = {}, listener = {}, hasCron = true, ...start } = {}) => {
  const { answer = taken, verify = () => json(200, { success: true }), onAlert = () => {} } = start;
  let { now = Date.UTC(2026, 2, 4, 15) } = start;
  /** @type {{ at: number, phone: string, body: any }[]} */
  const sent = [];
  /** @type {(import("../../../relay/index.ts").Alert & { at: number })[]} */
  const alerts = [];
  const world = { answer, verify };

  const runtime = {
    ...systemRuntime,
    now: () => now,
    sleep: () => new Promise((/** @type {(value?: undefined) => void} */ resolve) => setImmediate(() => resolve())),
    /** @param {string} url @param {RequestInit} [init] */
    fetch: async (url, init = {}) => {
      if (url.startsWith("https://siteverify.test/")) return world.verify(new URLSearchParams(String(init.body)));
      if (init.method !== "POST") return new Response(null, { status: 404 });
      const body = JSON.parse(String(init.body));
      sent.push({ at: now, phone: body.visitor.phoneNumber, body });
      return world.answer(body);
    },
  };

  /** @param {Options} more @param {import("../../../relay/options.ts").ListenerOptions} own */
  const deployed = (more, own) => {
    const settingsOf = settingsFor(
      /** @type {import("../../../relay/options.ts").RelayOptions} */ ({
        appId: "demo",
        auth: { username: "user", password: "hunter2" },
        baseUrl: "https://api.test",
        siteverifyUrl: "https://siteverify.test/",
        origins: [PAGE],
        rateLimit: false,
        reviewSecret: SECRET,
        outbox: { idFromName: objects.namespace.idFromName, get: objects.namespace.get },
        listeners: { welcome: own },
        onAlert: (/** @type {import("../../../relay/index.ts").Alert} */ alert) => {
          alerts.push({ ...alert, at: now });
          return onAlert(alert);
        },
        ...more,
      }),
      runtime,
    );
    const env = {};
    const Outbox = defineOutbox(() => settingsOf(env));
    return {
      ingress: createIngress(settingsOf),
      env,
      create: (/** @type {any} */ context) => new Outbox(context, env),
    };
  };

  const objects = createVirtualObjects(
    () => now,
    (context) => running.create(context),
  );
  let running = deployed(options, listener);
  let cronAt = now + CRON_MS;

  /** @param {string} url @param {RequestInit} [init] */
  const send = async (url, init) => {
    /** @type {Promise<unknown>[]} */
    const told = [];
    const execution = { waitUntil: (/** @type {Promise<unknown>} */ promise) => void told.push(promise) };
    const response = await running.ingress.fetch(new Request(url, init), running.env, execution);
    for (let promise = told.shift(); promise; promise = told.shift()) await promise;
    return response;
  };

  /** @param {string} path @param {RequestInit & { headers?: Record<string, string> }} [init] with the secret */
  const review = (path, init) =>
    send(`https://relay.example.com/review/api${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${SECRET}`, ...init?.headers },
    });

  const relay = {
    sent,
    alerts,
    world,
    send,
    review,
    get now() {
      return now;
    },
    /** @param {Record<string, string>} fields @param {Record<string, string>} [headers] @param {string} [name] */
    post: (fields, headers, name = "welcome") => {
      // Leads of one moment have no order.
      now += 1;
      return send(ADDRESS.replace("welcome", name), {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { Origin: PAGE, ...headers },
      });
    },
    /** @param {string} path @param {unknown} body @returns {Promise<any>} */
    order: async (path, body) => {
      const headers = { "Content-Type": "application/json" };
      const answer = await review(path, { method: "POST", body: JSON.stringify(body), headers });
      return answer.json();
    },
    /** @param {string} path @returns {Promise<any>} */
    look: async (path) => (await review(path)).json(),
    /** @param {string} path @returns {Promise<any[]>} */
    lines: async (path) =>
      (await (await review(path)).text())
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    /** All leads of a listener, the oldest first. @param {string} [name] @returns {Promise<import("../../../relay/index.ts").LeadView[]>} */
    leads: async (name = "welcome") => {
      /** @type {any[]} */
      const all = [];
      for (let before = ""; ; ) {
        const page = await relay.look(`/leads?listener=${name}&before=${before}`);
        all.push(...page.leads);
        if (page.next === undefined) return all.reverse();
        before = page.next;
      }
    },
    /** @param {string} code */
    told: (code) => alerts.filter((alert) => alert.code === code),
    settle: objects.settle,
    /** Time passes, and nothing happens meanwhile. @param {number} ms */
    async jump(ms) {
      now += ms;
      cronAt = Math.max(cronAt, now);
      await objects.settle();
    },
    query: objects.query,
    /** Lets time pass, alarm by alarm, with a cron now and then. @param {number} ms */
    async pass(ms) {
      const end = now + ms;
      await objects.settle();
      for (;;) {
        const at = Math.min(objects.next() ?? Infinity, hasCron ? cronAt : Infinity);
        if (at > end) break;
        now = Math.max(now, at);
        if (hasCron && now >= cronAt) {
          cronAt = now + CRON_MS;
          await running.ingress.scheduled(undefined, running.env);
        }
        await objects.settle();
      }
      now = end;
    },
    /** The relay is deployed with other options. @param {Options} more @param {import("../../../relay/options.ts").ListenerOptions} [own] */
    deploy(more, own = listener) {
      running = deployed({ ...options, ...more }, own);
      objects.restart((context) => running.create(context));
    },
  };
  return relay;
};
