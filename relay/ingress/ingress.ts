// A request's way through the relay.
import { isBotsplashError } from "botsplash";
import { refused } from "./answer.ts";
import { takeLead } from "./lead.ts";
import { corsHeaders, originOf, preflight } from "./origin.ts";
import { passOn } from "./proxy.ts";
import { Refusal } from "./refusal.ts";
import { review } from "./review/review.ts";
import { route } from "./route.ts";

/**
 * @typedef {import("../options.ts").Settings} Settings
 *
 * @typedef {object} Context what is learnt of a request on its way
 * @property {boolean} isForPages pages of the listed origins may read the answer
 * @property {string} [sorry] where to send whoever is refused
 */

const RETRY_AFTER = 60;

/** @param {(env: any) => Settings} settingsOf */
export const createFront = (settingsOf) => ({
  /** @param {Request} request @param {any} env */
  async fetch(request, env) {
    const settings = settingsOf(env);
    /** @type {Context} */
    const context = { isForPages: true };
    const response = await answer(settings, request, context).catch((error) =>
      refused(request, refusalOf(settings, error), context.sorry),
    );
    return finished(settings, request, response, context);
  },

  /** @param {unknown} _controller @param {any} env */
  async scheduled(_controller, env) {
    const settings = settingsOf(env);
    await Promise.all(
      [...settings.listeners.keys()].map((listenerId) =>
        settings
          .outbox(listenerId)
          .sweep()
          .catch(() => {
            settings.alert({ code: "sweep_failed", message: "An outbox could not be woken.", listenerId });
          }),
      ),
    );
  },
});

/**
 * @param {Settings} settings
 * @param {Request} request
 * @param {Context} context
 * @returns {Promise<Response>}
 */
const answer = async (settings, request, context) => {
  if (settings.problems.length > 0) {
    throw notConfigured();
  }
  const target = route(settings, request.method, new URL(request.url).pathname);
  if (target.kind === "review") {
    context.isForPages = false;
    return review(settings, request, target.path);
  }
  originOf(settings, request);
  if (request.method === "OPTIONS") return preflight(target.methods);
  if (target.kind === "operation") return passOn(settings, target, request);
  const listener = /** @type {import("../options.ts").Listener} */ (settings.listeners.get(target.listenerId));
  context.sorry = listener.sorry;
  return takeLead(settings, listener, target.listenerId, request);
};

const notConfigured = () =>
  new Refusal(503, "not_configured", "This relay is not set up yet.", { retryAfter: RETRY_AFTER });

/** @param {Settings} settings @param {unknown} error @returns {Refusal} */
const refusalOf = ({ alert }, error) => {
  if (error instanceof Refusal) return error;
  // An option that only the client knows to be wrong; it quotes none of their values.
  if (isBotsplashError(error) && error.code === "configuration") {
    alert({ code: "not_configured", message: `Every post is refused: ${error.message}` });
    return notConfigured();
  }
  // Its message might quote the request.
  const name = error instanceof Error ? error.name : typeof error;
  alert({ code: "relay_failed", message: `A request could not be answered: ${name}.` });
  // Should the lead be kept after all, the same post again is the same lead.
  return new Refusal(503, "unavailable", "This did not work right now. Try again in a minute.", {
    retryAfter: RETRY_AFTER,
  });
};

/**
 * Says what every answer says. They are the relay's own, so their headers may be set.
 * @param {Settings} settings
 * @param {Request} request
 * @param {Response} response
 * @param {Context} context
 */
const finished = ({ origins }, request, response, { isForPages }) => {
  const origin = request.headers.get("origin");
  const more = {
    ...corsHeaders(isForPages && origin !== null && origins.has(origin) ? origin : undefined),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  };
  for (const [name, value] of Object.entries(more)) response.headers.set(name, value);
  return response;
};
