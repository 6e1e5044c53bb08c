// A fetch is the caller's own, and may do anything. The client tells truthfully what it did, and lives on.
import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { inspect } from "node:util";
import { DEADLINE, takeClock } from "./support/clock.js";
import { failure } from "./support/failure.js";
import { allHostile, revoked, survivor, trapped } from "./support/survivor.js";

/**
 * @typedef {[code: string, delivery: string, status?: number]} Expected
 * @typedef {[name: string, fetch: (...args: [url: string, init: RequestInit]) => unknown, expected?: Expected]} Case Without
 *   `expected` the call succeeds.
 */

/** @type {Expected} */
const lost = ["network", "unknown"];
/** @type {Expected} */
const bodyLost = ["network", "accepted", 200];
/** @type {Expected} */
const refused = ["http", "rejected", 400];
const object = '{"success":true}';

/** @param {object} fields what is not as it should be @returns {any} */
const response = (fields) =>
  Object.defineProperties(
    { status: 200, type: "default", headers: new Headers(), text: async () => object },
    Object.getOwnPropertyDescriptors(fields),
  );

/** @type {[name: string, reason: () => unknown][]} */
const reasons = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["a string", () => "stop"],
  ["a number", () => Number.NaN],
  ["a symbol", () => Symbol("stop")],
  ["a BigInt", () => 1n],
  ["a frozen object", () => Object.freeze({})],
  ["an object without a prototype", () => Object.create(null)],
  [
    "an Error whose fields throw",
    () => trapped(trapped(trapped(trapped(new Error(), "name"), "code"), "cause"), "message"),
  ],
  ["an Error that is its own cause", () => ((error) => Object.assign(error, { cause: error }))(new Error())],
  ["a Proxy that throws", () => allHostile()],
  ["a function that throws", () => allHostile(() => {})],
  ["a revoked Proxy", () => revoked()],
  ["a thenable", () => ({ then: () => {} })],
];

/** @param {unknown} reason */
const thrower = (reason) => () => {
  throw reason;
};

/** @type {Case[]} */
const failing = reasons.flatMap(([name, reason]) => [
  [`rejects with ${name}`, () => Promise.reject(reason()), lost],
  [`throws ${name}`, () => thrower(reason())(), lost],
  [`has a text() that rejects with ${name}`, () => response({ text: () => Promise.reject(reason()) }), bodyLost],
  [`has a text() that throws ${name}`, () => response({ text: thrower(reason()) }), bodyLost],
]);

/** @type {Case[]} */
const noResponse = [undefined, null, 7, "x", true, 1n, Symbol("x"), {}, [], () => {}, new Error("x")].flatMap(
  (value) => [
    [`answers ${inspect(value).split("\n")[0]}`, () => value, lost],
    [`resolves with ${inspect(value).split("\n")[0]}`, async () => value, lost],
    [
      `answers a text() that is ${inspect(value).split("\n")[0]}`,
      () => response({ text: () => value }),
      value === "x" ? ["decode", "accepted", 200] : bodyLost,
    ],
  ],
);

/** @type {Case[]} */
const noStatus = [undefined, null, Number.NaN, -1, 0, 1000, 65_736, Infinity, "200", 200n, {}].map((status) => [
  `has the status ${inspect(status)}`,
  () => response({ status }),
  lost,
]);

/** @type {Case[]} */
const fetches = [
  ...failing,
  ...noResponse,
  ...noStatus,
  ["answers a Proxy that throws", () => allHostile(), lost],
  ["answers a revoked Proxy", () => revoked(), lost],
  ["answers the Request", (...args) => new Request(...args), lost],
  ["answers Response.error()", () => Response.error(), lost],
  ["answers a Response without a promise", () => new Response(object)],
  ["answers a thenable", () => ({ then: (/** @type {any} */ done) => done(new Response(object)) })],
  ["answers a thenable that throws", () => trapped({}, "then"), lost],
  ["answers a thenable whose then throws", () => ({ then: thrower(null) }), lost],
  ["answers a promise whose then throws", () => trapped(Promise.resolve(), "then"), lost],
  ["answers a promise whose constructor throws", () => trapped(Promise.resolve(), "constructor"), lost],

  ["has a status that throws", () => trapped(response({}), "status"), lost],
  ["has a status that is a Proxy", () => response({ status: allHostile() }), lost],
  ["has a type that throws", () => trapped(response({ status: 0 }), "type"), lost],
  ["has headers that throw", () => trapped(response({}), "headers")],
  ["has headers that throw, and refuses", () => trapped(response({ status: 400 }), "headers"), refused],
  ["has no headers", () => response({ headers: null })],
  ["has headers whose get throws", () => response({ headers: trapped({}, "get") })],
  ["has headers whose get answers a Proxy", () => response({ status: 400, headers: { get: allHostile } }), refused],
  ["has headers whose get answers a number", () => response({ status: 400, headers: { get: () => 5 } }), refused],
  ["has a text that throws", () => trapped(response({}), "text"), bodyLost],
  ["has a text that throws, and refuses", () => trapped(response({ status: 400 }), "text"), refused],
  ["has no text", () => response({ text: undefined }), bodyLost],
  ["has a text() that answers a Proxy", () => response({ text: () => allHostile() }), bodyLost],
  ["has a text() that answers at once", () => response({ text: () => object })],
  [
    "has a text() that answers a promise whose constructor throws",
    () => response({ text: () => trapped(Promise.resolve(object), "constructor") }),
    bodyLost,
  ],
  ["answers a Response that was read", async () => read(new Response(object)), bodyLost],
  ["reads the request's body", async (...args) => new Response(await new Request(...args).text())],
];

