// The client itself: what it promises beside the requests it makes.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { inspect } from "node:util";
import { createSandbox } from "../../sandbox/index.ts";
import { answer, hang, later, stuck } from "./support/behaviors.js";
import { Botsplash, BotsplashError, bodyOf, isBotsplashError } from "./support/botsplash.js";
import { DEADLINE, takeClock } from "./support/clock.js";
import { connect, failure } from "./support/failure.js";
import { operation, operations, picture, submitted } from "./support/operation-cases.js";
import { serve } from "./support/scripted-server.js";

/** @typedef {import("../../pkg/dist/index.js").AttemptEvent} AttemptEvent */

test("an answer reaches the caller as it came, unknown fields and wrong types and all", {
  timeout: 20_000,
}, async (t) => {
  const texts = [
    submitted,
    "{}",
    '{"success":"yes","requestId":null,"new":{"deep":[1,{"a":null}]},"__proto__":{"x":1},"then":"text"}',
    '{"id":7,"archived":"no","deliveryStatus":"202","meetings":{}}',
  ];
  for (const text of texts) {
    const server = await serve(t, answer(200, text));
    const client = connect(server);
    for (const one of operations) {
      const answered = await one.call(client);
      assert.equal(JSON.stringify(answered), text);
      assert.deepEqual(answered, JSON.parse(text));
    }
  }
});

test("an answer with a byte order mark or white space is still JSON", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(200, '\ufeff\n {"success":true}\n'));
  assert.deepEqual(await operation("submitListener").call(connect(server)), { success: true });
});

test("a call's own options take the place of the client's", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(429, "{}", { "retry-after": "0" }));
  const client = connect(server, { retries: 5 });
  await failure(client.sendMessage({ text: "Hello" }, { retries: 1 }));
  assert.equal(server.received.length, 2);
  await failure(client.sendMessage({ text: "Hello" }, { retries: 0 }));
  assert.equal(server.received.length, 3);
  await failure(client.sendMessage({ text: "Hello" }, {}));
  assert.equal(server.received.length, 9);
  await failure(connect(server, { retries: 0 }).sendMessage({ text: "Hello" }, { retries: 2 }));
  assert.equal(server.received.length, 12);
});

test("a call's own timeout takes the place of the client's", { timeout: 20_000 }, async (t) => {
  const clock = takeClock();
  t.after(clock.giveBack);
  const server = await serve(t, () => clock.pass());
  const error = await failure(
    connect(server, { timeoutMs: 1_000_000 }).sendMessage({ text: "Hello" }, { timeoutMs: DEADLINE }),
  );
  assert.equal(error.code, "timeout");
  assert.match(error.message, new RegExp(`${DEADLINE} ms`));
});

test("retries: 0 is absolute", { timeout: 20_000 }, async (t) => {
  for (const behave of [answer(429), later(429, "0"), later(503, "0"), answer(500), answer(408)]) {
    const server = await serve(t, behave);
    for (const one of operations) {
      server.received.length = 0;
      await failure(one.call(connect(server, { retries: 0 })));
      assert.equal(server.received.length, 1, one.name);
    }
  }
});

test("a real deadline ends a call, wherever the answer hangs", { timeout: 20_000 }, async (t) => {
  for (const behave of [hang, stuck(200), stuck(500)]) {
    const server = await serve(t, behave);
    // Long enough for the request to arrive, however busy the machine is.
    for (let timeoutMs = 60; server.received.length === 0; timeoutMs *= 10) {
      assert.ok(timeoutMs <= 6000);
      const error = await failure(connect(server, { timeoutMs, retries: 0 }).listMeetings({ clientAppId: "1" }));
      assert.ok(["timeout", "http"].includes(error.code));
    }
    assert.equal(server.received.length, 1);
  }
});

test("all attempts and waits together end within the time for all attempts", { timeout: 20_000 }, async (t) => {
  const clock = takeClock();
  t.after(clock.giveBack);
  const server = await serve(t, later(429, "30"));
  // Three attempts of 12 seconds leave room for one wait of 30, not for two.
  const error = await failure(connect(server, { timeoutMs: 12_000, retries: 2 }).sendMessage({ text: "Hello" }));
  assert.equal(server.received.length, 2);
  assert.equal(error.retryAfterMs, 30_000);
});

