// Which sentence and which hint an error has, as the guide shows it: each row is a call that failed.
// BLESS=1 writes the tables.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import test from "node:test";
import { Botsplash, BotsplashError } from "botsplash";
import { markdownTable } from "../../scripts/lib/markdown-table.js";
import { at } from "../../scripts/lib/paths.js";
import { connectionCases, knownIn, senders } from "../http/support/connection-cases.js";

/** @typedef {import("botsplash").ClientOptions} Options */
/** @typedef {{ delivery: string, code: string, situation: string, summary: string, hint: string }} Line */

const GUIDE = at("docs", "errors.md");
const submission = { visitor: { phoneNumber: "3334445555" } };
const auth = { username: "acme", password: "pass" };
const codes = ["validation", "configuration", "network", "timeout", "aborted", "http", "decode"];
const deliveries = ["not_sent", "rejected", "accepted", "unknown"];

/** @param {() => unknown} answer @param {Partial<Options>} [options] */
const client = (answer, options) =>
  new Botsplash({
    appId: "acme",
    baseUrl: "https://relay.test",
    retries: 0,
    fetch: async () => /** @type {Response} */ (await answer()),
    ...options,
  });

/** @param {() => unknown} answer @param {Partial<Options>} [options] @param {{ signal: AbortSignal }} [call] */
const submit = (answer, options, call) => client(answer, options).submitListener("welcome", submission, call);

/** @param {number} status @param {BodyInit} [body] @param {Record<string, string>} [headers] */
const answers =
  (status, body = "", headers = {}) =>
  () =>
    new Response(body, { status, headers });

const never = () => new Promise(() => {});
const lost = () => Promise.reject(new TypeError("fetch failed"));
/** A success whose answer begins, and goes no further. @param {(c: ReadableStreamDefaultController) => void} [then] */
const begun = (then) => () =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode("{"));
        then?.(controller);
      },
    }),
  );

/** @template T @param {string} name @param {unknown} value @param {() => Promise<T>} run with that global */
const having = async (name, value, run) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    if (before) Object.defineProperty(globalThis, name, before);
    else Reflect.deleteProperty(globalThis, name);
  }
};

/** @template T @param {() => Promise<T>} run */
const inPage = (run) => having("document", {}, run);

/** A copy that has not started anything yet. @param {string} name @returns {Promise<Botsplash>} */
const cold = async (name) => {
  const { Botsplash } = await import(`${import.meta.resolve("botsplash").replace("index.js", "inlined.js")}?${name}`);
  return new Botsplash({ appId: "acme", baseUrl: "https://relay.test" });
};

const refusedPort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
};

/** Aborts when the request has been made. @param {() => unknown} answer */
const abortedAfter = (answer) => {
  const controller = new AbortController();
  return submit(
    () => {
      setImmediate(() => controller.abort());
      return answer();
    },
    { retries: 1 },
    { signal: controller.signal },
  );
};

