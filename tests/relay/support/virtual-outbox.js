import initSqlJs from "sql.js";
import { defineOutbox } from "../../../relay/outbox/durable-object.ts";
import { outboxOf } from "../../../relay/outbox/stub.ts";
import { systemRuntime } from "../../../relay/runtime.ts";
import { inSavepoint } from "../../../scripts/lib/virtual-objects.ts";

const SQL = await initSqlJs();

const DAY_MS = 86_400_000;

/** The answer of a test's API to a submit; `calls`: of this lead. @typedef {(lead: any, calls: number) => Response | Promise<Response>} Answer */

/** @param {number} status @param {unknown} [body] @param {Record<string, string>} [headers] */
export const json = (status, body = {}, headers) => Response.json(body, { status, headers });

export const taken = () => json(200, { success: true, requestId: "r" });

/**
 * An outbox in Node, with SQLite in memory and a clock that the test moves.
 * @param {object} [options]
 * @param {Record<string, any>} [options.listener]
 * @param {Answer} [options.answer]
 * @param {(id: string) => Response | Promise<Response>} [options.lookUp]
 * @param {(method: string) => Response | Promise<Response>} [options.probe]
 * @param {number} [options.now]
 * @param {Record<string, any>} [options.settings]
 * @param {Uint8Array} [options.database]
 */
