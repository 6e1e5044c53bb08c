import { alerter } from "./alert.ts";
import { check } from "./check.ts";
import { outboxOf } from "./outbox/stub.ts";

/**
 * How a relay is set up. What is missing or wrong refuses every post with a 503 and the code
 * `not_configured`, and one alert names it.
 * @typedef {object} RelayOptions
 * @property {string} appId The account's App Name or ID.
 * @property {import("botsplash").Auth} auth Credentials for the API: from the Worker's secrets, never from its source.
 * @property {string} [baseUrl] Where the API lives. Default: the client's own.
 * @property {import("botsplash").ClientOptions["routes"]} [routes] Replaces methods and paths at the API, as the client takes it. The
 *   relay's own paths stay those of the published and assumed routes.
 * @property {string[]} origins The origins whose pages may post, such as `https://www.example.com`: exactly these. It is no
 *   authentication: whoever sends no `Origin`, as a server does, is no page and is let through to the other guards.
 * @property {Record<string, ListenerOptions>} listeners The listeners that take leads, by their ids. Others are a 404.
 * @property {string} [basePath] The path under which the Worker is mounted, such as `/relay`. Default: none.
 * @property {string} [reviewSecret] Opens the review page and its API; 32 characters or more, made at random. Without it
 *   they are a 404.
 * @property {PassedOperation[]} [operations] Which operations beside `submitListener` are passed on, each to its own path.
 *   Default: none. They are not kept in the outbox: one call, one request, and its outcome is the answer.
 * @property {(request: Request, env: any) => boolean | Promise<boolean>} [authorize] Whether a request to one of
 *   `operations` may pass. Only `true` lets it. The request is a copy, whose body can be read.
 * @property {(alert: Alert) => unknown} [onAlert] Told of what the owner should know. Default: one line to
 *   `console.error`. Personal data is never in it.
 * @property {number} [maxBodyBytes] How large a post may be. Default: 65536. An upload that is passed on may be 5 MiB.
 * @property {number} [maxFields] How many fields a form, or values a JSON body, may have. Default: 100.
 * @property {number} [retentionDays] Days until the body of a lead that is delivered or dropped is erased. Default: 30.
 * @property {number} [keyRetentionDays] Days for which the hash of a submission key is known, and the same key is
 *   the same lead. Longer than any form stays open. Default: 90.
 * @property {import("./outbox/outcome.ts").Statuses} [statuses] What becomes of a lead after an answer of the API's, where
 *   its statuses mean something else than usual: `{ 503: "queued" }`. Default: see the README's table.
 * @property {number} [timeoutMs] Milliseconds for each request to the API. Default: 30000.
 * @property {OutboxNamespace} [outbox] The Durable Objects. Default: `env.OUTBOX`.
 * @property {RateLimiter | false} [rateLimit] Asked with one key per listener and IP address. Default: `env.RATE_LIMIT`.
 *   `false`: none, when something in front of the Worker limits.
 * @property {string} [siteverifyUrl] Where Turnstile tokens are verified. Default: Cloudflare's. For tests.
 */

/**
 * How one listener takes leads.
 * @typedef {object} ListenerOptions
 * @property {string} [thanks] Where a form without script is sent (303) once its lead is kept: an absolute URL, or a path.
 *   Default: a small page of the relay's own.
 * @property {string} [sorry] Where such a form is sent when its lead is refused. Default: a small page that says why.
 * @property {LeadField[]} [fields] Which of the API's fields the public may set. Default: `firstName`, `lastName`, `email`,
 *   `phoneNumber`, `state`, `tzName`, `message`. A post with another one is refused and told its name: an id that anybody
 *   may set lets anybody overwrite a contact.
 * @property {string[]} [extendedAttributes] Form fields that go to `visitor.extendedAttributes`. Default: none.
 * @property {string} [honeypot] The name of a form field that people do not see. A lead that fills it is quarantined.
 * @property {TurnstileOptions} [turnstile] Leads without a good token are quarantined.
 * @property {"review" | "resend" | "drop"} [onAmbiguous] What becomes of a lead when nobody can tell whether the API has
 *   processed it. Default: `review`. `resend` may text a person twice, and more often: it ends in `review` after ten
 *   attempts.
 * @property {number} [dailyCap] How many leads may go to the API in a day (UTC). Those beyond it are quarantined.
 *   Default: no cap.
 * @property {number} [dedupeWindowMs] For how long the same content is the same lead, whatever its key. Default: 600000.
 *   0: only keys count.
 */

/**
 * @typedef {object} TurnstileOptions
 * @property {string} secret The widget's secret key.
 * @property {string} hostname The host of the page with the widget.
 * @property {string} action The widget's action.
 */

/**
 * @typedef {import("./alert.ts").Alert} Alert
 * @typedef {import("./ingress/fields.ts").LeadField} LeadField
 * @typedef {import("./ingress/operations.ts").PassedOperation} PassedOperation
 */

/**
 * A Durable Object namespace, as far as the relay needs it.
 * @typedef {{ idFromName(name: string): any, get(id: any): { fetch(url: string, init?: any): Promise<any> } }} OutboxNamespace
 */

