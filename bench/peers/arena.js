// Runs the contestants against a fetch in memory. One of these is bundled for each runtime.
import { cases } from "./cases.js";
import { fetchOf, setup } from "./contestant-setup.js";
import { contestants } from "./contestants.js";

let requests = 0;
let status = 200;
let text = "";
const headers = { "content-type": "application/json" };

/** @type {(request: Request) => Promise<Response>} */
const answering = async () => {
  requests += 1;
  return new Response(text, { status, headers });
};
let answer = answering;
const fetch = fetchOf((request) => answer(request));

/** @type {Map<string, any>} */
const clients = new Map();

/** @param {string} name */
const clientOf = (name) => {
  const client = clients.get(name) ?? contestants[name]({ ...setup, fetch });
  clients.set(name, client);
  return client;
};

/** @param {string} name of a case */
const play = (name) => {
  answer = answering;
  requests = 0;
  const one = cases[name];
  status = one.status ?? 200;
  text = JSON.stringify(one.answer);
  return one;
};

export const names = Object.keys(contestants);
export const caseNames = Object.keys(cases);

/**
 * Makes calls, one after another.
 * @param {string} contestant
 * @param {string} name of the case
 * @param {number} count
 * @returns {Promise<{ ms: number, requests: number, failures: number }>}
 */
export const run = async (contestant, name, count) => {
  const { call } = play(name);
  const client = clientOf(contestant);
  let failures = 0;
  const started = performance.now();
  for (let done = 0; done < count; done++) {
    try {
      await call(client);
    } catch {
      failures += 1;
    }
  }
  return { ms: performance.now() - started, requests, failures };
};

/**
 * Makes one call and looks at it closely.
 * @param {string} contestant
 * @param {string} name of the case
 * @returns {Promise<string[]>} what is wrong
 */
export const verify = async (contestant, name) => {
  const { call, path, body, answer: expected, status: given = 200 } = play(name);
  /** @type {string[]} */
  const wrong = [];
  /** @param {string} what @param {unknown} found @param {unknown} wanted */
  const same = (what, found, wanted) => {
    if (canonical(found) !== canonical(wanted)) {
      wrong.push(
        `${contestant}, ${name}: ${what} is ${canonical(found).slice(0, 300)}, not ${canonical(wanted).slice(0, 300)}`,
      );
    }
  };
  answer = async (request) => {
    // It writes a form, with a key of its own.
    if (contestant === "stripe") return answering(request);
    same("the method", request.method, "POST");
    same("the URL", request.url, `${setup.baseUrl}/${setup.appId}${path}`);
    same("Authorization", request.headers.get("authorization"), setup.authorization);
    same("Accept", request.headers.get("accept"), "application/json");
    same("Content-Type", request.headers.get("content-type"), "application/json");
    same("the body", await request.json(), body);
    return answering(request);
  };
  const outcome = await call(clientOf(contestant)).then(
    (value) => ({ value }),
    (error) => ({ error: String(error?.message ?? error) }),
  );
  if (path === undefined && contestant.startsWith("raw")) return [];
  same("the number of requests", requests, path === undefined ? 0 : 1);
  if (path === undefined || given !== 200) same("whether it failed", "error" in outcome, true);
  else same("the answer", outcome.value, expected);
  return wrong;
};

/** @param {unknown} value its JSON, names in order */
const canonical = (value) =>
  JSON.stringify(value, (_, item) =>
    item && typeof item === "object" && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  ) ?? "undefined";
