// A request's way through the relay.
import { isBotsplashError } from "botsplash";
import type { Env, Execution } from "../env.ts";
import type { Settings } from "../options.ts";
import { takeLead } from "./lead.ts";
import { checkOrigin, corsHeaders, preflight } from "./origin.ts";
import { proxy } from "./proxy.ts";
import { limitRate } from "./rate-limit.ts";
import { notFound, Refusal } from "./refusal.ts";
import { collecting, refusalAlert } from "./report.ts";
import { type Manners, refused } from "./respond.ts";
import { review } from "./review/review.ts";
import { route } from "./route.ts";

/** The facts about a request, as the guards find them. */
interface Context {
  /** Pages of the listed origins may read the response. */
  isForPages: boolean;
  /** How to answer a refused visitor. */
  manners: Manners;
  listenerId?: string;
}

/** Where nobody knows which listener it is. */
const NO_MANNERS: Manners = { texts: {} };

const RETRY_AFTER = 60;

export const createIngress = (settingsOf: (env: Env) => Settings) => ({
  async fetch(request: Request, env: Env, execution?: Execution): Promise<Response> {
    const { settings, flush } = collecting(settingsOf(env), execution);
    const context: Context = { isForPages: true, manners: NO_MANNERS };
    const response = await respond(settings, request, context).catch((error) => {
      const refusal = refusalOf(settings, error);
      // Other requests only look around; a post may be a lead.
      if (
        error instanceof Refusal &&
        refusal.code !== "not_configured" &&
        request.method === "POST" &&
        context.isForPages
      ) {
        settings.report(refusalAlert(request, refusal, context.listenerId));
      }
      return refused(request, refusal, context.manners);
    });
    if (response.status < 400 && context.listenerId !== undefined) await registerOnce(settings, execution);
    await flush();
    return finished(settings, request, response, context);
  },

  async scheduled(_controller: unknown, env: Env, execution?: Execution): Promise<void> {
    const { settings, flush } = collecting(settingsOf(env), execution);
    if (settings.problems.length > 0) {
      settings.report({ code: "not_configured", message: `Every post is refused: ${settings.problems.join("; ")}.` });
      return flush();
    }
    const configured = [...settings.listeners.keys()];
    // Also those that are no longer configured: they still send their leads.
    const { listeners, optOuts } = await settings
      .coordinator()
      .cron(configured)
      .catch(() => {
        settings.report({ code: "sweep_failed", message: "The coordinator could not be woken." });
        return { listeners: configured, optOuts: undefined };
      });
    const sweep = (listenerId: string) =>
      settings
        .outbox(listenerId)
        .sweep(optOuts)
        .catch(() => settings.report({ code: "sweep_failed", message: "An outbox could not be woken.", listenerId }));
    await Promise.all(listeners.map(sweep));
    await flush();
  },
});

/** The coordinator hears of the listeners when the first lead of this Worker has come in. */
const registered = new WeakSet<Settings["client"]>();

const registerOnce = async (settings: Settings, execution: Execution | undefined): Promise<void> => {
  if (registered.has(settings.client)) return;
  registered.add(settings.client);
  const told = settings
    .coordinator()
    .register([...settings.listeners.keys()])
    .catch(() => void registered.delete(settings.client));
  if (execution?.waitUntil) execution.waitUntil(told);
  else await told;
};

const respond = async (settings: Settings, request: Request, context: Context): Promise<Response> => {
  if (settings.problems.length > 0) {
    const message = `Every post is refused: ${settings.problems.join("; ")}.`;
    settings.report({ code: "not_configured", message });
    throw notConfigured();
  }
  const url = urlOf(request);
  const target = route(settings, request.method, url.pathname);
  if (target.kind === "review") {
    context.isForPages = false;
    return review(settings, request, target.path);
  }
  if (target.kind === "listener") {
    context.manners = target.listener;
    context.listenerId = target.listenerId;
  }
  // Whoever writes origins at random has a few tries as well.
  if (target.kind === "listener" && request.method === "POST") await limitRate(settings, request, target.listenerId);
  checkOrigin(settings, request);
  if (request.method === "OPTIONS") return preflight(request, target.methods);
  if (target.kind === "operation") return proxy(settings, target, request);
  return takeLead(settings, target, request, url);
};

/** @throws {Refusal} 404, since a host in front may let any text through where an address belongs */
const urlOf = ({ url }: Request): URL => {
  try {
    return new URL(url);
  } catch {
    throw notFound();
  }
};

const notConfigured = () =>
  new Refusal(503, "not_configured", { detail: "This relay is not set up yet.", retryAfter: RETRY_AFTER });

const refusalOf = ({ report }: Settings, error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  // An option that only the client knows to be wrong; it quotes none of their values.
  if (isBotsplashError(error) && error.code === "configuration") {
    report({ code: "not_configured", message: `Every post is refused: ${error.message}` });
    return notConfigured();
  }
  // Its message might quote the request.
  const name = error instanceof Error ? error.name : typeof error;
  report({ code: "relay_failed", message: `A request could not be answered: ${name}.` });
  // Should the lead be kept after all, the same post again is the same lead.
  return new Refusal(503, "unavailable", { retryAfter: RETRY_AFTER });
};

/** Says what every response says. They are the relay's own, so their headers may be set. */
const finished = ({ origins }: Settings, request: Request, response: Response, { isForPages }: Context): Response => {
  const origin = request.headers.get("origin");
  const more = {
    ...corsHeaders(isForPages && origin !== null && origins.has(origin) ? origin : undefined),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  };
  for (const [name, value] of Object.entries(more)) response.headers.set(name, value);
  return response;
};
