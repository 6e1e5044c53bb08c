// The way of an alert from a request to the owner: by the coordinator, which remembers when it last told of such.
import type { NotedAlert } from "../alert.ts";
import type { Settings } from "../options.ts";
import { textNameOf } from "../texts.ts";
import { createThrottle } from "../throttle.ts";
import type { Refusal } from "./refusal.ts";

/** What a Worker is given beside the request, as far as the relay needs it. */
export interface Execution {
  /** Keeps the Worker alive until it is done. */
  waitUntil?(promise: Promise<unknown>): void;
}

type Throttle = ReturnType<typeof createThrottle>;

interface Pending {
  alerts: NotedAlert[];
  flushing: Promise<void> | undefined;
  throttle: Throttle;
}

const pendings = new WeakMap<Settings["client"], Pending>();

const pendingOf = ({ client, runtime }: Settings): Pending => {
  const known = pendings.get(client);
  if (known) return known;
  const pending: Pending = { alerts: [], flushing: undefined, throttle: createThrottle(runtime.now) };
  pendings.set(client, pending);
  return pending;
};

/** The alerts that wait go together, so that a flood of posts is one request at a time. */
const flush = async (settings: Settings, pending: Pending): Promise<void> => {
  while (pending.alerts.length > 0) {
    const alerts = pending.alerts.splice(0);
    const isKept = settings.problems.length === 0 && (await keep(settings, alerts));
    // There is nobody who remembers, but this Worker as long as it lives.
    if (!isKept) {
      for (const alert of alerts) {
        const due = alert.isQuiet ? undefined : pending.throttle(alert);
        if (due) await settings.alert(due);
      }
    }
  }
  pending.flushing = undefined;
};

const keep = async (settings: Settings, alerts: NotedAlert[]): Promise<boolean> => {
  try {
    await settings.coordinator().note(alerts);
    return true;
  } catch {
    return false;
  }
};

/** Reports an alert; the response need not wait for it. */
export const report = (settings: Settings, alert: NotedAlert, execution: Execution = {}): void => {
  const pending = pendingOf(settings);
  pending.alerts.push(alert);
  pending.flushing ??= flush(settings, pending);
  execution.waitUntil?.(pending.flushing);
};

/** Resolves when all that was reported has gone out. */
export const reported = async (settings: Settings): Promise<void> => pendingOf(settings).flushing;

/** What a visitor mends without the owner. */
const isMended = (code: string): boolean =>
  code === "rate_limited" || code === "key_conflict" || /_required$|_wrong$|^too_long$/.test(textNameOf(code));

/** A name like a field's, which says nothing about anybody. */
const HARMLESS = /^[\w.]{1,60}$/;

/** What an owner reads about a post that was refused. Names are all that is quoted of it. */
export const refusalAlert = (request: Request, { code, field, detail }: Refusal, listenerId?: string): NotedAlert => {
  const named = field !== undefined && HARMLESS.test(field) ? ` Field: ${field}.` : "";
  const origin = code === "origin_refused" ? originOf(request) : "";
  const isOfForm = detail?.includes("probably meant") ?? false;
  return {
    code: "post_refused",
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
