import { Refusal } from "./refusal.ts";

/**
 * What should go wrong, when, and how often. Exactly one thing goes wrong at a time: one of `hang`,
 * `reset`, `truncate`, `brokenJson`, `html`, `empty`, `redirect`, `delayMs`, `slowBody`, or a mere
 * `status`.
 * @typedef {object} Fault
 * @property {string} [operation] Only for this operation. Otherwise for the next one, whichever it is.
 * @property {number} [times] For how many requests, 1 unless given. Infinity: until `reset()`.
 * @property {"before" | "after"} [when] `before` (the default): the request has no effect. `after`: it
 *   has its effect, and the answer goes wrong.
 * @property {number} [status] Answers this status; beside `truncate`, `brokenJson`, `html`, `empty`,
 *   `redirect` or `slowBody`, replaces theirs.
 * @property {unknown} [body] With a mere `status`: a string, sent as it is, or a JSON value.
 * @property {Record<string, string>} [headers] Added to the answer, such as `{ "Retry-After": "1" }`.
 * @property {true} [hang] Never answers.
 * @property {true} [reset] Tears the connection instead of answering.
 * @property {true} [truncate] Sends the headers and half of the body, then tears the connection.
 * @property {true} [brokenJson] Answers with JSON that breaks off, on a connection that does not.
 * @property {true} [html] Answers with an HTML page.
 * @property {true} [empty] Answers with no body.
 * @property {string} [redirect] Redirects to this location, with a 302.
 * @property {number} [delayMs] Waits, before the effect or after it, and then answers as always.
 * @property {true} [slowBody] Sends the headers at once and half of the body, then nothing more.
 */

/**
 * What goes back to the caller. `ends` says how the body does: whole, torn off in the middle, or never.
 * @typedef {{ status: number, headers: Record<string, string>, body: string, ends: "whole" | "torn" | "never" }} Answer
 * @typedef {Answer | "hang" | "reset"} Reply
 */

const KINDS = /** @type {const} */ ([
  "hang",
  "reset",
  "truncate",
  "brokenJson",
  "html",
  "empty",
  "redirect",
  "delayMs",
  "slowBody",
]);
const FIELDS = [...KINDS, "operation", "times", "when", "status", "body", "headers"];
const JSON_TYPE = { "content-type": "application/json" };

/** @param {number} status @param {unknown} body @param {Record<string, string>} [headers] @returns {Answer} */
export function jsonAnswer(status, body, headers) {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body), ends: "whole" };
}

/** The faults that are still to come, in the order in which they were asked for. */
export function createFaults() {
  /** @type {(Fault & { left: number })[]} */
  const queue = [];
  return {
    /** @param {Fault} fault @param {readonly string[]} operations */
    add(fault, operations) {
      check(fault, operations);
      queue.push({ ...fault, left: fault.times ?? 1 });
    },
    /** @param {string} operation @returns {Fault | undefined} */
    take(operation) {
      const index = queue.findIndex((fault) => (fault.operation ?? operation) === operation);
      const fault = queue[index];
      if (fault && --fault.left === 0) queue.splice(index, 1);
      return fault;
    },
    clear() {
      queue.length = 0;
    },
  };
}

/**
 * A fault that is misspelt would let a test pass that proves nothing.
 * @param {Fault} fault @param {readonly string[]} operations
 */
function check(fault, operations) {
  if (typeof fault !== "object" || fault === null) throw new TypeError("fault(): expected an object");
  const given = Object.keys(fault).filter((key) => /** @type {any} */ (fault)[key] !== undefined);
  const stray = given.find((key) => !FIELDS.includes(key));
  if (stray) throw new TypeError(`fault(): "${stray}" is not one of ${FIELDS.join(", ")}`);
  const kinds = KINDS.filter((kind) => given.includes(kind));
  if (kinds.length > 1) throw new TypeError(`fault(): ${kinds.join(" and ")} exclude each other`);
  if (kinds.length === 0 && fault.status === undefined) {
    throw new TypeError(`fault(): say what goes wrong: status, or one of ${KINDS.join(", ")}`);
  }
  /** @param {boolean} ok @param {string} message */
  const need = (ok, message) => {
    if (!ok) throw new TypeError(`fault(): ${message}`);
  };
  const { operation, times = 1, when = "before", status = 500, redirect, delayMs = 0, body } = fault;
  need(operation === undefined || operations.includes(operation), `operation is one of ${operations.join(", ")}`);
  need(times === Infinity || (Number.isInteger(times) && times > 0), "times is a positive integer or Infinity");
  need(when === "before" || when === "after", 'when is "before" or "after"');
  need(Number.isInteger(status) && status >= 200 && status <= 599, "status is an integer from 200 to 599");
  need(redirect === undefined || typeof redirect === "string", "redirect is a location");
  need(Number.isFinite(delayMs) && delayMs >= 0, "delayMs is a number of milliseconds");
  need(body === undefined || kinds.length === 0, "body goes with a mere status");
  for (const kind of kinds) {
    if (kind !== "redirect" && kind !== "delayMs") need(fault[kind] === true, `${kind} is true or left out`);
  }
}

/**
 * The answer gone wrong.
 * @param {Fault} fault Any but a delay.
 * @param {Answer} sound The answer as it would have been.
 * @returns {Reply}
 */
export function spoil(fault, sound) {
  if (fault.hang) return "hang";
  if (fault.reset) return "reset";
  const { status, headers, body, ends } = spoilt(fault, sound);
  return {
    status: fault.status ?? status,
    headers: { ...headers, ...lowerCaseNames(fault.headers ?? {}) },
    body,
    ends,
  };
}

/** @param {Fault} fault @param {Answer} sound @returns {Answer} */
function spoilt(fault, sound) {
  const half = sound.body.slice(0, Math.ceil(sound.body.length / 2));
  if (fault.truncate) {
    const length = String(new TextEncoder().encode(sound.body).length);
    return { ...sound, headers: { ...sound.headers, "content-length": length }, body: half, ends: "torn" };
  }
  if (fault.slowBody) return { ...sound, body: half, ends: "never" };
  if (fault.brokenJson) return { status: 200, headers: JSON_TYPE, body: '{"success":tr', ends: "whole" };
  if (fault.empty) return { status: 200, headers: JSON_TYPE, body: "", ends: "whole" };
  if (fault.html) {
    const page = "<!doctype html><title>Something went wrong</title><h1>Something went wrong</h1>\n";
    return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: page, ends: "whole" };
  }
  if (fault.redirect !== undefined) {
    return { status: 302, headers: { location: fault.redirect }, body: "", ends: "whole" };
  }
  if (typeof fault.body === "string") {
    return { status: 500, headers: { "content-type": "text/plain; charset=utf-8" }, body: fault.body, ends: "whole" };
  }
  const refusal = new Refusal(500, "fault_injected", "The sandbox was told to answer so.");
  return jsonAnswer(500, fault.body ?? refusal.body);
}

/** @param {Record<string, string>} headers */
function lowerCaseNames(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
