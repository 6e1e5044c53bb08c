import { json } from "../answer.js";
import { readBody } from "../body.js";
import { readJson } from "../content.js";
import { Refusal, notFound } from "../refusal.js";
import { toCsv } from "./csv.js";

/**
 * @typedef {import("../../options.js").Settings} Settings
 * @typedef {import("../../outbox/types.js").Outbox} Outbox
 * @typedef {import("../../outbox/types.js").LeadState} LeadState
 * @typedef {import("../../outbox/types.js").LeadView} LeadView
 */

const STATES = ["queued", "sending", "delivered", "rejected", "review", "quarantined", "dropped"];
const MAX_BYTES = 65_536;
/** Of an order. */
const MAX_VALUES = 500;
const PAGE = 100;

/**
 * - `GET /status`: every listener with its counts;
 * - `GET /leads?listener=&state=&after=`: a page of leads, oldest first;
 * - `GET /leads.csv?listener=&state=`: all of them;
 * - `POST /resend`, `/drop` `{ listener, ids }`; `POST /resume` `{ listener }`.
 * @param {Settings} settings
 * @param {Request} request of somebody with the secret
 * @param {string} path behind `/review`
 * @returns {Promise<Response>}
 * @throws {Refusal}
 */
export const reviewApi = async (settings, request, path) => {
  const query = new URL(request.url).searchParams;
  switch (`${request.method} ${path}`) {
    case "GET /api/status":
      return json(200, { listeners: await statuses(settings) });
    case "GET /api/leads":
      return json(200, await outboxNamed(settings, query.get("listener")).list({ ...listed(query), limit: PAGE }));
    case "GET /api/leads.csv":
      return csv(outboxNamed(settings, query.get("listener")), listed(query));
    case "POST /api/resend": {
      const { listener, ids } = await order(request);
      return json(200, await outboxNamed(settings, listener).resend(checkedIds(ids)));
    }
    case "POST /api/drop": {
      const { listener, ids } = await order(request);
      return json(200, await outboxNamed(settings, listener).drop(checkedIds(ids)));
    }
    case "POST /api/resume": {
      await outboxNamed(settings, (await order(request)).listener).resume();
      return json(200, {});
    }
    default:
      throw notFound();
  }
};

/** @param {Settings} settings */
const statuses = (settings) =>
  Promise.all([...settings.listeners.keys()].map(async (id) => ({ id, ...(await settings.outbox(id).status()) })));

/** @param {Settings} settings @param {unknown} listenerId @returns {Outbox} */
const outboxNamed = (settings, listenerId) => {
  if (typeof listenerId === "string" && settings.listeners.has(listenerId)) return settings.outbox(listenerId);
  throw new Refusal(400, "listener_unknown", "There is no such listener.", { field: "listener" });
};

/** @param {URLSearchParams} query @returns {{ state?: LeadState, after?: string }} */
const listed = (query) => {
  const [state, after] = [query.get("state"), query.get("after")];
  if (state !== null && !STATES.includes(state)) {
    throw new Refusal(400, "state_unknown", `The states are ${STATES.join(", ")}.`, { field: "state" });
  }
  return { ...(state !== null && { state: /** @type {LeadState} */ (state) }), ...(after !== null && { after }) };
};

/** @param {Request} request @returns {Promise<{ listener?: unknown, ids?: unknown }>} */
const order = async (request) => {
  const value = readJson(await readBody(request, MAX_BYTES), MAX_VALUES);
  return typeof value === "object" && value !== null ? value : {};
};

/** @param {unknown} ids @returns {string[]} */
const checkedIds = (ids) => {
  if (Array.isArray(ids) && ids.every((id) => typeof id === "string")) return ids;
  throw new Refusal(400, "ids_wrong", `ids: expected a list of leads' ids.`, { field: "ids" });
};

/** @param {Outbox} outbox @param {{ state?: LeadState, after?: string }} query */
const csv = async (outbox, query) => {
  /** @type {Record<string, unknown>[]} */
  const rows = [];
  let after = query.after;
  do {
    const { leads, next } = await outbox.list({ ...query, ...(after !== undefined && { after }), limit: PAGE });
    rows.push(...leads.map(flat));
    after = next;
  } while (after !== undefined);
  const columns = [...new Set([...FIRST_COLUMNS, ...rows.flatMap(Object.keys)])];
  return new Response(toCsv(columns, rows), {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="leads.csv"' },
  });
};

const FIRST_COLUMNS = ["id", "state", "reason", "receivedAt", "changedAt", "attempts", "status", "requestId"];

/** @param {LeadView} lead @returns {Record<string, unknown>} */
const flat = ({ submission, ...lead }) => {
  const { extendedAttributes = {}, ...visitor } = submission?.visitor ?? {};
  return {
    ...lead,
    receivedAt: new Date(lead.receivedAt).toISOString(),
    changedAt: new Date(lead.changedAt).toISOString(),
    ...prefixed("visitor", visitor),
    ...prefixed("visitor.extendedAttributes", extendedAttributes),
    ...prefixed("args", submission?.args ?? {}),
  };
};

/** @param {string} prefix @param {Record<string, unknown>} object */
const prefixed = (prefix, object) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [`${prefix}.${name}`, value]));
