import { answer, hang, later, reset, resetBefore, stuck, torn } from "./behaviors.js";

/**
 * How a call can end, and what must be known about it then.
 *
 * @typedef {import("./scripted-server.js").Behavior} Behavior
 *
 * @typedef {object} Outcome
 * @property {string} name
 * @property {Behavior[]} script What the server does to the first request, the second, and so on.
 * @property {[read: number, idempotent: number, send: number]} requests How many are made of each kind
 *   of operation, with the retries that there are by default.
 * @property {string} [code] Missing where the call succeeds.
 * @property {string} [delivery]
 * @property {(number | undefined)[]} [statuses] Of the attempts, if they differ; else all are `status`.
 * @property {number} [status]
 * @property {boolean} [closed] Nobody listens at the server's port.
 * @property {boolean} [repeatedByFetch] Fetch, as its standard has it, tries a 421 again on another
 *   connection, beneath anyone who calls it. The status says that nobody has processed the request.
 * @property {"abort" | "timeout"} [ends] What ends the call on the caller's side.
 * @property {"before" | "arrived" | "answered" | "attempted"} [when] And when: before the call, when
 *   a request has arrived, when the head of an answer has, when an attempt is over.
 * @property {number[]} [waits] The long waits between the attempts, as many as there are.
 * @property {number} [retryAfterMs]
 * @property {Partial<Outcome>} [send] What is different for what acts on a person.
 */

const once = /** @type {[number, number, number]} */ ([1, 1, 1]);
/** Twice again, unless it acts on a person. */
const again = /** @type {[number, number, number]} */ ([3, 3, 1]);
const always = /** @type {[number, number, number]} */ ([3, 3, 3]);
const twice = /** @type {[number, number, number]} */ ([2, 2, 2]);

/** A Retry-After that the tests do not wait for, and the longest that is honoured. */
const SOON = "17";
const LONGEST = "30";
const TOO_LONG = "31";

/** @param {number} status @param {Outcome["requests"]} requests @param {string} delivery @returns {Outcome} */
const refused = (status, requests, delivery) => ({
  name: `status ${status}`,
  script: [answer(status)],
  requests,
  code: "http",
  delivery,
  status,
});

/** @param {number} status @returns {Outcome} */
const fine = (status) => ({ name: `status ${status}`, script: [answer(status)], requests: once });

/** @param {string} name @param {Behavior} behavior @returns {Outcome} */
const unreadable = (name, behavior) => ({
  name,
  script: [behavior],
  requests: once,
  code: "decode",
  delivery: "accepted",
  status: 200,
});

/** @param {string} value @returns {Outcome[]} a Retry-After that says nothing */
const unread = (value) => [
  {
    name: `429 with Retry-After: ${value}`,
    script: [later(429, value)],
    requests: always,
    code: "http",
    delivery: "rejected",
    status: 429,
    waits: [],
  },
  {
    name: `503 with Retry-After: ${value}`,
    script: [later(503, value)],
    requests: again,
    code: "http",
    delivery: "unknown",
    status: 503,
    waits: [],
  },
];

const html = answer(200, "<!doctype html><title>Welcome</title>", { "content-type": "text/html" });

