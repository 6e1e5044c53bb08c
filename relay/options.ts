import type { Auth, ClientOptions } from "botsplash";
import { type Alert, alerter } from "./alert.ts";
import { checkOptions } from "./check-options.ts";
import { days, LISTENER_DEFAULTS, RELAY_DEFAULTS } from "./defaults.ts";
import type { Env } from "./env.ts";
import type { LeadField } from "./ingress/fields.ts";
import type { ProxiedOperation } from "./ingress/operations.ts";
import type { Statuses } from "./outbox/outcome.ts";
import { outboxOf } from "./outbox/stub.ts";
import type { OnAmbiguous, Outbox } from "./outbox/types.ts";
import { type Runtime, systemRuntime } from "./runtime.ts";

/**
 * How a relay is set up. While something is missing or wrong, the relay refuses every post with a 503 and the code
 * `not_configured`, and one alert names it.
 */
export interface RelayOptions {
  /** The account's App Name or ID. */
  appId: string;
  /** Credentials for the API: from the Worker's secrets, never from its source. */
  auth: Auth;
  /** Where the API lives. Default: the client's own. */
  baseUrl?: string | undefined;
  /**
   * Replaces methods and paths at the API, as the client takes it. The relay's own paths stay those of the published
   * and assumed routes.
   */
  routes?: ClientOptions["routes"] | undefined;
  /**
   * The origins whose pages may post, such as `https://www.example.com`: exactly these. They are no authentication:
   * whoever sends no `Origin`, as a server does, is not a page and is let through to the other guards.
   */
  origins: string[];
  /** The listeners that take leads, by their ids. Others are a 404. */
  listeners: Record<string, ListenerOptions>;
  /** The path under which the Worker is mounted, such as `/relay`. Default: none. */
  basePath?: string | undefined;
  /** Opens the review page and its API; 32 characters or more, made at random. Without it they are a 404. */
  reviewSecret?: string;
  /**
   * Which operations beside `submitListener` the relay passes on, each to its own path. Default: none. The outbox does
   * not keep them: one call, one request, and its outcome is the response.
   */
  operations?: ProxiedOperation[] | undefined;
  /**
   * Whether a request to one of `operations` may pass. Only `true` lets it. The request is a copy, whose body can be
   * read.
   */
  authorize?: ((request: Request, env: Env) => boolean | Promise<boolean>) | undefined;
  /** Tells the owner. Default: one line to `console.error`. Personal data is never in it. */
  onAlert?: ((alert: Alert) => unknown) | undefined;
  /** How large a post may be, in bytes. Default: 65536. An upload that the relay passes on may be 5 MiB. */
  maxBodyBytes?: number | undefined;
  /** How many fields a form, or values a JSON body, may have. Default: 100. */
  maxFields?: number | undefined;
  /** Days until the relay erases the body of a lead that is delivered or dropped. Default: 30. */
  retentionDays?: number | undefined;
  /**
   * Days for which the relay knows the hash of a submission key, and the same key is the same lead. Longer than any
   * form stays open. Default: 90.
   */
  keyRetentionDays?: number | undefined;
  /**
   * What becomes of a lead after a response of the API's, where its statuses mean something else than usual:
   * `{ 503: "queued" }`. Default: see the README's table.
   */
  statuses?: Statuses | undefined;
  /** Milliseconds for each request to the API. Default: 30000. */
  timeoutMs?: number | undefined;
  /** The Durable Objects. Default: `env.OUTBOX`. */
  outbox?: OutboxNamespace | undefined;
  /**
   * Asked with one key per listener and IP address. Default: `env.RATE_LIMIT`. `false`: none, when something in front
   * of the Worker limits.
   */
  rateLimit?: RateLimiter | false | undefined;
  /** Where Turnstile tokens are verified. Default: Cloudflare's. For tests. */
  siteverifyUrl?: string | undefined;
}

/** How one listener takes leads. */
export interface ListenerOptions {
  /**
   * Where a form without script goes (303) once its lead is kept: an absolute URL, or a path. Default: a small page of
   * the relay's own.
   */
  successUrl?: string | undefined;
  /** Where such a form goes when the relay refuses its lead. Default: a small page that says why. */
  errorUrl?: string | undefined;
  /**
   * Which of the API's fields the public may set. Default: `firstName`, `lastName`, `email`, `phoneNumber`, `state`,
   * `tzName`, `message`. A post with another one is refused and told its name: an id that anybody may set lets anybody
   * overwrite a contact.
   */
  fields?: LeadField[] | undefined;
  /** Form fields that go to `visitor.extendedAttributes`. Default: none. */
  extendedAttributes?: string[] | undefined;
  /** The name of a form field that people do not see. A lead that fills it is quarantined. */
  honeypot?: string | undefined;
  /** Leads without a good token are quarantined. */
  turnstile?: TurnstileOptions | undefined;
  /**
   * What becomes of a lead when nobody can tell whether the API has processed it. Default: `review`. `resend` may text a
   * person twice, and more often: it ends in `review` after ten attempts.
   */
  onAmbiguous?: OnAmbiguous | undefined;
  /** How many leads may go to the API in a day (UTC). Those beyond it are quarantined. Default: no cap. */
  dailyCap?: number | undefined;
  /**
   * For how many milliseconds the same content is the same lead, whatever its key. Default: 600000. 0: only keys count.
   */
  dedupeWindowMs?: number | undefined;
}

