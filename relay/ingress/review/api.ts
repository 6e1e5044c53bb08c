import { ARGS_FIELDS, VISITOR_FIELDS } from "../../fields.ts";
import type { Listener, Settings } from "../../options.ts";
import { isLeadState, LEAD_STATES, type LeadState } from "../../outbox/states.ts";
import type { LeadView, Outbox } from "../../outbox/types.ts";
import { readBody } from "../body.ts";
import { readJson } from "../content.ts";
import { notFound, Refusal } from "../refusal.ts";
import { json } from "../respond.ts";
import { toCsv } from "./csv.ts";

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
 *
 * `request` comes from somebody with the secret, and `path` is what is behind `/review`.
 *
 * @throws {Refusal}
 */
export const reviewApi = async (settings: Settings, request: Request, path: string): Promise<Response> => {
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

const statuses = (settings: Settings) =>
  Promise.all([...settings.listeners.keys()].map(async (id) => ({ id, ...(await settings.outbox(id).status()) })));

const listenerNamed = ({ listeners }: Settings, listenerId: unknown): { id: string; listener: Listener } => {
  const listener = typeof listenerId === "string" ? listeners.get(listenerId) : undefined;
  if (listener) return { id: String(listenerId), listener };
  throw new Refusal(400, "listener_unknown", { field: "listener", detail: "There is no such listener." });
};

const outboxNamed = (settings: Settings, listenerId: unknown): Outbox =>
  settings.outbox(listenerNamed(settings, listenerId).id);

const listed = (query: URLSearchParams): { state?: LeadState; after?: string } => {
  const [state, after] = [query.get("state"), query.get("after")];
  if (state !== null && !isLeadState(state)) {
    const detail = `The states are ${LEAD_STATES.join(", ")}.`;
    throw new Refusal(400, "state_unknown", { field: "state", detail });
  }
  return { ...(state !== null && { state }), ...(after !== null && { after }) };
};

const order = async (request: Request): Promise<{ listener?: unknown; ids?: unknown }> => {
  const value = readJson(await readBody(request, MAX_BYTES), MAX_VALUES);
  return typeof value === "object" && value !== null ? value : {};
};

const checkedIds = (ids: unknown): string[] => {
  if (Array.isArray(ids) && ids.every((id) => typeof id === "string")) return ids;
  throw new Refusal(400, "ids_wrong", { field: "ids", detail: "ids: expected a list of leads' ids." });
};

/** In parts: a Worker may ask its Durable Objects only so often for one request. */
const csv = async (settings: Settings, query: URLSearchParams): Promise<Response> => {
  const { id, listener } = listenerNamed(settings, query.get("listener"));
  const { extendedAttributes } = listener;
  const { after, ...state } = listed(query);
  const leads: LeadView[] = [];
  let next = after;
  do {
    const page = await settings.outbox(id).list({ ...state, ...(next !== undefined && { after: next }), limit: PAGE });
    leads.push(...page.leads);
    next = page.next;
  } while (next !== undefined && leads.length < PAGE * CSV_PAGES);
  const head = after === undefined ? [columns(extendedAttributes)] : [];
  const rows = leads.map((lead) => rowOf(lead, extendedAttributes));
  return new Response(toCsv([...head, ...rows]), {
    headers: { "Content-Type": "text/csv; charset=utf-8", ...(next !== undefined && { Next: next }) },
  });
};

const LEAD_COLUMNS = [
  "id",
  "state",
  "reason",
  "receivedAt",
  "changedAt",
  "attempts",
  "status",
  "requestId",
  "via",
] as const;

const columns = (attributes: readonly string[]): string[] => [
  ...LEAD_COLUMNS,
  ...VISITOR_FIELDS,
  ...ARGS_FIELDS,
  ...attributes,
  // Those that are no longer configured.
  "extendedAttributes",
];

const rowOf = ({ submission, ...lead }: LeadView, attributes: readonly string[]): unknown[] => {
  const { extendedAttributes: all = {}, ...visitor } = submission?.visitor ?? {};
  // A text to the owner has one column, whether the API was to text it or not.
  const args = { message: all["message"], ...submission?.args };
  const others = Object.entries(all).filter(([name]) => name !== "message" && !attributes.includes(name));
  const dated = { ...lead, receivedAt: isoOf(lead.receivedAt), changedAt: isoOf(lead.changedAt) };
  return [
    ...LEAD_COLUMNS.map((name) => dated[name]),
    ...VISITOR_FIELDS.map((name) => visitor[name]),
    ...ARGS_FIELDS.map((name) => args[name]),
    ...attributes.map((name) => all[name]),
    others.length > 0 ? Object.fromEntries(others) : undefined,
  ];
};

const isoOf = (at: number) => new Date(at).toISOString();