/** @param {Response} response */
async function read(response) {
  await response.text();
  return response;
}

for (const [name, hostile, expected] of fetches) {
  test(`a fetch that ${name}`, async (t) => {
    /** @type {(...args: [url: string, init: RequestInit]) => any} */
    let current = hostile;
    const { client, works } = await survivor(t, { fetch: (...args) => current(...args), retries: 0 });
    const call = client.updateVisitor({ clientAppId: "1" }, {});
    if (expected === undefined) {
      assert.equal(typeof (await call), "object");
    } else {
      const error = await failure(call);
      assert.deepEqual(
        [error.code, error.delivery, error.httpStatus],
        [expected[0], expected[1], expected[2]],
        error.message,
      );
      assert.equal(error.attempts.length, 1);
    }
    current = fetch;
    await works();
  });
}

/** @type {[name: string, fetch: () => unknown, delivery: string, status?: number][]} */
const endless = [
  ["never settles", () => new Promise(() => {}), "unknown"],
  ["answers a thenable that never calls back", () => ({ then() {} }), "unknown"],
  ["answers a text() that never settles", () => response({ text: () => new Promise(() => {}) }), "accepted", 200],
];
for (const [name, hostile, delivery, status] of endless) {
  test(`a fetch that ${name} ends with the deadline`, async (t) => {
    const clock = takeClock();
    t.after(clock.giveBack);
    /** @type {(...args: [url: string, init: RequestInit]) => any} */
    let current = () => {
      setImmediate(clock.pass);
      return hostile();
    };
    const { client, works } = await survivor(t, {
      fetch: (...args) => current(...args),
      retries: 0,
      timeoutMs: DEADLINE,
    });
    const error = await failure(client.listMeetings({ clientAppId: "1" }));
    assert.deepEqual([error.code, error.delivery, error.httpStatus], ["timeout", delivery, status]);
    current = fetch;
    await works();
    assert.equal(clock.pending, 0);
  });
}

test("an answer that comes after the deadline is not left lying about", async (t) => {
  let cancelled = false;
  /** @type {(answer: Response) => void} */
  let late = () => {};
  const { client } = await survivor(t, {
    timeoutMs: 20,
    retries: 0,
    fetch: () => new Promise((resolve) => (late = resolve)),
  });
  await failure(client.sendMessage({ text: "Hello" }));
  late(new Response(new ReadableStream({ cancel: () => void (cancelled = true) })));
  await turn();
  assert.ok(cancelled);
});

test("a fetch that settles after the deadline is too late", async (t) => {
  const clock = takeClock();
  t.after(clock.giveBack);
  /** @type {((response: Response) => void) | undefined} */
  let settle;
  /** @type {(...args: [url: string, init: RequestInit]) => any} */
  let current = () => {
    setImmediate(clock.pass);
    return new Promise((resolve) => (settle = resolve));
  };
  const { client, works } = await survivor(t, {
    fetch: (...args) => current(...args),
    retries: 0,
    timeoutMs: DEADLINE,
  });
  const error = await failure(client.listMeetings({ clientAppId: "1" }));
  settle?.(new Response(object));
  assert.equal(error.code, "timeout");
  current = fetch;
  await works();
});

test("a request that goes again has its whole body again", async (t) => {
  const random = Math.random;
  Math.random = () => 0;
  t.after(() => void (Math.random = random));
  /** @type {string[]} */
  const bodies = [];
  const { client } = await survivor(t, {
    fetch: async (...request) => {
      bodies.push(await new Request(...request).text());
      return new Response("", { status: 429 });
    },
  });
  await failure(client.sendMessage({ text: "Hello" }));
  assert.deepEqual(bodies, Array(3).fill('{"text":"Hello"}'));
  bodies.length = 0;
  await failure(client.uploadFile(new File(["bytes"], "a.txt", { type: "text/plain" })));
  assert.equal(bodies.length, 3);
  for (const body of bodies) assert.match(body, /filename="a.txt"\r\nContent-Type: text\/plain\r\n\r\nbytes\r\n/);
});

test("a fetch that calls the client again while it is being called", async (t) => {
  let depth = 0;
  const { client, works } = await survivor(t, {
    fetch: async (...request) => {
      depth += 1;
      if (depth < 4) await client.listMeetings({ clientAppId: String(depth) });
      return fetch(...request);
    },
  });
  await client.sendMessage({ text: "Hello" });
  assert.equal(depth, 4);
  await works();
});