export const startVirtualOutbox = ({
  listener = {},
  answer = taken,
  lookUp = () => json(404),
  probe = () => new Response(null, { status: 404 }),
  now = Date.UTC(2026, 2, 4, 15),
  settings = {},
  database,
} = {}) => {
  const db = new SQL.Database(database);
  /** @type {{ at: number, phone: string, body: any }[]} */
  const sent = [];
  /** @type {string[]} */
  const asked = [];
  /** @type {{ code: string, message: string }[]} */
  const alerts = [];
  let probes = 0;
  /** @type {number | undefined} */
  let alarmAt;
  /** @type {(query: string) => void} */
  let onWrite = () => {};
  /** @type {Set<string>} */
  const queries = new Set();
  let commits = 0;
  /** How many commits fail from now on. */
  let failing = 0;
  let isDirty = false;

  const begin = () => {
    if (!isDirty) db.run("BEGIN");
    isDirty = true;
  };

  /** @type {import("../../../relay/outbox/host.ts").Storage} */
  const storage = {
    sql: {
      exec(query, ...values) {
        if (/^\s*(INSERT|UPDATE|DELETE|CREATE|ALTER)/i.test(query)) {
          onWrite(query);
          begin();
        }
        if (values.length === 0 && query.includes(";")) {
          db.run(query);
          return { toArray: () => [] };
        }
        queries.add(query);
        const statement = db.prepare(query);
        try {
          statement.bind(values);
          /** @type {any[]} */
          const rows = [];
          while (statement.step()) rows.push(statement.getAsObject());
          return { toArray: () => rows };
        } finally {
          statement.free();
        }
      },
    },
    transactionSync(action) {
      begin();
      return inSavepoint(db, action);
    },
    async sync() {
      commits += 1;
      if (failing > 0) {
        failing -= 1;
        if (isDirty) db.run("ROLLBACK");
        isDirty = false;
        throw new Error("The commit failed.");
      }
      if (isDirty) db.run("COMMIT");
      isDirty = false;
    },
    async setAlarm(at) {
      alarmAt = at;
    },
  };

  /** @param {string} url @param {RequestInit} [init] */
  const fetch = async (url, init = {}) => {
    if (init.method !== "POST" && !url.includes("/meeting")) {
      probes += 1;
      return probe(String(init.method));
    }
    if (init.method !== "POST") {
      const id = /clientVisitorId\/([^/?]+)/.exec(url)?.[1] ?? "";
      asked.push(id);
      return lookUp(id);
    }
    const body = JSON.parse(String(init.body));
    const phone = body.visitor.phoneNumber;
    sent.push({ at: now, phone, body });
    return answer(body, sent.filter((one) => one.phone === phone).length);
  };

  const runtime = {
    ...systemRuntime,
    now: () => now,
    sleep: () => new Promise((/** @type {(value?: undefined) => void} */ resolve) => setImmediate(() => resolve())),
    fetch,
  };

  const listeners = new Map([
    [
      "welcome",
      { onAmbiguous: "review", dailyCap: Infinity, dedupeWindowMs: 600_000, timeZone: "America/New_York", ...listener },
    ],
  ]);
  const create = () =>
    new (defineOutbox(
      () =>
        /** @type {any} */ ({
          problems: [],
          client: { appId: "demo", baseUrl: "https://api.test", auth: { username: "u", password: "p" } },
          listeners,
          alert: (/** @type {any} */ alert) => alerts.push(alert),
          retentionMs: 30 * DAY_MS,
          keyRetentionMs: 90 * DAY_MS,
          runtime,
          ...settings,
        }),
    ))({ storage }, {});
  let object = create();
  const outbox = outboxOf(
    {
      idFromName: (name) => ({ name }),
      get: () => ({
        fetch: async (url, init) => object.fetch({ url, text: async () => String(init?.body) }),
      }),
    },
    "welcome",
  );

  /** Runs alarms until none is due. */
  const settle = async () => {
    for (let alarms = 0; alarmAt !== undefined && alarmAt <= now; alarms += 1) {
      if (alarms > 1000) throw new Error("The alarms never end.");
      alarmAt = undefined;
      await object.alarm();
    }
  };

  return {
    outbox,
    sent,
    asked,
    alerts,
    settle,
    get now() {
      return now;
    },
    get probes() {
      return probes;
    },
    get commits() {
      return commits;
    },
    /** Lets time pass, alarm by alarm, with a cron every five minutes. @param {number} ms */
    async pass(ms) {
      const end = now + ms;
      let cronAt = now + 300_000;
      await settle();
      while (Math.min(alarmAt ?? Infinity, cronAt) <= end) {
        now = Math.max(now, Math.min(alarmAt ?? Infinity, cronAt));
        if (now >= cronAt) {
          cronAt = now + 300_000;
          await outbox.sweep().catch(() => {});
        }
        await settle();
      }
      now = end;
    },
    /** The platform forgets when to wake it. */
    loseAlarm() {
      alarmAt = undefined;
    },
    /** Sets the clock. @param {number} to */
    set(to) {
      now = to;
    },
    /** The process ends, and another one begins. */
    restart() {
      if (isDirty) db.run("ROLLBACK");
      isDirty = false;
      alarmAt = undefined;
      object = create();
    },
    /** Commits fail from now on. @param {number} times */
    failCommits(times) {
      failing = times;
    },
    /** The next write with this in it fails. @param {string} part */
    failWrite(part) {
      onWrite = (query) => {
        if (!query.includes(part)) return;
        onWrite = () => {};
        throw new Error("The disk is full.");
      };
    },
    /** Every write with this in it fails, until it is told otherwise. @param {boolean} areFailing @param {string} [part] */
    failWrites(areFailing, part = "") {
      onWrite = (query) => {
        if (areFailing && query.includes(part)) throw new Error("The disk is full.");
      };
    },
    /** Its questions to the disk, each of them once, since `forgetQueries`. */
    queries: () => [...queries],
    forgetQueries: () => queries.clear(),
    /** @param {string} query */
    query: (query) => storage.sql.exec(query).toArray(),
    database: () => db.export(),
    /** In the order of people's phone numbers. */
    async states() {
      const { leads } = await outbox.list({});
      const phoneOf = (/** @type {import("../../../relay/outbox/types.ts").LeadView} */ { submission }) =>
        String(submission?.visitor.phoneNumber);
      return leads.sort((one, other) => (phoneOf(one) < phoneOf(other) ? -1 : 1)).map(({ state }) => state);
    },
  };
};

/**
 * @param {number} number
 * @param {Partial<import("../../../relay/outbox/types.ts").NewLead>} [more]
 * @returns {import("../../../relay/outbox/types.ts").NewLead}
 */
export const person = (number, more) => ({
  submission: { visitor: { phoneNumber: String(3334440000 + number) } },
  via: "form",
  ...more,
});
