// The faults in a relay's options: in words, without any of their values, which may be secrets.
import { LISTENER_DEFAULTS } from "./defaults.ts";
import { KEY_FIELD, LEAD_FIELDS, TURNSTILE_FIELD } from "./fields.ts";
import { PROXIED_OPERATIONS } from "./operations.ts";
import { COORDINATOR } from "./outbox/coordinator.ts";
import { hoursOf, isTimeZone } from "./outbox/hours.ts";
import { northAmerican } from "./phone.ts";
import { TEXTS } from "./texts.ts";

/** The message about a value that is not as expected. */
type Rule = (value: unknown) => string | undefined;
type Rules = Record<string, Rule>;
type Values = Record<string, unknown>;

const rule =
  (test: (value: unknown) => boolean, complaint: string): Rule =>
  (value) =>
    test(value) ? undefined : complaint;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isFunction = (value: unknown) => typeof value === "function";
const isListOf = (test: (item: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(test);
const isOneOf =
  (...names: readonly string[]) =>
  (value: unknown) =>
    typeof value === "string" && names.includes(value);
const hasMethod = (value: unknown, name: string) =>
  (typeof value === "object" || isFunction(value)) && value !== null && isFunction(Reflect.get(Object(value), name));

const isHttp = (value: unknown) => isText(value) && /^https?:\/\//i.test(value) && URL.canParse(value);
const isPath = (value: unknown) => isText(value) && /^\/(?![/\\])/.test(value);
/** Exactly what a browser sends. */
const isOrigin = (value: unknown) => isText(value) && isHttp(value) && new URL(value).origin === value;
/** Whether it stands for nothing else in a form. */
const isFree = (name: unknown) => isText(name) && ![...LEAD_FIELDS, KEY_FIELD, TURNSTILE_FIELD].includes(name);

const flag = rule((value) => typeof value === "boolean", "is neither true nor false");
const text = rule(isText, "is missing or empty");
const object = rule(isObject, "is missing or not an object");
const func = rule(isFunction, "is not a function");
const positive = rule((value) => Number.isFinite(value) && Number(value) > 0, "is not a number above 0");
const count = rule((value) => Number.isInteger(value) && Number(value) >= 0, "is not a whole number from 0");
const cap = rule(
  (value) => value === Infinity || (Number.isInteger(value) && Number(value) > 0),
  "is not a whole number from 1, or Infinity for no cap",
);
const url = rule(isHttp, "is not an http or https URL");
const place = rule((value) => isHttp(value) || isPath(value), "is neither a URL nor a path");

const isStatuses = (value: unknown) =>
  isObject(value) &&
  Object.entries(value).every(
    ([status, state]) => /^[3-5]\d\d$/.test(status) && isOneOf("queued", "rejected", "review")(state),
  );

const isArgs = (value: unknown) =>
  isObject(value) && Object.values(value).every((one) => ["string", "number", "boolean"].includes(typeof one));

const isTexts = (value: unknown) =>
  isObject(value) && Object.entries(value).every(([name, text]) => Object.hasOwn(TEXTS, name) && isText(text));

/** Of the options that may be left out. */
const OPTIONAL: Rules = {
  baseUrl: url,
  routes: object,
  extraFields: object,
  basePath: rule((value) => isText(value) && /^(\/[\w.~-]+)+$/.test(value), 'is not a path such as "/relay"'),
  reviewSecret: rule((value) => isText(value) && value.length >= 32, "is missing or under 32 characters"),
  operations: rule(
    isListOf(isOneOf(...PROXIED_OPERATIONS)),
    `has an operation that the relay does not pass on (it passes on ${PROXIED_OPERATIONS.join(", ")})`,
  ),
  authorize: func,
  fetch: func,
  onAlert: func,
  maxBodyBytes: positive,
  maxFields: positive,
  retentionDays: positive,
  keyRetentionDays: positive,
  timeoutMs: positive,
  timeZone: rule(isTimeZone, 'is not a time zone such as "America/New_York"'),
  isDelivered: func,
  statuses: rule(isStatuses, "does not say queued, rejected or review for statuses from 300 to 599"),
  quarantineDays: positive,
  consentYears: rule(
    (value) => Number(value) >= 4,
    "is not a number from 4: keep a proof of consent for at least 4 years",
  ),
  summaryHour: rule(
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 24,
    "is not an hour from 0 to 23",
  ),
  onConsentHead: func,
  rehearsal: rule((value) => isText(value) && northAmerican(value) !== undefined, "is not a phone number"),
  siteverifyUrl: url,
};

const REQUIRED: Rules = {
  appId: text,
  auth: object,
  origins: rule(isListOf(isOrigin), "is not a list of origins such as https://www.example.com"),
  listeners: rule((value) => isObject(value) && Object.keys(value).length > 0, "has no listeners"),
  outbox: rule((value) => hasMethod(value, "idFromName"), "is missing: bind a Durable Object as OUTBOX"),
  rateLimit: rule(
    (value) => value === false || hasMethod(value, "limit"),
    "is missing: bind a rate limit as RATE_LIMIT, or say rateLimit: false",
  ),
};

const LISTENER: Rules = {
  successUrl: place,
  errorUrl: place,
  fields: rule(
    isListOf(isOneOf(...LEAD_FIELDS)),
    `has a name that is not a field of the API (the fields are ${LEAD_FIELDS.join(", ")})`,
  ),
  args: rule(isArgs, 'is not an object of single values, such as { message: "Thanks, we will text you." }'),
  required: rule(isListOf(isText), "is not a list of field names"),
  phoneFormat: rule(isOneOf("north-american", "any"), "is neither north-american nor any"),
  texts: rule(isTexts, `is not an object of texts (the texts are ${Object.keys(TEXTS).join(", ")})`),
  extendedAttributes: rule(
    isListOf(isFree),
    "is not a list of names that are free (a name of an API field, submissionKey and Turnstile's field are not)",
  ),
  honeypot: rule(isFree, "is not a free name (a name of an API field, submissionKey and Turnstile's field are not)"),
  turnstile: object,
  consent: object,
  silenceHours: positive,
  onAmbiguous: rule(isOneOf("review", "resend", "drop", "lookup"), "is not one of review, resend, drop, lookup"),
  dailyCap: count,
  numberCap: cap,
  sendHours: rule(
    (value) => hoursOf(value) !== undefined,
    'does not say { from: "09:00", to: "20:00" }, with from before to and at least an hour between them',
  ),
  maxAgeHours: positive,
  dedupeWindowMs: count,
};

const CONSENT: Rules = {
  field: rule(isFree, "is not a free name (a name of an API field, submissionKey and Turnstile's field are not)"),
  texts: rule(
    (value) => isObject(value) && Object.values(value).length > 0 && Object.values(value).every(isText),
    'is not an object of texts by version, such as { "2026-11": "Yes, you may text me." }',
  ),
};
const CONSENT_OPTIONAL: Rules = { keepAddress: flag, keepBrowser: flag };

const TURNSTILE: Rules = { secret: text, hostname: text, action: text };

/** The faults in the options. */
export const checkOptions = (options: Values): string[] => {
  const { auth, listeners, operations, authorize } = options;
  const problems = [
    ...against(REQUIRED, OPTIONAL, options, ""),
    ...(isObject(auth) ? credentials(auth) : []),
    ...Object.entries(isObject(listeners) ? listeners : {}).flatMap(([id, listener]) =>
      isObject(listener) ? listenerProblems(listener, `listeners.${id}`) : `listeners.${id} is not an object`,
    ),
    ...Object.keys(isObject(listeners) ? listeners : {}).flatMap((id) =>
      id === COORDINATOR ? `listeners.${id} has a name that the relay uses itself` : [],
    ),
  ];
  const hasHours = Object.values(isObject(listeners) ? listeners : {}).some(
    (listener) => isObject(listener) && listener["sendHours"] !== undefined,
  );
  if (hasHours && options["timeZone"] === undefined) {
    problems.push("timeZone is missing: sendHours uses it for visitors whose time zone is unknown");
  }
  if (Array.isArray(operations) && operations.length > 0 && authorize === undefined) {
    problems.push("authorize is missing: the relay passes operations on only for callers that it allows");
  }
  return problems;
};

const listenerProblems = (listener: Values, path: string): string[] => {
  const { turnstile, consent, extendedAttributes, honeypot, args, fields, required } = listener;
  const settable = [...listOf(fields ?? LISTENER_DEFAULTS.fields), ...listOf(extendedAttributes), "message"];
  const isBoth = Array.isArray(extendedAttributes) && extendedAttributes.includes(honeypot);
  return [
    ...against({}, LISTENER, listener, `${path}.`),
    ...(isObject(consent) ? against(CONSENT, CONSENT_OPTIONAL, consent, `${path}.consent.`) : []),
    ...(isObject(turnstile) ? against(TURNSTILE, {}, turnstile, `${path}.turnstile.`) : []),
    ...listOf(required)
      .filter((name) => !settable.includes(name))
      .map((name) => `${path}.required names ${name}, which the public cannot set`),
    ...Object.keys(isObject(args) ? args : {})
      .filter((name) => listOf(fields).includes(name))
      .map((name) => `${path}.args sets ${name}, and fields lets the public set it: leave one of them out`),
    ...(isBoth ? [`${path}.honeypot is one of its extendedAttributes`] : []),
  ];
};

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const credentials = (auth: Values): string[] => {
  const place = rule(isOneOf("query", "body"), "is neither query nor body");
  return "apiKey" in auth
    ? against({ apiKey: text }, { in: place }, auth, "auth.")
    : against({ username: text, password: text }, {}, auth, "auth.");
};

/** A guard whose option is misspelt would be off without a word: no name may be given that is not known. */
const against = (required: Rules, optional: Rules, options: Values, prefix: string): string[] => [
  ...Object.entries(required).flatMap(([name, rule]) => problem(rule, options[name], prefix + name)),
  ...Object.entries(options)
    .filter(([name]) => !Object.hasOwn(required, name))
    .flatMap(([name, value]) => {
      const rule = Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (!rule) return `${prefix}${name} is not an option`;
      const isLeftOut = value === undefined && !SECRETS.includes(name);
      return isLeftOut ? [] : problem(rule, value, prefix + name);
    }),
];

/** Given as undefined, they are secrets that were never set. */
const SECRETS = ["reviewSecret"];

const problem = (rule: Rule, value: unknown, name: string): string[] => {
  const complaint = rule(value);
  return complaint ? [`${name} ${complaint}`] : [];
};
