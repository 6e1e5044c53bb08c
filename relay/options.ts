import type { Auth, ClientOptions, ListenerArgs } from "botsplash";
import { type Alert, alerter, type NotedAlert } from "./alert.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { checkOptions } from "./check-options.ts";
import { days, LISTENER_DEFAULTS, RELAY_DEFAULTS } from "./defaults.ts";
import type { Env } from "./env.ts";
import type { LeadField } from "./fields.ts";
import type { ProxiedOperation } from "./operations.ts";
import type { ConsentHead } from "./outbox/consents.ts";
import type { CoordinatorSettings } from "./outbox/coordinator.ts";
import { type Hours, hoursOf } from "./outbox/hours.ts";
import type { IsDelivered, Statuses } from "./outbox/outcome.ts";
import { coordinatorOf, outboxOf } from "./outbox/stub.ts";
import type { CoordinatorStub, OnAmbiguous, Outbox } from "./outbox/types.ts";
import { type Runtime, systemRuntime } from "./runtime.ts";
import type { TextName } from "./texts.ts";
import { sameWords } from "./words.ts";

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
   * Lets fields through that the client does not know, by path, as the client takes it:
   * `{ sendMessage: ["visitor.nickname"] }`. It widens what an operation that is passed on may hold; which fields a form
   * may set is for its listener to say.
   */
  extraFields?: ClientOptions["extraFields"] | undefined;
  /**
   * The origins whose pages may post, such as `https://www.example.com`: exactly these. They do not authenticate:
   * a post without `Origin`, as from a server, does not come from a page and goes on to the other guards.
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
   * The state of a lead after a response of the API's, where its statuses mean something else than usual:
   * `{ 503: "queued" }`. Default: see the table in docs/relay.md.
   */
  statuses?: Statuses | undefined;
  /**
   * Whether a successful response (2xx) means that the API has taken the lead, where your account's API says so in
   * another way. `body` is the parsed JSON, or the beginning of the text. Only `true` counts. Default: an object with
   * `success: true`. Any other 2xx leaves the lead uncertain.
   */
  isDelivered?: IsDelivered | undefined;
  /**
   * Your own time zone, such as `America/New_York`: the day of `dailyCap` begins at its midnight, and `sendHours` uses it
   * where nothing tells the visitor's. Default: UTC.
   */
  timeZone?: string | undefined;
  /** Days until the relay erases a lead that a guard has caught. Default: 30. */
  quarantineDays?: number | undefined;
  /** Years for which the relay keeps the proof of a consent. Default: 5. */
  consentYears?: number | undefined;
  /** The hour of your day, 0 to 23 in `timeZone`, at which the daily summary goes to `onAlert`. Default: 8. */
  summaryHour?: number | undefined;
  /**
   * Is given the end of each listener's chain of consents, once a day: keep it elsewhere, and a record that somebody has
   * changed shows.
   */
  onConsentHead?: ((head: ConsentHead & { listenerId: string; at: number }) => unknown) | undefined;
  /** Your own phone number: while it is set, no other number is texted, and other leads are held. Default: none. */
  rehearsal?: string | undefined;
  /** Milliseconds for each request to the API. Default: 30000. */
  timeoutMs?: number | undefined;
  /**
   * Makes every request to the API, for leads and for probes alike, in place of the global `fetch`. Examples are a binding
   * that has a fixed address, and a forwarder that wants a secret. If it cannot reach the API, it answers 521, which says
   * that nothing was sent; where it throws, nobody can tell. Default: `env.FETCH`, which the relay's own host sets, or the
   * global one.
   */
  fetch?: ClientOptions["fetch"] | undefined;
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
   * `tzName`. A post with another one is refused and told its name: an id that anybody may set lets anybody overwrite a
   * contact. `message` is the text that the API sends: a visitor who may set it can text anything to anybody. Unless
   * `message` is listed, a form's `message` goes to `visitor.extendedAttributes.message`, for you to read.
   */
  fields?: LeadField[] | undefined;
  /**
   * The `args` of each lead, such as `{ message: "Thanks, we will text you." }`: your words, not the public's.
   * Default: none.
   */
  args?: ListenerArgs | undefined;
  /**
   * The fields without which a lead is refused, of `fields` and `extendedAttributes`. Default: `phoneNumber` or `email`,
   * one of the two.
   */
  required?: string[] | undefined;
  /**
   * How phone numbers are taken. `north-american`: however somebody types a number of North America, the API gets its
   * ten digits, and any other number is refused. `any`: as they are typed. Default: `north-american`.
   */
  phoneFormat?: "north-american" | "any" | undefined;
  /** Replaces what visitors read, by the name of each text: see the list in docs/relay.md. */
  texts?: Partial<Record<TextName, string>> | undefined;
  /** Form fields that go to `visitor.extendedAttributes`. Default: none. */
  extendedAttributes?: string[] | undefined;
  /** The name of a form field that people do not see. A lead that fills it is quarantined. */
  honeypot?: string | undefined;
  /** Leads without a good token are quarantined; those that cannot be verified are held. */
  turnstile?: TurnstileOptions | undefined;
  /** Which field of the form says that a visitor agrees to be texted. Without it a lead is refused. Default: none. */
  consent?: ConsentOptions | undefined;
  /** After how many hours without a lead the owner is told. Default: never. */
  silenceHours?: number | undefined;
  /**
   * The fate of a lead when nobody can tell whether the API has processed it. Default: `review`. `resend` may text a
   * person twice, and more often: it ends in `review` after ten attempts. `lookup` gives each lead a `clientVisitorId` of
   * the relay's own. One minute and ten minutes after an uncertain send, it asks the API about it with `listMeetings`.
   * A lead that the API knows is delivered; one that it does not know, both times, goes again; any other is for review.
   * A lead that brings a `clientVisitorId` is not looked up.
   */
  onAmbiguous?: OnAmbiguous | undefined;
  /**
   * How many leads may go to the API in a day of `timeZone`, those included that are sent again. Others wait until the
   * next day. Default: no cap.
   */
  dailyCap?: number | undefined;
  /**
   * How many leads may go to one phone number in 24 hours. Others are quarantined, for you to send or drop. A stranger may
   * have typed that number again and again, under many names. Leads that you send go whatever it says. Default: 3.
   * `Infinity`: no cap.
   */
  numberCap?: number | undefined;
  /**
   * The hours in which leads are sent, such as `{ from: "09:00", to: "20:00" }`, in the visitor's time zone. That is the
   * zone of `tzName`, else of `state`, else of the area code of `phoneNumber`, else `timeZone`. Where a state or an area
   * code has several zones, it is the latest start and the earliest end. Other leads wait. Default: any hour.
   */
  sendHours?: SendHours | undefined;
  /**
   * After how many hours of waiting a lead goes to review instead of to the API. They count from when it came in, or from
   * when its owner last resent it. Default: never.
   */
  maxAgeHours?: number | undefined;
  /**
   * For how many milliseconds the same content is the same lead, whatever its key. Default: 600000. 0: only keys count.
   */
  dedupeWindowMs?: number | undefined;
}

