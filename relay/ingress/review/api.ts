import type { Settings } from "../../options.ts";
import type { LeadView, OutboxStatus, PersonQuery } from "../../outbox/types.ts";
import { notFound, Refusal } from "../refusal.ts";
import { json } from "../respond.ts";
import { consentsJsonLines, jsonLines, leadsCsv, leadsJsonLines, type Part } from "./export.ts";
import { idsIn, listenerIds, listenerNamed, numberIn, orderIn, personIn, searched } from "./query.ts";

const PAGE = 100;
const PAGES_OF_A_PART = 10;

/**
 * - `GET /status`: every listener with its counts, and the owner's time zone;
 * - `GET /leads?listener=&state=&text=&from=&to=&via=&guard=&before=`: a page of leads, the newest first;
 * - `GET /leads.csv`, `/leads.jsonl` with the same: up to a thousand; the header `Next` has the `before` of those that
 *   follow;
 * - `GET /consents.jsonl?listener=&phoneNumber=&email=&after=`: proofs of consent, of one person or of all; `Next` has
 *   the `after` of those that follow;
 * - `GET /person.jsonl?phoneNumber=&email=`: all that there is of a person, everywhere. It has a line for each lead and
 *   each consent, and one of the kind `failed` for each listener whose outbox does not answer;
 * - `GET /do-not-text`: the numbers that are not texted;
 * - `POST /resend` `{ listener, ids, anyHour? }`, `/drop` and `/undo` `{ listener, ids }`, `/resume` `{ listener }`;
 * - `POST /erase` `{ phoneNumber?, email? }`: erases a person everywhere;
 * - `POST /do-not-text` `{ phoneNumber, isOut }`: puts a number on that list, or takes it off;
 * - `POST /test-alert`: tells the owner something, to show that alerts arrive.
 *
 * `request` comes from somebody with the secret, and `path` is what is behind `/review`.
 *
 * @throws {Refusal}
 */
export const reviewApi = async (settings: Settings, request: Request, path: string): Promise<Response> => {
  const query = new URL(request.url).searchParams;
  const outboxOf = async (id: unknown) => settings.outbox((await listenerNamed(settings, id)).id);
  switch (`${request.method} ${path}`) {
    case "GET /api/status":
      return json(200, { timeZone: settings.timeZone, listeners: await statuses(settings) });
    case "GET /api/leads":
      return json(200, await (await outboxOf(query.get("listener"))).search({ ...searched(query), limit: PAGE }));
    case "GET /api/leads.csv": {
      const { listener } = await listenerNamed(settings, query.get("listener"));
      return leadsCsv(await part(settings, query), listener?.extendedAttributes ?? []);
    }
    case "GET /api/leads.jsonl":
      return leadsJsonLines(await part(settings, query));
    case "GET /api/consents.jsonl":
      return consents(settings, query);
    case "GET /api/person.jsonl":
      return jsonLines(await personEverywhere(settings, personIn(Object.fromEntries(query))));
    case "GET /api/do-not-text":
      return json(200, { numbers: (await settings.coordinator().optOuts(0)).filter(({ isOut }) => isOut) });
    case "POST /api/resend": {
      const order = await orderIn(request);
      const anyHour = order.anyHour === true;
      return json(200, await (await outboxOf(order.listener)).resend(idsIn(order), { anyHour }));
    }
    case "POST /api/drop": {
      const order = await orderIn(request);
      return json(200, await (await outboxOf(order.listener)).drop(idsIn(order)));
    }
    case "POST /api/undo": {
      const order = await orderIn(request);
      return json(200, await (await outboxOf(order.listener)).undo(idsIn(order)));
    }
    case "POST /api/resume":
      await (await outboxOf((await orderIn(request)).listener)).resume();
      return json(200, {});
    case "POST /api/erase":
      return json(200, await everywhere(settings, personIn(await orderIn(request))));
    case "POST /api/do-not-text": {
      const order = await orderIn(request);
      return json(200, await doNotText(settings, numberIn(order), order.isOut !== false));
    }
    case "POST /api/test-alert":
      if (await settings.alert({ code: "test", message: "This is a test: alerts arrive." })) return json(200, {});
      throw new Refusal(502, "alert_failed", { detail: "The alert was not taken: your onAlert failed." });
    default:
      throw notFound();
  }
};

/** One outbox that is broken does not hide the others. */
const statuses = async (settings: Settings) =>
  Promise.all(
    (await listenerIds(settings)).map(async (id) => {
      const isConfigured = settings.listeners.has(id);
      const status: OutboxStatus | { isBroken: true } = await settings
        .outbox(id)
        .status()
        .catch(() => ({ isBroken: true as const }));
      return { id, isConfigured, ...status };
    }),
  );

/** In parts: a Worker may ask its Durable Objects only so often for one request. */
const part = async (settings: Settings, query: URLSearchParams): Promise<Part> => {
  const { id } = await listenerNamed(settings, query.get("listener"));
  const { before, ...search } = searched(query);
  const leads: LeadView[] = [];
  let next = before;
  do {
    const page = await settings
      .outbox(id)
      .search({ ...search, ...(next !== undefined && { before: next }), limit: PAGE });
    leads.push(...page.leads);
    next = page.next;
  } while (next !== undefined && leads.length < PAGE * PAGES_OF_A_PART);
  return { leads, isFirst: before === undefined, next };
};

const consents = async (settings: Settings, query: URLSearchParams): Promise<Response> => {
  const { id } = await listenerNamed(settings, query.get("listener"));
  const phoneNumber = query.get("phoneNumber");
  const email = query.get("email");
  const who = phoneNumber || email ? personIn({ phoneNumber, email }) : undefined;
  const after = Number(query.get("after") ?? 0) || 0;
  const { lines, next } = await settings.outbox(id).consents({ after, ...(who && { who }) });
  const named = lines.map((line) => ({ listener: id, ...line }));
  return consentsJsonLines(named, next === undefined ? undefined : String(next));
};

const personEverywhere = async (settings: Settings, who: PersonQuery): Promise<object[]> => {
  const lines: object[] = [];
  for (const listener of await listenerIds(settings)) {
    try {
      const { leads, consents } = await settings.outbox(listener).person(who);
      lines.push(...leads.map((lead) => ({ kind: "lead", listener, ...lead })));
      lines.push(...consents.map((line) => ({ kind: "consent", listener, ...line })));
    } catch {
      lines.push({ kind: "failed", listener });
    }
  }
  return lines;
};

/** Says where it failed, so that it can be done again. */
const everywhere = async (settings: Settings, who: PersonQuery) => {
  const failed: string[] = [];
  let changed = 0;
  for (const id of await listenerIds(settings)) {
    try {
      changed += (await settings.outbox(id).erase(who)).changed;
    } catch {
      failed.push(id);
    }
  }
  return { changed, failed };
};

/** The list is the coordinator's; the cron heals a copy that could not be told. */
const doNotText = async (settings: Settings, number: string, isOut: boolean) => {
  const entry = await settings.coordinator().changeOptOut({ number, isOut });
  const failed: string[] = [];
  for (const id of await listenerIds(settings)) {
    await settings
      .outbox(id)
      .copyOptOuts([entry])
      .catch(() => failed.push(id));
  }
  return { failed };
};