test("fifty calls at once on one client do not get in each other's way", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, (response, { body }) => {
    const { text } = JSON.parse(body.toString());
    const send = () => void response.writeHead(Number(text) % 5 ? 200 : 400).end(JSON.stringify({ handle: text }));
    setTimeout(send, (Number(text) * 7) % 11);
  });
  const client = connect(server);
  const texts = Array.from({ length: 50 }, (_, at) => String(at));
  const outcomes = await Promise.allSettled(texts.map((text) => client.sendMessage({ text })));
  assert.equal(server.received.length, 50);
  for (const [at, outcome] of outcomes.entries()) {
    if (at % 5) assert.deepEqual(outcome, { status: "fulfilled", value: { handle: String(at) } });
    else assert.deepEqual(bodyOf(/** @type {PromiseRejectedResult} */ (outcome).reason), { handle: String(at) });
  }
});

test("two clients share nothing", { timeout: 20_000 }, async (t) => {
  const [one, two] = [await serve(t, answer(200, '{"handle":"one"}')), await serve(t, answer(400, "{}"))];
  /** @type {AttemptEvent[]} */
  const events = [];
  const first = connect(one, { appId: "first", auth: { apiKey: "k1" }, onAttempt: (event) => void events.push(event) });
  const second = connect(two, { appId: "second", auth: { username: "u", password: "p" } });
  const [good, bad] = await Promise.allSettled([first.sendMessage({ text: "1" }), second.sendMessage({ text: "2" })]);
  assert.deepEqual([good.status, bad.status], ["fulfilled", "rejected"]);
  assert.deepEqual(
    one.received.map(({ target }) => target),
    ["/open/v1/first/message?api_key=k1"],
  );
  assert.deepEqual(
    two.received.map(({ target }) => target),
    ["/open/v1/second/message"],
  );
  assert.equal(events.length, 1);
  second.free();
  await first.sendMessage({ text: "3" });
  assert.equal(one.received.length, 2);
});

test("an attempt's event has these fields and no others", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(503), answer(503), answer(200));
  const random = Math.random;
  Math.random = () => 0;
  t.after(() => void (Math.random = random));
  /** @type {AttemptEvent[]} */
  const events = [];
  await operation("updateVisitor").call(connect(server, { onAttempt: (event) => void events.push(event) }));
  assert.deepEqual(
    events.map(({ durationMs, ...rest }) => ({ ...rest, durationMs: typeof durationMs })),
    [
      { operation: "updateVisitor", attempt: 1, status: 503, durationMs: "number", delivery: "unknown" },
      { operation: "updateVisitor", attempt: 2, status: 503, durationMs: "number", delivery: "unknown" },
      { operation: "updateVisitor", attempt: 3, status: 200, durationMs: "number", delivery: "accepted" },
    ],
  );
  for (const { durationMs } of events) assert.ok(Number.isFinite(durationMs) && durationMs >= 0);

  events.length = 0;
  await server.close();
  await failure(
    connect(server, { retries: 0, onAttempt: (event) => void events.push(event) }).sendMessage({ text: "Hello" }),
  );
  const [{ durationMs, ...event }] = events;
  assert.deepEqual(event, { operation: "sendMessage", attempt: 1, delivery: "not_sent" });
  assert.ok(!("status" in event));
});

test("a request that is never sent is not an attempt", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(200));
  /** @type {AttemptEvent[]} */
  const events = [];
  const client = connect(server, { onAttempt: (event) => void events.push(event) });
  await failure(client.submitListener("", { visitor: {} }));
  await failure(client.sendMessage({ text: "Hello" }, { signal: AbortSignal.abort() }));
  assert.deepEqual(events, []);
});

test("an error has these fields and no others", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(429, '{"why":1}', { "retry-after": "99", "x-request-id": "r-1" }));
  const error = await failure(connect(server).sendMessage({ text: "Hello" }));
  const { attempts, ...fields } = { ...error };
  assert.deepEqual(fields, {
    code: "http",
    operation: "sendMessage",
    delivery: "rejected",
    httpStatus: 429,
    requestId: "r-1",
    retryAfterMs: 99_000,
    summary: "sendMessage: the server answered 429. The server refused it, so nothing was done.",
    hint: "bodyOf(error) has the server's response",
  });
  assert.deepEqual(attempts.map(Object.keys), [["status", "durationMs"]]);
  assert.deepEqual(bodyOf(error), { why: 1 });
  assert.equal(error.toString(), `BotsplashError: ${error.message}`);
  assert.ok(error.stack?.includes("BotsplashError"));

  await server.close();
  const lost = await failure(connect(server, { retries: 0 }).sendMessage({ text: "Hello" }));
  assert.deepEqual(Object.keys(lost.attempts[0]), ["durationMs"]);
  const cause = /** @type {any} */ (lost.cause);
  assert.ok(cause instanceof Error);
  assert.deepEqual([cause.name, /** @type {any} */ (cause).code], ["TypeError", "ECONNREFUSED"]);
  assert.doesNotMatch(inspect(lost).split("[cause]")[1], /\n +at /, "its stack would lead into the package");
});

