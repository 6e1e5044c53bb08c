// The world around the example's Worker: its host, its clock, the API, Turnstile, and the owner's webhook. It takes this
// process's clock and its fetch, so it wants a process of its own.
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";
import { createVirtualObjects } from "../lib/virtual-objects.ts";

const MINUTE = 60_000;

/** The example's wants five minutes; the story is the same, and sooner told. */
const CRON_MS = 15 * MINUTE;

export const SECRET = "the-owners-secret-of-32-characters";
export const WEBHOOK = "https://hooks.example.com/leads";
const SITE = "https://www.example.com";
const VERIFY = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

/** The `vars` of `wrangler.jsonc`. @returns {Record<string, any>} */
const variables = () => {
  const text = readFileSync(at("examples", "cloudflare-worker", "wrangler.jsonc"), "utf8");
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")).vars;
};

/**
 * @typedef {"visitor" | "relay" | "API" | "webhook" | "owner"} Who
 * @typedef {object} Observer is told what happens
 * @property {(who: Who, what: string) => void} note
 */

/**
 * @param {number} begin when the story begins, in milliseconds since 1970
 * @param {Observer} observer
 */
export const createWorkerWorld = async (begin, { note }) => {
  let now = begin;
  let cronAt = begin + CRON_MS;
  const world = {
    /** The API's answer to a lead; 0: it takes the lead. */
    apiStatus: 0,
    apiPassword: "first-password",
    /** Whether Turnstile can be asked. */
    verifies: true,
  };

  /** @param {string} url @param {RequestInit} init */
  const outside = async (url, init) => {
    if (url === WEBHOOK) {
      note("webhook", JSON.parse(String(init.body)).text);
      return new Response("ok");
    }
    if (url.startsWith(VERIFY)) {
      if (!world.verifies) throw new TypeError("fetch failed");
      const token = new URLSearchParams(String(init.body)).get("response");
      return Response.json({ success: token === "good", hostname: "www.example.com", action: "lead" });
    }
    if (init.method !== "POST") return new Response(null, { status: world.apiStatus || 404 });
    const given = new Headers(init.headers).get("authorization");
    if (given !== `Basic ${btoa(`acme:${world.apiPassword}`)}`) {
      note("API", "It refuses the relay's password (401).");
      return Response.json({}, { status: 401 });
    }
    if (world.apiStatus !== 0) {
      note("API", `It answers ${world.apiStatus}: nobody can tell whether it took the lead.`);
      return new Response("Down", { status: world.apiStatus });
    }
    const { visitor, args } = JSON.parse(String(init.body));
    note("API", `It takes the lead, and texts ${dashed(visitor.phoneNumber)}: “${args.message}”`);
    return Response.json({ success: true, requestId: "r" });
  };

  Date.now = () => now;
  globalThis.fetch = /** @type {typeof fetch} */ ((input, init = {}) => outside(String(input), init));
  console.error = () => {};
  const { default: worker, Outbox } = await import(String(at("examples", "cloudflare-worker", "worker.js")));

  /** @param {any} env */
  const makerOf = (env) => (/** @type {any} */ context) => new Outbox(context, env);
  /** @type {Record<string, any>} */
  let set = {
    ...variables(),
    ORIGINS: SITE,
    API_URL: "https://api.example.com/open/v1",
    BOTSPLASH_USERNAME: "acme",
    BOTSPLASH_PASSWORD: world.apiPassword,
    REVIEW_SECRET: SECRET,
    ALERT_WEBHOOK: WEBHOOK,
    RATE_LIMIT: { limit: async () => ({ success: true }) },
  };
  /** @type {any} */
  let env;
  const objects = createVirtualObjects(
    () => now,
    (context) => makerOf(env)(context),
  );

  /** @param {Request} request */
  const ask = async (request) => {
    /** @type {Promise<unknown>[]} */
    const told = [];
    const response = await worker.fetch(request, env, { waitUntil: (/** @type {any} */ one) => void told.push(one) });
    for (let one = told.shift(); one; one = told.shift()) await one;
    return response;
  };

  const relay = {
    world,
    get now() {
      return now;
    },
    /** Deploys the Worker with these variables changed; undefined takes one away. @param {Record<string, any>} changes */
    async deploy(changes) {
      set = { ...set, ...changes };
      env = { ...Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) };
      env.OUTBOX = objects.namespace;
      objects.restart(makerOf(env));
    },
    /** Time passes until then. @param {number} to */
    async until(to) {
      await objects.settle();
      for (let next = 0; ; ) {
        next = Math.min(objects.next() ?? Infinity, cronAt);
        if (next > to) break;
        now = Math.max(now, next);
        if (now >= cronAt) {
          cronAt = now + CRON_MS;
          await worker.scheduled(undefined, env, {});
        }
        await objects.settle();
      }
      now = to;
      await objects.settle();
    },
    settle: objects.settle,
    /** Sends the form, as a browser does without script. @param {Record<string, string>} fields @param {string} [origin] */
    async post(fields, origin = SITE) {
      const headers = { Origin: origin, Referer: `${origin}/quote`, "Sec-Fetch-Mode": "navigate", Accept: "text/html" };
      const url = "https://botsplash-relay.example.workers.dev/lead";
      const response = await ask(new Request(url, { method: "POST", body: new URLSearchParams(fields), headers }));
      const page = (await response.text()).replace(/<style[\s\S]*?<\/style>/, "");
      const words = page
        .replace(/<head[\s\S]*?<\/head>|<h1>[\s\S]*?<\/h1>|<[^>]+>/g, "")
        .replace(/\s+/g, " ")
        .trim();
      return { status: response.status, words, location: response.headers.get("location") };
    },
    /** The review page's API. @param {string} path @param {object} [order] */
    async review(path, order) {
      const headers = { Authorization: `Bearer ${SECRET}`, "Content-Type": "application/json" };
      const url = `https://botsplash-relay.example.workers.dev/review/api${path}`;
      const response = await ask(
        new Request(url, { headers, ...(order && { method: "POST", body: JSON.stringify(order) }) }),
      );
      const text = await response.text();
      await objects.settle();
      return text;
    },
  };
  await relay.deploy({});
  return relay;
};

/** @param {string} number */
const dashed = (number) => number.replace(/^(\d{3})(\d{3})(\d{4})$/, "$1-$2-$3");
