import { json } from "../answer.ts";
import { readBody } from "../body.ts";
import { readJson } from "../content.ts";
import { ARGS_FIELDS, VISITOR_FIELDS } from "../fields.ts";
import { notFound, Refusal } from "../refusal.ts";
import { toCsv } from "./csv.ts";

/**
 * @typedef {import("../../options.ts").Settings} Settings
 * @typedef {import("../../options.ts").Listener} Listener
 * @typedef {import("../../outbox/types.ts").Outbox} Outbox
 * @typedef {import("../../outbox/types.ts").LeadState} LeadState
 * @typedef {import("../../outbox/types.ts").LeadView} LeadView
 */

const STATES = ["queued", "sending", "delivered", "rejected", "review", "quarantined", "dropped"];
const MAX_BYTES = 65_536;
/** Of an order. */
const MAX_VALUES = 500;
const PAGE = 100;
const CSV_PAGES = 10;

/**
 * - `GET /status`: every listener with its counts;
 * - `GET /leads?listener=&state=&after=`: a page of leads, oldest first;
 * - `GET /leads.csv?listener=&state=&after=`: up to a thousand; the header `Next` has the `after` of those that follow;
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
      return csv(settings, query);
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

/**
 * In parts: a Worker may ask its Durable Objects only so often for one request.
 * @param {Settings} settings
 * @param {URLSearchParams} query
 */
const csv = async (settings, query) => {
  const outbox = outboxNamed(settings, query.get("listener"));
  const { extendedAttributes } = /** @type {Listener} */ (settings.listeners.get(query.get("listener") ?? ""));
  const { after, ...state } = listed(query);
  /** @type {LeadView[]} */
  const leads = [];
  let next = after;
  do {
    const page = await outbox.list({ ...state, ...(next !== undefined && { after: next }), limit: PAGE });
    leads.push(...page.leads);
    next = page.next;
  } while (next !== undefined && leads.length < PAGE * CSV_PAGES);
  const rows = leads.map((lead) => rowOf(lead, extendedAttributes));
  return new Response(toCsv([...(after === undefined ? [columns(extendedAttributes)] : []), ...rows]), {
    headers: { "Content-Type": "text/csv; charset=utf-8", ...(next !== undefined && { Next: next }) },
  });
};

/** @param {readonly string[]} attributes */
const columns = (attributes) => [
  ...["id", "state", "reason", "receivedAt", "changedAt", "attempts", "status", "requestId", "via"],
  ...VISITOR_FIELDS,
  ...ARGS_FIELDS,
  ...attributes,
  // Those that are no longer configured.
  "extendedAttributes",
];

/** @param {LeadView} lead @param {readonly string[]} attributes @returns {unknown[]} */
const rowOf = ({ submission, receivedAt, changedAt, ...lead }, attributes) => {
  const { extendedAttributes: all = {}, ...visitor } = submission?.visitor ?? {};
  const others = Object.entries(all).filter(([name]) => !attributes.includes(name));
  return [
    ...[
      lead.id,
      lead.state,
      lead.reason,
      dated(receivedAt),
      dated(changedAt),
      lead.attempts,
      lead.status,
      lead.requestId,
      lead.via,
    ],
    ...VISITOR_FIELDS.map((name) => visitor[name]),
    ...ARGS_FIELDS.map((name) => submission?.args?.[name]),
    ...attributes.map((name) => all[name]),
    others.length > 0 ? Object.fromEntries(others) : undefined,
  ];
};

/** @param {number} at */
const dated = (at) => new Date(at).toISOString();