/**
 * A rate limit binding.
 * @typedef {{ limit(options: { key: string }): Promise<{ success: boolean }> }} RateLimiter
 */

/**
 * Options, checked and complete.
 * @typedef {object} Settings
 * @property {readonly string[]} problems what is missing or wrong: nothing else may be used unless it is empty
 * @property {import("botsplash").ClientOptions} client what makes a client of the API; each request is made once
 * @property {ReadonlySet<string>} origins
 * @property {ReadonlyMap<string, Listener>} listeners
 * @property {string} basePath
 * @property {string} [reviewSecret]
 * @property {ReadonlySet<string>} operations
 * @property {(request: Request) => Promise<boolean>} authorize
 * @property {(alert: Alert) => void} alert
 * @property {number} maxBodyBytes
 * @property {number} maxFields
 * @property {number} retentionMs
 * @property {import("./outbox/outcome.ts").Statuses} [statuses]
 * @property {number} keyRetentionMs
 * @property {RateLimiter} [rateLimit]
 * @property {string} siteverifyUrl
 * @property {(listenerId: string) => import("./outbox/types.ts").Outbox} outbox
 */

/**
 * @typedef {object} Listener
 * @property {string} [thanks]
 * @property {string} [sorry]
 * @property {ReadonlySet<string>} fields
 * @property {readonly string[]} extendedAttributes
 * @property {string} [honeypot]
 * @property {TurnstileOptions} [turnstile]
 * @property {"review" | "resend" | "drop"} onAmbiguous
 * @property {number} dailyCap Infinity: none
 * @property {number} dedupeWindowMs
 */

const DAY_MS = 86_400_000;

/** What a person says about themselves. @type {LeadField[]} */
const OPEN_FIELDS = ["firstName", "lastName", "email", "phoneNumber", "state", "tzName", "message"];

/**
 * @param {RelayOptions | ((env: any) => RelayOptions)} given
 * @returns {(env: any) => Settings} once for each `env`
 */
export const settingsFor = (given) => {
  /** @type {WeakMap<object, Settings>} */
  const known = new WeakMap();
  return (env = {}) => {
    const before = known.get(env);
    if (before) return before;
    const settings = settingsOf(given, env);
    known.set(env, settings);
    return settings;
  };
};

/** @param {RelayOptions | ((env: any) => RelayOptions)} given @param {any} env @returns {Settings} */
const settingsOf = (given, env) => {
  /** @type {any} */
  let options;
  try {
    options = typeof given === "function" ? given(env) : given;
  } catch {
    // Its message might quote a secret.
    return settle({}, env, ["the function given to createRelay threw"]);
  }
  const { outbox = env.OUTBOX, rateLimit = env.RATE_LIMIT, ...others } = options ?? {};
  const complete = { ...others, outbox, rateLimit };
  return settle(complete, env, check(complete));
};

/** @param {RelayOptions | Record<string, any>} options @param {any} env @param {string[]} problems @returns {Settings} */
const settle = (options, env, problems) => {
  const { appId, auth, baseUrl, routes, timeoutMs, listeners, authorize } = options;
  const alert = alerter(typeof options.onAlert === "function" ? options.onAlert : undefined);
  if (problems.length > 0) alert({ code: "not_configured", message: `Every post is refused: ${problems.join("; ")}.` });
  return {
    problems,
    client: {
      ...{ appId, auth, retries: 0 },
      ...(baseUrl !== undefined && { baseUrl }),
      ...(routes !== undefined && { routes }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    },
    origins: new Set(Array.isArray(options.origins) ? options.origins : []),
    listeners: new Map(
      Object.entries(problems.length > 0 ? {} : listeners).map(([id, listener]) => [id, listenerOf(listener)]),
    ),
    basePath: options.basePath ?? "",
    ...(options.reviewSecret !== undefined && { reviewSecret: options.reviewSecret }),
    operations: new Set(problems.length > 0 ? [] : options.operations),
    authorize: async (request) => (await authorize?.(request, env)) === true,
    alert,
    maxBodyBytes: options.maxBodyBytes ?? 65_536,
    maxFields: options.maxFields ?? 100,
    retentionMs: (options.retentionDays ?? 30) * DAY_MS,
    keyRetentionMs: (options.keyRetentionDays ?? 90) * DAY_MS,
    ...(options.statuses !== undefined && { statuses: options.statuses }),
    ...(options.rateLimit && { rateLimit: options.rateLimit }),
    siteverifyUrl: options.siteverifyUrl ?? "https://challenges.cloudflare.com/turnstile/v0/siteverify",
    outbox: (listenerId) => outboxOf(options.outbox, listenerId),
  };
};

/** @param {ListenerOptions} options @returns {Listener} */
const listenerOf = ({ fields = OPEN_FIELDS, ...options }) => ({
  extendedAttributes: [],
  onAmbiguous: "review",
  dailyCap: Infinity,
  dedupeWindowMs: 600_000,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  fields: new Set(fields),
});