/** @type {[situation: string, fail: () => Promise<unknown>][]} */
const situations = [
  ["a misspelt field", () => client(never).submitListener("welcome", /** @type {any} */ ({ visiter: {} }))],
  ["a field of another type", () => client(never).sendMessage(/** @type {any} */ ({ text: 7 }))],
  ["a wrong option", () => submit(never, { retries: 11 })],
  ["credentials in a page", () => inPage(() => submit(never, { auth }))],
  [
    "a policy that forbids WebAssembly",
    () =>
      having("WebAssembly", { instantiate: lost }, async () =>
        (await cold("policy")).submitListener("welcome", submission),
      ),
  ],
  [
    "no WebAssembly at all",
    () => having("WebAssembly", undefined, async () => (await cold("none")).submitListener("welcome", submission)),
  ],
  [
    "a call after `free()`",
    () => {
      const freed = client(never);
      freed.free();
      return freed.submitListener("welcome", submission);
    },
  ],
  [
    "no `fetch`",
    () =>
      having("fetch", undefined, () =>
        new Botsplash({ appId: "acme", baseUrl: "https://relay.test" }).submitListener("welcome", submission),
      ),
  ],
  [
    "a connection that was never made (Node, Bun, Deno)",
    async () =>
      new Botsplash({ appId: "acme", baseUrl: await refusedPort(), retries: 0 }).submitListener("welcome", submission),
  ],
  ["a lost connection", () => submit(lost)],
  ["the same in a page, without credentials", () => inPage(() => submit(lost))],
  ["the same in a page, with credentials", () => inPage(() => submit(lost, { auth, allowBrowserCredentials: true }))],
  ["a success whose response breaks off", () => submit(begun((controller) => controller.error(new Error("reset"))))],
  ["no response in time", () => submit(never, { timeoutMs: 20 })],
  ["a success whose response stops", () => submit(begun(), { timeoutMs: 20 })],
  ["a signal that has aborted before", () => submit(never, {}, { signal: AbortSignal.abort() })],
  ["a signal that aborts in flight", () => abortedAfter(never)],
  ["a signal that aborts before a retry", () => abortedAfter(answers(429, "", { "retry-after": "20" }))],
  ["a signal that aborts while a success is read", () => abortedAfter(begun())],
  ["400", () => submit(answers(400, '{"error":"no such team"}'))],
  ["401 or 403, with credentials", () => submit(answers(401), { auth })],
  ["401 or 403, without credentials", () => submit(answers(403))],
  ["404 or 405, a published route", () => submit(answers(404))],
  ["404 or 405, an assumed route", () => client(answers(404)).sendMessage({ text: "Hello" })],
  ["429", () => submit(answers(429))],
  ["a redirect", () => submit(answers(302, "", { location: "/" }))],
  ["409", () => submit(answers(409, '{"error":"conflict"}'))],
  ["500", () => submit(answers(500))],
  ["a success that is not JSON", () => submit(answers(200, "<html>"))],
];

/** @returns {Promise<Line[]>} in the order of the deliveries and codes */
const lines = async () => {
  const lines = [];
  for (const [situation, fail] of situations) {
    const error = await fail().then(
      () => assert.fail(`${situation} did not fail`),
      (error) => error,
    );
    assert.ok(error?.name === BotsplashError.name, `${situation}: ${error}`);
    const { delivery, code, summary, hint = "" } = error;
    lines.push({ delivery, code, situation, summary: summary.replace(/^(submitListener|sendMessage): /, ""), hint });
  }
  const rank = (/** @type {Line} */ { delivery, code }) =>
    deliveries.indexOf(delivery) * codes.length + codes.indexOf(code);
  return lines.sort((one, other) => rank(one) - rank(other));
};

/** Holds the guide to a table of that name. @param {string} name @param {string} made */
const hold = (name, made) => {
  const text = readFileSync(GUIDE, "utf8");
  const [begin, end] = [`<!-- ${name}: made by tests/docs/errors-table.test.js -->\n\n`, `\n\n<!-- end of ${name} -->`];
  const [before, rest = ""] = text.split(begin);
  const [, after] = rest.split(end);
  assert.ok(after !== undefined, `${GUIDE} has no place for the table of ${name}`);
  const now = before + begin + made + end + after;
  if (process.env.BLESS === "1") writeFileSync(GUIDE, now);
  assert.ok(
    now === text || process.env.BLESS === "1",
    `docs/errors.md: BLESS=1 node --import tsx --test tests/docs/errors-table.test.js writes the table of ${name}:\n${made}`,
  );
};

test("the guide shows the sentence and the hint of each delivery and code", async () => {
  const all = await lines();
  assert.deepEqual(new Set(all.map(({ code }) => code)), new Set(codes));
  assert.deepEqual(new Set(all.map(({ delivery }) => delivery)), new Set(deliveries));
  const rows = all.map(({ delivery, code, situation, summary, hint }) => [
    `\`${delivery}\``,
    `\`${code}\``,
    situation,
    summary,
    hint,
  ]);
  hold("sentences", markdownTable([["`delivery`", "`code`", "after", "what the error says", "`hint`"], ...rows]));
});

test("the guide shows what each runtime knows of a failed connection", () => {
  const names = /** @type {import("../http/support/connection-cases.js").Sender[]} */ (Object.keys(senders));
  const rows = connectionCases.map((one) => [one.name, ...names.map((name) => `\`${knownIn(one, name)}\``)]);
  hold("connections", markdownTable([["", ...Object.values(senders)], ...rows]));
});