/** Times of day, as `HH:MM`. */
export interface SendHours {
  /** The first minute. */
  from: string;
  /** The first minute that is too late; `24:00` is the end of the day. */
  to: string;
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

/**
 * How visitors agree to be texted. A form has a box whose value is the words beside it:
 * `<input type="checkbox" name="consent" value="Yes, Acme may text me." required>`. A script sends the same in
 * `visitor.extendedAttributes.consent`, which the relay takes out. With `consentPage` and `consentVersion` a form may also
 * say its address and version. The lead keeps all of it as its proof.
 */
export interface ConsentOptions {
  /** The name of the field, such as `consent`. */
  field: string;
  /**
   * The words that you show, by the version of the form: `{ "2026-11": "Yes, Acme may text me." }`. A lead with other
   * words is held until they are listed.
   */
  texts: Record<string, string>;
  /** Keeps the visitor's IP address. Default: `false`. */
  keepAddress?: boolean | undefined;
  /** Keeps what the visitor's browser says it is. Default: `false`. */
  keepBrowser?: boolean | undefined;
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
  /** The faults in the options: nothing else may be used unless it is empty. */
  readonly problems: readonly string[];
  /** Makes a client of the API; each request is made once. */
  readonly client: ClientOptions;
  readonly origins: ReadonlySet<string>;
  readonly listeners: ReadonlyMap<string, Listener>;
  readonly basePath: string;
  readonly reviewSecret?: string;
  readonly operations: ReadonlySet<string>;
  readonly authorize: (request: Request) => Promise<boolean>;
  /** Tells the owner at once, and never rejects; resolves with whether it went well. */
  readonly alert: (alert: Alert) => Promise<boolean>;
  /** Has the owner told of it: the first of a kind at once, then one an hour. */
  readonly report: (alert: NotedAlert) => void;
  readonly maxBodyBytes: number;
  readonly maxFields: number;
  readonly retentionMs: number;
  readonly keyRetentionMs: number;
  readonly statuses?: Statuses;
  readonly isDelivered?: IsDelivered;
  readonly rateLimit?: RateLimiter;
  readonly siteverifyUrl: string;
  /** The world around the relay. */
  readonly runtime: Runtime;
  readonly outbox: (listenerId: string) => Outbox;
  readonly coordinator: () => CoordinatorStub;
  /** The coordinator's settings. */
  readonly coordination: CoordinatorSettings;
  readonly timeZone: string;
  readonly quarantineMs: number;
  readonly consentMs: number;
  readonly rehearsal?: string;
}

/** A listener's options, complete. */
export interface Listener {
  readonly successUrl?: string;
  readonly errorUrl?: string;
  readonly fields: ReadonlySet<string>;
  readonly args?: ListenerArgs;
  /** undefined: a phone number or an email. */
  readonly required?: readonly string[];
  readonly phoneFormat: "north-american" | "any";
  readonly texts: Partial<Record<TextName, string>>;
  readonly extendedAttributes: readonly string[];
  readonly honeypot?: string;
  readonly consent?: ConsentOptions;
  readonly consentTexts: ReadonlySet<string>;
  readonly silenceMs?: number;
  readonly rehearsal?: string;
  readonly turnstile?: TurnstileOptions;
  readonly onAmbiguous: OnAmbiguous;
  /** Infinity: none. */
  readonly dailyCap: number;
  /** Infinity: none. */
  readonly numberCap: number;
  readonly dedupeWindowMs: number;
  readonly sendHours?: Hours;
  readonly maxAgeMs?: number;
  /** The owner's. */
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;

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
  const { outbox = env.OUTBOX, rateLimit = env.RATE_LIMIT, fetch = env.FETCH, ...others } = options ?? {};
  const complete = { ...others, outbox, rateLimit, fetch };
  const problems = checkOptions(complete);
  return problems.length > 0 ? broken(complete, problems, runtime) : settled(complete, env, runtime);
};

const alertOf = ({ onAlert }: Partial<RelayOptions>) => alerter(typeof onAlert === "function" ? onAlert : undefined);

/** A relay that refuses everything until its options are right. */
const broken = (options: Partial<RelayOptions>, problems: string[], runtime: Runtime): Settings => {
  const { origins } = options;
  return {
    ...settled({ appId: "", auth: { apiKey: "" }, origins: [], listeners: {} }, {}, runtime),
    alert: alertOf(options),
    problems,
    // A page must be able to read why it is refused.
    origins: new Set(Array.isArray(origins) ? origins : []),
  };
};

const settled = (options: RelayOptions, env: Env, runtime: Runtime): Settings => {
  const { appId, auth, baseUrl, routes, extraFields, timeoutMs, authorize, reviewSecret, statuses, rateLimit, outbox } =
    options;
  const { isDelivered, timeZone = RELAY_DEFAULTS.timeZone } = options;
  const { retentionDays, keyRetentionDays, ...defaults } = RELAY_DEFAULTS;
  const listeners = new Map(
    Object.entries(options.listeners).map(([id, listener]) => [id, listenerOf(listener, timeZone, options.rehearsal)]),
  );
  const stub = (listenerId: string) => outboxOf(outbox ?? env.OUTBOX, listenerId, runtime);
  return {
    problems: [],
    listeners,
    outbox: stub,
    coordination: {
      listeners,
      timeZone,
      outbox: stub,
      summaryHour: options.summaryHour ?? defaults.summaryHour,
      ...present({ onConsentHead: options.onConsentHead }),
    },
    client: {
      appId,
      auth,
      retries: 0,
      fetch: boundedFetch(options.fetch ?? runtime.fetch),
      ...present({ baseUrl, routes, extraFields, timeoutMs }),
    },
    origins: new Set(options.origins),
    basePath: options.basePath ?? defaults.basePath,
    operations: new Set(options.operations),
    authorize: async (request) => (await authorize?.(request, env)) === true,
    alert: alertOf(options),
    // A request has the owner told by way of what it is given beside it.
    report: (alert) => void alertOf(options)(alert),
    maxBodyBytes: options.maxBodyBytes ?? defaults.maxBodyBytes,
    maxFields: options.maxFields ?? defaults.maxFields,
    retentionMs: days(options.retentionDays ?? retentionDays),
    keyRetentionMs: days(options.keyRetentionDays ?? keyRetentionDays),
    siteverifyUrl: options.siteverifyUrl ?? defaults.siteverifyUrl,
    runtime,
    timeZone,
    quarantineMs: days(options.quarantineDays ?? defaults.quarantineDays),
    consentMs: days(365.25 * (options.consentYears ?? defaults.consentYears)),
    coordinator: () => coordinatorOf(outbox ?? env.OUTBOX),
    ...present({ rehearsal: options.rehearsal, reviewSecret, statuses, isDelivered }),
    ...(rateLimit && { rateLimit }),
  };
};

const listenerOf = (options: ListenerOptions, timeZone: string, rehearsal: string | undefined): Listener => {
  const { fields = LISTENER_DEFAULTS.fields, sendHours, maxAgeHours, silenceHours, ...others } = options;
  const texts = Object.values(others.consent?.texts ?? {});
  return {
    ...LISTENER_DEFAULTS,
    ...present({
      ...others,
      sendHours: hoursOf(sendHours),
      maxAgeMs: maxAgeHours && maxAgeHours * HOUR_MS,
      silenceMs: silenceHours && silenceHours * HOUR_MS,
      rehearsal,
    }),
    fields: new Set(fields),
    consentTexts: new Set(texts.map(sameWords)),
    timeZone,
  };
};

/** The same without what is undefined. */
const present = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
