// What is wrong with a relay's options: in words, without any of their values, which may be secrets.
import { KEY_FIELD, LEAD_FIELDS, TURNSTILE_FIELD } from "./ingress/fields.ts";
import { PASSED_OPERATIONS } from "./ingress/operations.ts";

/** @typedef {(value: any) => string | undefined | false} Rule says what is expected, where it is not */

/** @param {(value: any) => unknown} test @param {string} expected @returns {Rule} */
const rule = (test, expected) => (value) => (test(value) ? undefined : expected);

/** @param {unknown} value */
const isText = (value) => typeof value === "string" && value !== "";
/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {unknown} value */
const isFunction = (value) => typeof value === "function";
/** @param {(item: any) => unknown} test */
const isListOf = (test) => (/** @type {unknown} */ value) => Array.isArray(value) && value.every(test);

const text = rule(isText, "is missing or empty");
const object = rule(isObject, "is missing or no object");
const func = rule(isFunction, "is no function");
const positive = rule((value) => Number.isFinite(value) && value > 0, "is no number above 0");
const count = rule((value) => Number.isInteger(value) && value >= 0, "is no whole number from 0");
const url = rule((value) => isText(value) && isHttp(value), "is no http or https URL");
const place = rule(
  (value) => isText(value) && (isHttp(value) || /^\/(?![/\\])/.test(value)),
  "is neither a URL nor a path",
);

/** @param {string} value */
const isHttp = (value) => /^https?:\/\//i.test(value) && URL.canParse(value);

/** @param {string} value exactly what a browser sends */
const isOrigin = (value) => isText(value) && isHttp(value) && new URL(value).origin === value;

const STATES = ["queued", "rejected", "review"];

/** @type {Record<string, Rule>} of the options that may be left out */
const OPTIONAL = {
  baseUrl: url,
  routes: object,
  basePath: rule((value) => /^(\/[\w.~-]+)+$/.test(value), 'is no path such as "/relay"'),
  reviewSecret: rule((value) => typeof value === "string" && value.length >= 32, "is missing or under 32 characters"),
  operations: rule(
    isListOf((name) => PASSED_OPERATIONS.includes(name)),
    `names an operation that is not passed on (those that are: ${PASSED_OPERATIONS.join(", ")})`,
  ),
  authorize: func,
  onAlert: func,
  maxBodyBytes: positive,
  maxFields: positive,
  retentionDays: positive,
  keyRetentionDays: positive,
  timeoutMs: positive,
  statuses: rule(
    (value) =>
      isObject(value) &&
      Object.entries(value).every(([status, state]) => /^[3-5]\d\d$/.test(status) && STATES.includes(state)),
    "does not say queued, rejected or review for statuses from 300 to 599",
  ),
  siteverifyUrl: url,
};

/** @type {Record<string, Rule>} */
const REQUIRED = {
  appId: text,
  auth: object,
  origins: rule(isListOf(isOrigin), "is no list of origins such as https://www.example.com"),
  listeners: rule((value) => isObject(value) && Object.keys(value).length > 0, "names no listener"),
  outbox: rule((value) => isFunction(value?.idFromName), "is missing: bind a Durable Object as OUTBOX"),
  rateLimit: rule(
    (value) => value === false || isFunction(value?.limit),
    "is missing: bind a rate limit as RATE_LIMIT, or say rateLimit: false",
  ),
};

/** @type {Record<string, Rule>} */
const LISTENER = {
  thanks: place,
  sorry: place,
  fields: rule(
    isListOf((name) => LEAD_FIELDS.includes(name)),
    `names what is no field of the API (those that are: ${LEAD_FIELDS.join(", ")})`,
  ),
  extendedAttributes: rule(isListOf(isFree), "is no list of names that stand for nothing else"),
  honeypot: rule(isFree, "is no name that stands for nothing else"),
  turnstile: object,
  onAmbiguous: rule((value) => ["review", "resend", "drop"].includes(value), "is none of review, resend, drop"),
  dailyCap: count,
  dedupeWindowMs: count,
};

const TURNSTILE = { secret: text, hostname: text, action: text };

/** @param {unknown} name */
function isFree(name) {
  return isText(name) && ![...LEAD_FIELDS, KEY_FIELD, TURNSTILE_FIELD].includes(/** @type {string} */ (name));
}

/**
 * @param {any} options
 * @returns {string[]} what is missing or wrong
 */
export const check = (options) => {
  const problems = [
    ...against(REQUIRED, OPTIONAL, options, ""),
    ...(isObject(options.auth) ? credentials(options.auth) : []),
    ...Object.entries(isObject(options.listeners) ? options.listeners : {}).flatMap(([id, listener]) =>
      isObject(listener) ? listenerProblems(listener, `listeners.${id}`) : `listeners.${id} is no object`,
    ),
  ];
  if (options.operations?.length > 0 && options.authorize === undefined) {
    problems.push("authorize is missing: operations are passed on only for those whom it lets");
  }
  return problems;
};

/** @param {Record<string, any>} listener @param {string} path */
const listenerProblems = (listener, path) => [
  ...against({}, LISTENER, listener, `${path}.`),
  ...(isObject(listener.turnstile) ? against(TURNSTILE, {}, listener.turnstile, `${path}.turnstile.`) : []),
  ...(listener.extendedAttributes?.includes?.(listener.honeypot)
    ? [`${path}.honeypot is one of its extendedAttributes`]
    : []),
];

/** @param {Record<string, any>} auth */
const credentials = (auth) =>
  "apiKey" in auth
    ? against(
        { apiKey: text },
        { in: rule((value) => value === "query" || value === "body", "is neither query nor body") },
        auth,
        "auth.",
      )
    : against({ username: text, password: text }, {}, auth, "auth.");

/**
 * A guard whose option is misspelt would be off without a word: no name may be given that is not known.
 * @param {Record<string, Rule>} required
 * @param {Record<string, Rule>} optional
 * @param {Record<string, any>} options
 * @param {string} prefix
 */
const against = (required, optional, options, prefix) => [
  ...Object.entries(required).flatMap(([name, rule]) => problem(rule, options[name], prefix + name)),
  ...Object.entries(options)
    .filter(([name]) => !Object.hasOwn(required, name))
    .flatMap(([name, value]) => {
      if (!Object.hasOwn(optional, name)) return `${prefix}${name} is no option`;
      const isLeftOut = value === undefined && !SECRETS.includes(name);
      return isLeftOut ? [] : problem(/** @type {Rule} */ (optional[name]), value, prefix + name);
    }),
];

/** Given as undefined, they are secrets that were never set. */
const SECRETS = ["reviewSecret"];

/** @param {Rule} rule @param {unknown} value @param {string} name @returns {string[]} */
const problem = (rule, value, name) => {
  const expected = rule(value);
  return expected ? [`${name} ${expected}`] : [];
};
