// An application, or its test runner, may put timers of its own in place. The client tells truthfully what was sent all the same.
import assert from "node:assert/strict";
import test from "node:test";
import { failure } from "./support/failure.js";
import { survivor } from "./support/survivor.js";

const { setTimeout: own } = globalThis;

/** @param {import("node:test").TestContext} t @param {(...args: any[]) => unknown} timer */
const replace = (t, timer) => {
  globalThis.setTimeout = /** @type {any} */ (timer);
  t.after(() => void (globalThis.setTimeout = own));
};

const message = { text: "Hello" };
const yes = async () => new Response("{}");

/** @type {[what: string, timer: (...args: any[]) => unknown][]} */
const odd = [
  ["has no id", () => undefined],
  ["has the id 0", () => 0],
];
for (const [what, timer] of odd) {
  test(`a timer that ${what} leaves no listener and no request behind`, async (t) => {
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    t.mock.method(signal, "addEventListener", () => void listeners++);
    t.mock.method(signal, "removeEventListener", () => void listeners--);
    /** @type {AbortSignal | null | undefined} */
    let request;
    let answers = yes;
    const { client } = await survivor(t, {
      fetch: async (_, init) => {
        request = init.signal;
        return answers();
      },
    });
    replace(t, timer);
    await client.sendMessage(message, { signal });
    assert.deepEqual([listeners, request?.aborted], [0, false]);
    answers = () => Promise.reject(new TypeError("lost"));
    await failure(client.sendMessage(message, { signal, retries: 0 }));
    assert.deepEqual([listeners, request?.aborted], [0, true]);
  });
}

test("with a timer that fires at once nothing is sent", async (t) => {
  const { client, refuses } = await survivor(t);
  replace(t, (callback) => callback());
  await refuses(client.sendMessage(message), { code: "configuration" });
});

test("a clock that stops working during a call keeps it from nothing", async (t) => {
  const { client } = await survivor(t, {
    fetch: async () => {
      const broken = () => {
        throw new Error("no clock");
      };
      t.mock.method(performance, "now", broken);
      t.mock.method(Date, "now", broken);
      return new Response("{}");
    },
  });
  assert.deepEqual(await client.sendMessage(message), {});
  t.mock.restoreAll();
});

test("a clock and a dice that throw, or roll no number, keep no failure from being told", async (t) => {
  let status = 500;
  const { client } = await survivor(t, {
    fetch: async () => new Response("no", { status, headers: { "Retry-After": "soon" } }),
  });
  const oddities = [() => JSON.parse("{"), () => 1n, () => "x", () => ({}), () => -7, () => 1e9];
  for (const odd of oddities) {
    t.mock.method(Date, "now", odd);
    t.mock.method(Math, "random", odd);
    // More often than the wasm's stack could bear something to be left on it.
    for (let times = 0; times < 1000; times++) {
      const error = await failure(client.sendMessage(message));
      assert.deepEqual([error.code, error.delivery], ["http", "unknown"]);
    }
    status = 429;
    assert.equal((await failure(client.sendMessage(message, { retries: 1, timeoutMs: 2000 }))).delivery, "rejected");
    status = 500;
    t.mock.restoreAll();
  }
  assert.deepEqual((await failure(client.sendMessage(message))).httpStatus, 500);
});

test("without timers nothing is sent", async (t) => {
  const { client, refuses } = await survivor(t);
  replace(t, () => {
    throw new Error("no timers");
  });
  await refuses(client.sendMessage(message), { code: "configuration" });
});

test("timers that go away during a call end it where it would wait", async (t) => {
  let sent = 0;
  const { client } = await survivor(t, {
    fetch: async () => {
      sent++;
      replace(t, () => {
        throw new Error("no timers");
      });
      return new Response("{}", { status: 429 });
    },
  });
  const error = await failure(client.sendMessage(message));
  assert.deepEqual([error.delivery, error.httpStatus, sent], ["rejected", 429, 1]);
});