/** How a listener verifies Cloudflare Turnstile's tokens. */
export interface TurnstileOptions {
  /** The widget's secret key. */
  secret: string;
  /** The host of the page with the widget. */
  hostname: string;
  /** The widget's action. */
  action: string;
}

/** A Durable Object namespace, as far as the relay needs it. */
export interface OutboxNamespace {
  idFromName(name: string): Env;
  get(id: Env): { fetch(url: string, init?: Env): Promise<Env> };
}

/** A rate limit binding. */
export interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** The options, checked and complete. */
export interface Settings {
  /** What is missing or wrong: nothing else may be used unless it is empty. */
  readonly problems: readonly string[];
  /** What makes a client of the API; each request is made once. */
  readonly client: ClientOptions;
  readonly origins: ReadonlySet<string>;
  readonly listeners: ReadonlyMap<string, Listener>;
  readonly basePath: string;
  readonly reviewSecret?: string;
  readonly operations: ReadonlySet<string>;
  readonly authorize: (request: Request) => Promise<boolean>;
  readonly alert: (alert: Alert) => void;
  readonly maxBodyBytes: number;
  readonly maxFields: number;
  readonly retentionMs: number;
  readonly keyRetentionMs: number;
  readonly statuses?: Statuses;
  readonly rateLimit?: RateLimiter;
  readonly siteverifyUrl: string;
  /** The world around the relay. */
  readonly runtime: Runtime;
  readonly outbox: (listenerId: string) => Outbox;
}

/** A listener's options, complete. */
export interface Listener {
  readonly successUrl?: string;
  readonly errorUrl?: string;
  readonly fields: ReadonlySet<string>;
  readonly extendedAttributes: readonly string[];
  readonly honeypot?: string;
  readonly turnstile?: TurnstileOptions;
  readonly onAmbiguous: OnAmbiguous;
  /** Infinity: none. */
  readonly dailyCap: number;
  readonly dedupeWindowMs: number;
}

type Given = RelayOptions | ((env: Env) => RelayOptions);

/** Settings once for each `env`. */
export const settingsFor = (given: Given, runtime = systemRuntime): ((env?: Env) => Settings) => {
  const known = new WeakMap<object, Settings>();
  return (env = {}) => {
    const before = known.get(env);
    if (before) return before;
    const settings = settingsOf(given, env, runtime);
    known.set(env, settings);
    return settings;
  };
};

const settingsOf = (given: Given, env: Env, runtime: Runtime): Settings => {
  let options: RelayOptions;
  try {
    options = typeof given === "function" ? given(env) : given;
  } catch {
    // Its message might quote a secret.
    return broken({}, ["the function given to createRelay threw"], runtime);
  }
  const { outbox = env.OUTBOX, rateLimit = env.RATE_LIMIT, ...others } = options ?? {};
  const complete = { ...others, outbox, rateLimit };
  const problems = checkOptions(complete);
  return problems.length > 0 ? broken(complete, problems, runtime) : settled(complete, env, runtime);
};

const alertOf = ({ onAlert }: Partial<RelayOptions>) => alerter(typeof onAlert === "function" ? onAlert : undefined);

/** A relay that refuses everything until its options are right. */
const broken = (options: Partial<RelayOptions>, problems: string[], runtime: Runtime): Settings => {
  const alert = alertOf(options);
  alert({ code: "not_configured", message: `Every post is refused: ${problems.join("; ")}.` });
  const { origins } = options;
  return {
    ...settled({ appId: "", auth: { apiKey: "" }, origins: [], listeners: {}, onAlert: alert }, {}, runtime),
    problems,
    // A page must be able to read why it is refused.
    origins: new Set(Array.isArray(origins) ? origins : []),
  };
};

const settled = (options: RelayOptions, env: Env, runtime: Runtime): Settings => {
  const { appId, auth, baseUrl, routes, timeoutMs, authorize, reviewSecret, statuses, rateLimit, outbox } = options;
  const { retentionDays, keyRetentionDays, ...defaults } = RELAY_DEFAULTS;
  return {
    problems: [],
    client: { appId, auth, retries: 0, ...present({ baseUrl, routes, timeoutMs }) },
    origins: new Set(options.origins),
    listeners: new Map(Object.entries(options.listeners).map(([id, listener]) => [id, listenerOf(listener)])),
    basePath: options.basePath ?? defaults.basePath,
    operations: new Set(options.operations),
    authorize: async (request) => (await authorize?.(request, env)) === true,
    alert: alertOf(options),
    maxBodyBytes: options.maxBodyBytes ?? defaults.maxBodyBytes,
    maxFields: options.maxFields ?? defaults.maxFields,
    retentionMs: days(options.retentionDays ?? retentionDays),
    keyRetentionMs: days(options.keyRetentionDays ?? keyRetentionDays),
    siteverifyUrl: options.siteverifyUrl ?? defaults.siteverifyUrl,
    runtime,
    outbox: (listenerId) => outboxOf(outbox ?? env.OUTBOX, listenerId, runtime),
    ...present({ reviewSecret, statuses }),
    ...(rateLimit && { rateLimit }),
  };
};

const listenerOf = ({ fields = [...LISTENER_DEFAULTS.fields], ...options }: ListenerOptions): Listener => ({
  ...LISTENER_DEFAULTS,
  ...present(options),
  fields: new Set(fields),
});

/** The same without what is undefined. */
const present = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
