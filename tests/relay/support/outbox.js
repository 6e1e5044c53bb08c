import { demoCredentials } from "../../../sandbox/index.ts";
import { startServer } from "../../../sandbox/server.ts";
import { startWorker } from "./worker.js";

/** A Worker with nothing but an outbox: `POST /{function of Outbox}?listener=` with a JSON array of arguments. */
const source = `
  import { defineOutbox } from "./relay/outbox/durable-object.ts";
  import { outboxOf } from "./relay/outbox/stub.ts";

  const [DAY, WINDOW] = [86_400_000, 600_000];
  const settings = ({ API_URL, USERNAME, PASSWORD, SETTINGS }) => {
    const { listener, ...rest } = SETTINGS;
    return {
      problems: [],
      client: { appId: "demo", baseUrl: API_URL, auth: { username: USERNAME, password: PASSWORD }, ...rest.client },
      listeners: new Map([["welcome", { onAmbiguous: "review", dailyCap: Infinity, dedupeWindowMs: WINDOW, timeZone: "UTC", ...listener }]]),
      alert: (alert) => console.log("alert " + JSON.stringify(alert)),
      retentionMs: rest.retentionMs ?? 30 * DAY,
      keyRetentionMs: rest.keyRetentionMs ?? 90 * DAY,
      statuses: rest.statuses,
      firstWaitMs: rest.firstWaitMs,
    };
  };

  // The disk fails at the next statement with this in it, once.
  let failAt;
  const failing = (storage) => ({
    sql: {
      exec(query, ...values) {
        if (failAt === undefined || !query.includes(failAt)) return storage.sql.exec(query, ...values);
        failAt = undefined;
        throw new Error("The disk is full.");
      },
    },
    transactionSync: (action) => storage.transactionSync(action),
    sync: () => storage.sync(),
    setAlarm: (at) => storage.setAlarm(at),
  });

  export class Outbox extends defineOutbox(settings) {
    constructor(context, env) {
      const abort = context.abort && { abort: (reason) => context.abort(reason) };
      super({ storage: failing(context.storage), ...abort }, env);
    }
  }

  export default {
    async fetch(request, { OUTBOX }) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === "/fail") {
        [failAt] = await request.json();
        return Response.json(null);
      }
      const outbox = outboxOf(OUTBOX, searchParams.get("listener") ?? "welcome");
      const answer = await outbox[pathname.slice(1)](...(await request.json()));
      return Response.json(answer ?? null);
    },
    async scheduled(event, { OUTBOX }) {
      await outboxOf(OUTBOX, "welcome").sweep();
    },
  };`;

const LONGEST_WAIT_MS = 60_000;

/**
 * Resolves when something has come about; rejects when it does not.
 * @param {() => unknown} look `true` when it has, else what there is instead
 */
export const eventually = async (look) => {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const seen = await look();
    if (seen === true) return;
    if (Date.now() > deadline) throw new Error(`It never came about: ${seen}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A time zone where it is about noon: no real day ends there while a test runs. */
export const zoneAtNoon = () => {
  const ahead = 12 - new Date().getUTCHours();
  // Its signs are the other way round.
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
};

/**
 * An outbox in workerd, and the sandbox that it sends to.
 * @param {import("node:test").TestContext} test
 * @param {Record<string, unknown>} [settings] `listener`, `client`, `retentionMs`, ...
 */
export const startOutbox = async (test, settings = {}) => {
  const api = await startServer();
  test.after(api.close);
  const [{ username, password }] = demoCredentials;
  const env = { API_URL: api.url, USERNAME: username, PASSWORD: password, SETTINGS: { firstWaitMs: 10, ...settings } };
  const worker = await startWorker(test, { source, env });

  /** @param {string} action @param {...unknown} args @returns {Promise<any>} */
  const ask = async (action, ...args) => {
    const answer = await fetch(`${worker.url}${action}`, { method: "POST", body: JSON.stringify(args) });
    if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  /** @type {import("../../../relay/outbox/types.ts").Outbox} */
  const outbox = /** @type {any} */ (
    Object.fromEntries(
      ["find", "accept", "status", "list", "resend", "drop", "resume", "sweep"].map((action) => [
        action,
        (/** @type {unknown[]} */ ...args) => ask(action, ...args),
      ]),
    )
  );

  /** @param {Partial<Record<import("../../../relay/outbox/types.ts").LeadState, number>>} wanted how many leads are in these states */
  const until = (wanted) =>
    eventually(async () => {
      const { counts } = await outbox.status();
      const hasCome = Object.entries(wanted).every(
        ([state, count]) => counts[/** @type {keyof typeof counts} */ (state)] === count,
      );
      return hasCome || `${JSON.stringify(counts)} instead of ${JSON.stringify(wanted)}\n${worker.output}`;
    });

  /** Resolves when the owner has been told this, and nothing else. @param {...string} wanted a code, with its status if it has one */
  const told = (...wanted) =>
    eventually(() => {
      const alerts = [...worker.output.matchAll(/^alert (.*)$/gm)].map(([, json]) => JSON.parse(json));
      const said = alerts.map(({ code, status }) => [code, status].join(" ").trim()).join();
      return said === wanted.join() || said;
    });

  /** @param {string} statement part of the one at which the disk fails, once */
  const failAt = (statement) => ask("fail", statement);

  return { outbox, worker, api, sandbox: api.sandbox, until, told, failAt };
};

/**
 * @param {number} number
 * @param {Partial<import("../../../relay/outbox/types.ts").NewLead>} [more]
 * @returns {import("../../../relay/outbox/types.ts").NewLead}
 */
export const lead = (number, more) => ({
  key: `key-${number}`,
  submission: { visitor: { phoneNumber: String(3330000000 + number) }, args: { message: "Welcome!" } },
  via: "form",
  ...more,
});
