// A signal ends a call whatever it gives as its reason, and whatever it is made of.
import assert from "node:assert/strict";
import test from "node:test";
import { answer, hang } from "./support/behaviors.js";
import { connect, failure } from "./support/failure.js";
import { serve } from "./support/scripted-server.js";
import { allHostile, revoked, survivor, trapped } from "./support/survivor.js";

/** @type {[name: string, reason: unknown][]} */
const reasons = [
  ["no reason", undefined],
  ["a string", "stop"],
  ["null", null],
  ["a number", 0],
  ["an object", { why: "enough" }],
  ["a frozen object", Object.freeze({})],
  ["a symbol", Symbol("stop")],
  ["a function", () => {}],
  ["an Error", new Error("enough")],
  ["a Proxy that throws", allHostile()],
  ["a revoked Proxy", revoked()],
];

for (const [name, reason] of reasons) {
  test(`an abort with ${name}, before the call`, async (t) => {
    const { client, works } = await survivor(t);
    const error = await failure(client.sendMessage({ text: "Hello" }, { signal: AbortSignal.abort(reason) }));
    assert.deepEqual([error.code, error.delivery, error.attempts], ["aborted", "not_sent", []]);
    await works();
  });

  test(`an abort with ${name}, during the call`, async (t) => {
    const controller = new AbortController();
    const server = await serve(
      t,
      (response, received) => {
        hang(response, received);
        controller.abort(reason);
      },
      answer(200),
    );
    const client = connect(server);
    const error = await failure(client.sendMessage({ text: "Hello" }, { signal: controller.signal }));
    assert.deepEqual([error.code, error.delivery, error.attempts.length], ["aborted", "unknown", 1]);
    assert.equal(error.cause, undefined);
    await client.sendMessage({ text: "Hello" });
    assert.equal(server.received.length, 2);
  });

  test(`an abort with ${name}, while the answer is being read`, async (t) => {
    const controller = new AbortController();
    const { client } = await survivor(t, {
      fetch: async () => {
        setImmediate(() => controller.abort(reason));
        return new Response(new ReadableStream({}), { status: 200 });
      },
    });
    const error = await failure(client.sendMessage({ text: "Hello" }, { signal: controller.signal }));
    assert.deepEqual([error.code, error.delivery, error.httpStatus], ["aborted", "accepted", 200]);
  });
}

/** Signals that are none of the platform's. The call goes its way. @type {[name: string, signal: () => any][]} */
const odd = [
  ["whose aborted throws", () => trapped({ addEventListener() {}, removeEventListener() {} }, "aborted")],
  [
    "whose addEventListener throws",
    () => ({ aborted: false, addEventListener: () => assert.fail("hostile"), removeEventListener() {} }),
  ],
  [
    "whose removeEventListener throws",
    () => ({ aborted: false, addEventListener() {}, removeEventListener: () => assert.fail("hostile") }),
  ],
  ["without removeEventListener", () => ({ addEventListener() {} })],
  ["that is an EventTarget", () => new EventTarget()],
  [
    "that calls its listener with nonsense after the call",
    () => ({
      addEventListener() {},
      removeEventListener: (/** @type {string} */ _, /** @type {(...args: any[]) => void} */ listener) =>
        void [listener(), listener(allHostile()), listener.call(null, 1)],
    }),
  ],
];
for (const [name, make] of odd) {
  test(`a signal ${name} does not keep a call from its end`, async (t) => {
    const { client, works, server } = await survivor(t);
    await client.sendMessage({ text: "Hello" }, { signal: make() });
    assert.equal(server.received.length, 1);
    await works();
  });
}

test("a signal that only looks like one ends a call too", async (t) => {
  const { client, works } = await survivor(t);
  const aborted = { aborted: true, addEventListener() {}, removeEventListener() {} };
  const before = await failure(client.sendMessage({ text: "Hello" }, { signal: aborted }));
  assert.deepEqual([before.code, before.delivery], ["aborted", "not_sent"]);
  const atOnce = {
    aborted: false,
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ listener) => listener(),
    removeEventListener() {},
  };
  const during = await failure(client.sendMessage({ text: "Hello" }, { signal: atOnce }));
  assert.deepEqual([during.code, during.delivery], ["aborted", "not_sent"]);
  await works();
});

test("a call that is aborted right after it was made is not sent", async (t) => {
  const { client, refuses, works } = await survivor(t);
  const controller = new AbortController();
  const call = client.sendMessage({ text: "Hello" }, { signal: controller.signal });
  controller.abort();
  await refuses(call, { code: "aborted" });
  await works();
});

test("a signal that has aborted one call does not touch another", async (t) => {
  const { client, works } = await survivor(t);
  const controller = new AbortController();
  const aborted = client.sendMessage({ text: "first" }, { signal: controller.signal });
  const untouched = client.listMeetings({ clientAppId: "1" });
  controller.abort();
  assert.equal((await failure(aborted)).code, "aborted");
  await untouched;
  await works();
});