/** @type {Outcome[]} */
export const outcomes = [
  ...[200, 201, 202, 203, 206, 226, 299].map(fine),
  ...[300, 301, 302, 303, 304, 305, 307, 308, 399].map((status) => refused(status, once, "unknown")),
  ...[400, 401, 403, 404, 405, 413, 415, 422, 425].map((status) => refused(status, once, "rejected")),
  ...[402, 406, 409, 410, 412, 418, 423, 424, 426, 451, 499].map((status) => refused(status, once, "unknown")),
  refused(408, again, "unknown"),
  { ...refused(421, once, "rejected"), repeatedByFetch: true },
  // Fetch keeps it to itself.
  { name: "status 407", script: [answer(407)], requests: again, code: "network", delivery: "unknown" },
  ...[500, 501, 502, 503, 504, 505, 507, 511, 520, 521, 522, 523, 524, 525, 526, 530, 599].map((status) =>
    refused(status, again, "unknown"),
  ),
  refused(429, always, "rejected"),

  {
    name: "429 with Retry-After: 0",
    script: [later(429, "0")],
    requests: always,
    code: "http",
    delivery: "rejected",
    status: 429,
    retryAfterMs: 0,
    waits: [],
  },
  {
    name: "503 with Retry-After: 0",
    script: [later(503, "0")],
    requests: always,
    code: "http",
    delivery: "unknown",
    status: 503,
    retryAfterMs: 0,
    waits: [],
  },
  {
    name: "429 with Retry-After in seconds",
    script: [later(429, SOON)],
    requests: always,
    code: "http",
    delivery: "rejected",
    status: 429,
    retryAfterMs: 17_000,
    waits: [17_000, 17_000],
  },
  {
    name: "503 with Retry-After in seconds",
    script: [later(503, SOON)],
    requests: always,
    code: "http",
    delivery: "unknown",
    status: 503,
    retryAfterMs: 17_000,
    waits: [17_000, 17_000],
  },
  {
    name: "429 with the longest Retry-After, then 200",
    script: [later(429, LONGEST), answer(200)],
    requests: twice,
    waits: [30_000],
  },
  {
    name: "429 with a Retry-After beyond the longest wait",
    script: [later(429, TOO_LONG)],
    requests: once,
    code: "http",
    delivery: "rejected",
    status: 429,
    retryAfterMs: 31_000,
    waits: [],
  },
  {
    name: "503 with a Retry-After beyond the longest wait",
    script: [later(503, TOO_LONG)],
    requests: once,
    code: "http",
    delivery: "unknown",
    status: 503,
    retryAfterMs: 31_000,
    waits: [],
  },
  {
    name: "429 with a Retry-After beyond all numbers",
    script: [later(429, "9".repeat(40))],
    requests: once,
    code: "http",
    delivery: "rejected",
    status: 429,
    retryAfterMs: 2_147_483_647,
    waits: [],
  },
  {
    name: "429 with a Retry-After date that is far away",
    requests: once,
    script: [later(429, "Tue, 31 Dec 2999 23:59:59 GMT")],
    code: "http",
    delivery: "rejected",
    status: 429,
    retryAfterMs: 2_147_483_647,
    waits: [],
  },
  {
    name: "429 with a Retry-After date that has passed",
    requests: always,
    script: [later(429, "Sun, 06 Nov 1994 08:49:37 GMT")],
    code: "http",
    delivery: "rejected",
    status: 429,
    retryAfterMs: 0,
    waits: [],
  },
  ...["NaN", "-1", "1.5", "Infinity", "soon", "2030-08-24T14:15:22Z"].flatMap(unread),
  {
    name: "500 with Retry-After",
    script: [later(500, SOON)],
    requests: again,
    code: "http",
    delivery: "unknown",
    status: 500,
    retryAfterMs: 17_000,
    waits: [17_000, 17_000],
  },
  {
    name: "400 with Retry-After",
    script: [later(400, SOON)],
    requests: once,
    code: "http",
    delivery: "rejected",
    status: 400,
    retryAfterMs: 17_000,
    waits: [],
  },

  { name: "a refused connection", closed: true, script: [], requests: again, code: "network", delivery: "unknown" },
  { name: "a reset before the effect", script: [resetBefore], requests: again, code: "network", delivery: "unknown" },
  { name: "a reset after the effect", script: [reset], requests: again, code: "network", delivery: "unknown" },
  {
    name: "a reset in the body of a 200",
    script: [torn(200)],
    requests: again,
    code: "network",
    delivery: "accepted",
    status: 200,
  },
  {
    name: "a reset in the body of a 400",
    script: [torn(400)],
    requests: once,
    code: "http",
    delivery: "rejected",
    status: 400,
  },
  {
    name: "a reset in the body of a 500",
    script: [torn(500)],
    requests: again,
    code: "http",
    delivery: "unknown",
    status: 500,
  },

  {
    name: "a timeout before the head",
    script: [hang],
    ends: "timeout",
    when: "arrived",
    requests: again,
    code: "timeout",
    delivery: "unknown",
  },
  {
    name: "a timeout in the body of a 200",
    script: [stuck(200)],
    ends: "timeout",
    when: "answered",
    requests: again,
    code: "timeout",
    delivery: "accepted",
    status: 200,
  },
  {
    name: "a timeout in the body of a 500",
    script: [stuck(500)],
    ends: "timeout",
    when: "answered",
    requests: again,
    code: "http",
    delivery: "unknown",
    status: 500,
  },
  {
    name: "a timeout in the body of a 422",
    script: [stuck(422)],
    ends: "timeout",
    when: "answered",
    requests: once,
    code: "http",
    delivery: "rejected",
    status: 422,
  },

  {
    name: "an abort before the call",
    script: [answer(200)],
    ends: "abort",
    when: "before",
    requests: [0, 0, 0],
    code: "aborted",
    delivery: "not_sent",
  },
  {
    name: "an abort before the head",
    script: [hang],
    ends: "abort",
    when: "arrived",
    requests: once,
    code: "aborted",
    delivery: "unknown",
  },
  {
    name: "an abort in the body of a 200",
    script: [stuck(200)],
    ends: "abort",
    when: "answered",
    requests: once,
    code: "aborted",
    delivery: "accepted",
    status: 200,
  },
  {
    name: "an abort in the body of a 422",
    script: [stuck(422)],
    ends: "abort",
    when: "answered",
    requests: once,
    code: "aborted",
    delivery: "rejected",
    status: 422,
  },
  {
    name: "an abort in the body of a 500",
    script: [stuck(500)],
    ends: "abort",
    when: "answered",
    requests: once,
    code: "aborted",
    delivery: "unknown",
    status: 500,
  },
  {
    name: "an abort while a 429's retry is waited for",
    script: [later(429, "5")],
    ends: "abort",
    when: "attempted",
    requests: once,
    code: "aborted",
    delivery: "rejected",
    status: 429,
    retryAfterMs: 5000,
  },
  {
    name: "an abort while a 503's retry is waited for",
    script: [later(503, "5")],
    ends: "abort",
    when: "attempted",
    requests: once,
    code: "aborted",
    delivery: "unknown",
    status: 503,
    retryAfterMs: 5000,
  },

  unreadable("broken JSON", answer(200, '{"success":tr')),
  ...["null", "[]", '"x"', "1", "true"].map((json) => unreadable(`the JSON ${json}`, answer(200, json))),
  unreadable("an HTML page", html),
  unreadable("an empty body", answer(200, "")),
  unreadable("bytes that are not text", answer(200, "\u0000\ufffd")),
  { name: "a 204", script: [answer(204)], requests: once, code: "decode", delivery: "accepted", status: 204 },
  {
    name: "an HTML page with a 502",
    requests: again,
    code: "http",
    delivery: "unknown",
    status: 502,
    script: [answer(502, "<h1>Bad Gateway</h1>", { "content-type": "text/html" })],
  },

  {
    name: "503, then 401",
    script: [answer(503), answer(401)],
    requests: [2, 2, 1],
    code: "http",
    delivery: "unknown",
    status: 401,
    statuses: [503, 401],
    send: { status: 503 },
  },
  {
    name: "503 with Retry-After, then 401",
    script: [later(503, "0"), answer(401)],
    requests: twice,
    code: "http",
    delivery: "unknown",
    status: 401,
    statuses: [503, 401],
  },
  { name: "429, then 200", script: [answer(429), answer(200)], requests: twice },
  { name: "429 twice, then 200", script: [answer(429), answer(429), answer(200)], requests: always },
  {
    name: "500, then 200",
    script: [answer(500), answer(200)],
    requests: [2, 2, 1],
    send: { code: "http", delivery: "unknown", status: 500 },
  },
  {
    name: "429, then a reset",
    script: [answer(429), reset],
    requests: [3, 3, 2],
    code: "network",
    delivery: "unknown",
    statuses: [429, undefined, undefined],
  },
  {
    name: "429, then 500",
    script: [answer(429), answer(500)],
    requests: [3, 3, 2],
    code: "http",
    delivery: "unknown",
    status: 500,
    statuses: [429, 500, 500],
  },
  {
    name: "429, then 403",
    script: [answer(429), answer(403)],
    requests: twice,
    code: "http",
    delivery: "rejected",
    status: 403,
    statuses: [429, 403],
  },
  {
    name: "a reset in the body of a 200, then 400",
    script: [torn(200), answer(400)],
    requests: [2, 2, 1],
    code: "http",
    delivery: "accepted",
    status: 400,
    statuses: [200, 400],
    send: { code: "network", status: 200 },
  },
];