test("an error of one copy of the package is known to another", { timeout: 20_000 }, async (t) => {
  const other = createRequire(import.meta.url)("../../pkg/dist/index.cjs");
  assert.notEqual(other.BotsplashError, BotsplashError);
  const server = await serve(t, answer(400));
  const error = await new other.Botsplash({ appId: "acme", baseUrl: server.url })
    .sendMessage({ text: "Hello" })
    .catch((/** @type {unknown} */ reason) => reason);
  assert.ok(!(error instanceof BotsplashError));
  assert.ok(isBotsplashError(error) && other.isBotsplashError(error));
  for (const value of [
    undefined,
    null,
    7,
    "x",
    {},
    new Error("x"),
    { name: "BotsplashError" },
    Proxy.revocable({}, {}),
  ]) {
    assert.equal(isBotsplashError(value), false);
  }
});

test("in a browser credentials are refused, unless they are allowed", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(200));
  const page = /** @type {any} */ (globalThis);
  page.document = {};
  t.after(() => delete page.document);
  for (const auth of [
    { username: "u", password: "p" },
    { apiKey: "k" },
    { apiKey: "k", in: /** @type {const} */ ("body") },
  ]) {
    const error = await failure(connect(server, { auth }).sendMessage({ text: "Hello" }));
    assert.deepEqual([error.code, error.delivery, error.field], ["configuration", "not_sent", "auth"]);
    assert.match(error.message, /relay/);
    await failure(connect(server, { auth, allowBrowserCredentials: false }).ready());
    await connect(server, { auth, allowBrowserCredentials: true }).ready();
  }
  assert.equal(server.received.length, 0);
  await connect(server).sendMessage({ text: "Hello" });
  assert.equal(server.received.length, 1);
});

test("in a web worker credentials are refused too, and not on a server that looks like one", {
  timeout: 20_000,
}, async (t) => {
  const server = await serve(t, answer(200));
  await connect(server).ready();
  const global = /** @type {any} */ (globalThis);
  const { process } = globalThis;
  global.WorkerGlobalScope = function WorkerGlobalScope() {};
  global.WorkerGlobalScope.prototype = Object.getPrototypeOf(globalThis);
  t.after(() => delete global.WorkerGlobalScope);
  await connect(server, { auth: { apiKey: "k" } }).ready();
  global.process = undefined;
  const error = await failure(connect(server, { auth: { apiKey: "k" } }).ready()).finally(
    () => (global.process = process),
  );
  assert.deepEqual([error.code, error.field], ["configuration", "auth"]);
});

test("ready() says early what the first call would say", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(200));
  assert.equal(await connect(server).ready(), undefined);
  assert.equal((await failure(connect(server, { retries: 99 }).ready())).field, "retries");
  assert.equal(server.received.length, 0);
});

test("the sandbox answers all nine operations in process", async () => {
  const sandbox = createSandbox({ now: () => Date.parse("2019-08-01T00:00:00Z"), credentials: [{ apiKey: "k" }] });
  const client = new Botsplash({ appId: "acme", auth: { apiKey: "k", in: "body" }, fetch: sandbox.fetch });
  const visitor = { clientVisitorId: "12345", clientAppId: "12345", phoneNumber: "3334445555" };
  await client.triggerSequence("7", { visitor });
  for (const one of operations) assert.equal(typeof (await one.call(client)), "object", one.name);
  assert.deepEqual(
    new Set(sandbox.requests.map((request) => request.operation)),
    new Set(operations.map(({ name }) => name)),
  );
  assert.ok(sandbox.requests.every(({ status }) => status !== undefined && status < 300));
  assert.equal(sandbox.texts.filter(({ by }) => by === "submitListener").length, 1);
  assert.deepEqual([...sandbox.uploads[0].bytes], [...picture]);
  assert.equal(sandbox.meetings.length, 1);
});

test("the sandbox's word and the client's agree on what happened", async () => {
  const sandbox = createSandbox({ credentials: false });
  const client = new Botsplash({ appId: "acme", fetch: sandbox.fetch });
  sandbox.fault({ operation: "submitListener", when: "after", reset: true });
  const error = await failure(operation("submitListener").call(client));
  assert.deepEqual([error.code, error.delivery], ["network", "unknown"]);
  assert.equal(sandbox.texts.length, 1);
});
