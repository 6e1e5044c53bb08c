// A relay on its own host, with the sandbox behind it, and a judge of what became of the leads.
import { demoCredentials } from "../../../../sandbox/index.ts";
import { startServer } from "../../../../sandbox/server.ts";
import { startNodeHost } from "../../../../scripts/lib/node-host.js";

const source = `
  import { createRelay } from "./relay/index.ts";
  import { outboxOf } from "./relay/outbox/stub.ts";
  import { systemRuntime } from "./relay/runtime.ts";

  const relay = createRelay(({ API_URL: baseUrl, AUTH: auth, OPTIONS }) => ({
    ...{ appId: "demo", baseUrl, auth, origins: [], rateLimit: false, timeoutMs: 10_000, listeners: { welcome: {} } },
    onAlert: ({ code }) => console.log("alert " + code),
    ...OPTIONS,
  }));
  export const Outbox = relay.Outbox;

  const now = Date.now;
  let ahead = 0;
  Date.now = () => now() + ahead;

  export default {
    async fetch(request, env, context) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === "/clock") {
        ahead = Number(searchParams.get("ahead"));
        return new Response();
      }
      if (!pathname.startsWith("/judge/")) return relay.fetch(request, env, context);
      const outbox = outboxOf(env.OUTBOX, "welcome", systemRuntime);
      return Response.json((await outbox[pathname.slice(7)](await request.json())) ?? null);
    },
    scheduled: relay.scheduled,
  };`;

/** @param {number} number @returns {string} whose lead it is */
export const phoneNumber = (number) => String(3332000000 + number);

const PATIENCE_MS = 60_000;

/**
 * @param {import("node:test").TestContext} t
 * @param {import("../../../../scripts/lib/node-host.js").HostSettings & {
 *   api?: { url: string, sandbox: import("../../../../sandbox/index.ts").Sandbox },
 *   options?: Record<string, unknown>,
 * }} [settings] `options` of the relay
 */
export const startRelay = async (t, { api: given, options = {}, ...settings } = {}) => {
  const own = given ? undefined : await startServer({ latencyMs: 10 });
  if (own) t.after(own.close);
  const api = given ?? /** @type {NonNullable<typeof own>} */ (own);
  const [{ username, password }] = demoCredentials;
  const env = { API_URL: api.url, AUTH: { username, password }, OPTIONS: options };
  const host = await startNodeHost(process.execPath, { source, env, ...settings });
  t.after(host.stop);
  const url = `${host.url}demo/listener/botsplash/welcome`;

  /** @param {number} number @returns {Promise<number | undefined>} the status, if there was an answer */
  const post = (number) =>
    fetch(`${url}?submissionKey=lead-${number}`, {
      method: "POST",
      headers: { "content-type": "application/json", connection: "close" },
      body: JSON.stringify({ visitor: { firstName: "Jane", phoneNumber: phoneNumber(number) } }),
    }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => undefined,
    );

  /** @param {string} command @param {unknown} [input] */
  const ask = async (command, input = null) => {
    const answer = await fetch(`${host.url}judge/${command}`, { method: "POST", body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(`${command}: ${answer.status}\n${host.output}`);
    return answer.json();
  };

  /** @returns {Promise<import("../../../../relay/outbox/types.ts").LeadView[]>} all of them */
  const leads = async () => {
    const all = [];
    for (let after; ; ) {
      const page = await ask("list", { after });
      all.push(...page.leads);
      if (page.next === undefined) return all;
      after = page.next;
    }
  };

  /** @returns {Promise<Record<string, number>>} */
  const counts = async () => (await ask("status")).counts;

  /** @param {() => Promise<boolean>} is */
  const until = async (is) => {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await is().catch(() => false))) {
      if (Date.now() > deadline) {
        throw new Error(
          `It never came to it: ${JSON.stringify(await counts().catch(String))}\n${host.output.slice(-1500)}\n${host.log.slice(-1500)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  /** Nothing waits any more, and nothing is in flight. */
  const settled = () =>
    until(async () => {
      const { queued = 0, sending = 0 } = await counts();
      return queued + sending === 0;
    });

  return {
    ...{ host, api, post, ask, leads, counts, until, settled },
    /** @returns {Promise<any>} */
    health: async () => {
      const answer = await fetch(`${host.url}healthz`);
      return { code: answer.status, ...(await answer.json()) };
    },
    /** Sets the relay's clock ahead, or, with 0, right. @param {number} ms */
    setClockAhead: (ms) => fetch(`${host.url}clock?ahead=${ms}`),
    /**
     * The sandbox knows who was texted, the outbox says what it believes.
     * @param {Iterable<number>} accepted the leads that were answered with 202
     */
    judge: async (accepted) => {
      const rows = new Map((await leads()).map((lead) => [lead.submission?.visitor.phoneNumber, lead.state]));
      /** @type {Map<string, number>} */
      const texts = new Map();
      for (const { to } of api.sandbox.texts) texts.set(to, (texts.get(to) ?? 0) + 1);
      let lost = 0;
      for (const number of accepted) {
        const state = rows.get(phoneNumber(number));
        if (state === undefined || (state === "delivered" && !texts.has(phoneNumber(number)))) lost += 1;
      }
      const duplicated = [...texts.values()].reduce((sum, count) => sum + count - 1, 0);
      const parked = [...rows.values()].filter((state) => state === "review").length;
      return { lost, duplicated, parked };
    },
  };
};

/**
 * Posts one new lead after the other, several at a time, until it is told to stop, or the test ends.
 * @param {import("node:test").TestContext} t
 * @param {Pick<Awaited<ReturnType<typeof startRelay>>, "post">} relay
 * @param {number} [from] the first number
 */
export const postSteadily = (t, { post }, from = 0) => {
  /** @type {Set<number>} */
  const accepted = new Set();
  let next = from;
  let stopped = false;
  const work = async () => {
    while (!stopped) {
      const number = next;
      next += 1;
      // As the form's script does: the same lead again, until somebody has it.
      for (let status; !stopped && status !== 202; ) {
        status = await post(number);
        if (status === 202) accepted.add(number);
        else await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const workers = Promise.all(Array.from({ length: 6 }, work));
  t.after(() => {
    stopped = true;
  });
  return {
    accepted,
    /** @param {number} count more than there are now */
    more: async (count) => {
      const wanted = accepted.size + count;
      const deadline = Date.now() + PATIENCE_MS;
      while (accepted.size < wanted) {
        if (Date.now() > deadline) throw new Error(`only ${accepted.size} of ${wanted} leads were accepted`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    stop: async () => {
      stopped = true;
      await workers;
    },
  };
};
