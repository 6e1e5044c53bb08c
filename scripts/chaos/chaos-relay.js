import { startWorker } from "../lib/worker.js";

const source = `
  import { createRelay } from "botsplash/relay";
  import { outboxOf } from "./relay/outbox/stub.ts";

  const relay = createRelay(({ API_URL: baseUrl, AUTH: auth, TIMEOUT_MS: timeoutMs, LISTENER: listener }) => ({
    ...{ appId: "demo", baseUrl, auth, timeoutMs, origins: [], rateLimit: false },
    listeners: { welcome: listener },
    onAlert() {},
  }));

  // Its clock may go faster than ours; what it sets an alarm for comes by ours.
  const realNow = Date.now;
  let clock = { begin: 0, speed: 1 };
  Date.now = () => Math.floor(clock.begin + (realNow() - clock.begin) * clock.speed);
  const hasten = ({ CLOCK }) => {
    clock = CLOCK;
  };

  export class Outbox extends relay.Outbox {
    constructor(context, env) {
      hasten(env);
      const { storage } = context;
      super(
        {
          storage: {
            sql: storage.sql,
            transactionSync: (action) => storage.transactionSync(action),
            sync: () => storage.sync(),
            setAlarm: (at) => storage.setAlarm(clock.begin + (at - clock.begin) / clock.speed),
          },
          ...(context.abort && { abort: (reason) => context.abort(reason) }),
        },
        env,
      );
    }
  }

  export default {
    // For the judge, a way past the front.
    async fetch(request, env) {
      hasten(env);
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith("/judge/")) return relay.fetch(request, env);
      const outbox = outboxOf(env.OUTBOX, "welcome");
      return Response.json(await outbox[pathname.slice(7)](await request.json()));
    },
    scheduled: relay.scheduled,
  };`;

/** The client's own, which is long enough for a busy machine. */
const PATIENT_MS = 30_000;

/**
 * The relay in workerd.
 * @param {{ url: string, auth: object }} api
 * @param {{ onAmbiguous?: "resend" | "lookup" | undefined, timeoutMs?: number, speed?: number }} scenario
 */
export const startRelay = async ({ url, auth }, { onAmbiguous, timeoutMs = PATIENT_MS, speed = 1 }) => {
  const listener = { ...(onAmbiguous && { onAmbiguous }) };
  const worker = await startWorker({
    source,
    env: { API_URL: url, AUTH: auth, TIMEOUT_MS: timeoutMs, LISTENER: listener, CLOCK: { begin: Date.now(), speed } },
  });
  /** @param {string} action @param {unknown} [input] */
  const ask = async (action, input = null) => {
    const answer = await fetch(`${worker.url}judge/${action}`, { method: "POST", body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(`${action}: ${answer.status}\n${worker.output}`);
    return answer.json();
  };
  return {
    worker,
    submitUrl: `${worker.url}demo/listener/botsplash/welcome`,
    /** @returns {Promise<Awaited<ReturnType<import("../../relay/outbox/types.ts").Outbox["status"]>>>} */
    status: () => ask("status"),
    /** @returns {Promise<import("../../relay/outbox/types.ts").LeadView[]>} all of them */
    async leads() {
      /** @type {import("../../relay/outbox/types.ts").LeadView[]} */
      const all = [];
      /** @type {string | undefined} */
      let after;
      do {
        const { leads, next } = await ask("list", { after });
        all.push(...leads);
        after = next;
      } while (after !== undefined);
      return all;
    },
  };
};
