// The way of an alert from a request to the owner: by the coordinator, which remembers when it last told of such.
import type { NotedAlert } from "../alert.ts";
import { createThrottle, kindOf } from "../alert-throttle.ts";
import type { Execution } from "../env.ts";
import type { Settings } from "../options.ts";
import { textNameOf } from "../texts.ts";
import type { Refusal } from "./refusal.ts";

/** For what nobody else remembers: as long as this Worker lives. */
const throttles = new WeakMap<Settings["client"], ReturnType<typeof createThrottle>>();

const throttleOf = ({ client, runtime }: Settings) => {
  const known = throttles.get(client);
  if (known) return known;
  const throttle = createThrottle(runtime.now);
  throttles.set(client, throttle);
  return throttle;
};

/** Nothing here waits for what another request does: the platform lets no request do so. */
const send = async (settings: Settings, alerts: NotedAlert[]): Promise<void> => {
  if (settings.problems.length === 0 && (await keep(settings, alerts))) return;
  const throttle = throttleOf(settings);
  for (const alert of alerts) {
    const due = alert.isQuiet ? undefined : throttle(alert);
    if (due) await settings.alert(due);
  }
};

const keep = async (settings: Settings, alerts: NotedAlert[]): Promise<boolean> => {
  try {
    await settings.coordinator().note(alerts);
    return true;
  } catch {
    return false;
  }
};

const REFUSED = "post_refused";

/** A flood of posts that are refused must not become a flood at the coordinator. */
const GATHER_MS = 1000;

/** A platform may end the request that gathers, and then nothing of it goes on. */
const LONGEST_GATHERING_MS = 10_000;

/** Refusals by kind that one request gathers for the others. */
interface Gathering {
  readonly since: number;
  readonly refusals: Map<string, NotedAlert>;
}

const gatherings = new WeakMap<Settings["client"], Gathering>();

/** Passes the first refusal on at once, and a second later how often each kind came meanwhile. */
const gather = async (settings: Settings, alerts: NotedAlert[]): Promise<void> => {
  const { client, runtime } = settings;
  const now = runtime.now();
  const open = gatherings.get(client);
  if (open && Math.abs(now - open.since) < LONGEST_GATHERING_MS) {
    for (const alert of alerts) {
      const kind = kindOf(alert);
      open.refusals.set(kind, { ...alert, count: (open.refusals.get(kind)?.count ?? 0) + 1 });
    }
    return;
  }
  const own: Gathering = { since: now, refusals: new Map() };
  gatherings.set(client, own);
  const left = [...(open?.refusals.values() ?? [])];
  // It may go on after all.
  open?.refusals.clear();
  await send(settings, [...left, ...alerts]);
  await runtime.sleep(GATHER_MS);
  // Another request may have taken it for ended.
  if (gatherings.get(client) === own) gatherings.delete(client);
  const meanwhile = [...own.refusals.values()];
  if (meanwhile.length > 0) await send(settings, meanwhile);
};

interface Collecting {
  settings: Settings;
  flush(): Promise<void>;
}

/** The settings for one request, whose alerts are collected; `flush` sends them. */
export const collecting = (settings: Settings, execution: Execution | undefined): Collecting => {
  const alerts: NotedAlert[] = [];
  return {
    settings: { ...settings, report: (alert: NotedAlert) => void alerts.push(alert) } satisfies Settings,
    /** The response waits for it only where nothing else keeps the Worker alive. */
    async flush(): Promise<void> {
      if (alerts.length === 0) return;
      const all = alerts.splice(0);
      if (!execution?.waitUntil) return send(settings, all);
      const refusals = all.filter(({ code }) => code === REFUSED);
      const others = all.filter(({ code }) => code !== REFUSED);
      if (others.length > 0) execution.waitUntil(send(settings, others));
      if (refusals.length > 0) execution.waitUntil(gather(settings, refusals));
    },
  };
};

/** Faults that a visitor fixes without the owner. */
const isMended = (code: string): boolean => {
  const name = textNameOf(code);
  return name !== "form_wrong" && /_required$|_wrong$|^too_long$|^rate_limited$|^key_conflict$/.test(name);
};

/** A name like a field's, which says nothing about anybody: a phone number would be one. */
const HARMLESS = /^(?!(?:\D*\d){7})[\w.]{1,60}$/;

/** The owner's alert about a refused post. It quotes only names from the post. */
export const refusalAlert = (request: Request, { code, field, detail }: Refusal, listenerId?: string): NotedAlert => {
  const named = field !== undefined && HARMLESS.test(field) ? ` Field: ${field}.` : "";
  const origin = code === "origin_refused" ? originOf(request) : "";
  const isOfForm = detail?.includes("probably meant") ?? false;
  return {
    code: REFUSED,
    message: `Posts were refused: ${code}.${named}${origin}${isOfForm ? " A field of the form has another name." : ""}`,
    reason: code,
    ...(listenerId !== undefined && { listenerId }),
    ...(isMended(code) && !isOfForm && { isQuiet: true }),
  };
};

const originOf = (request: Request): string => {
  const origin = request.headers.get("origin") ?? "";
  return origin.length < 100 && URL.canParse(origin) ? ` Origin: ${new URL(origin).origin}.` : "";
};
