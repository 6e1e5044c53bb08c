// Clients and errors in the hands of frameworks: proxies, subclasses, methods taken off, errors that are handed on.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import { inspect } from "node:util";
import { answer } from "./support/behaviors.js";
import { Botsplash, BotsplashError, bodyOf, isBotsplashError } from "./support/botsplash.js";
import { connect, failure } from "./support/failure.js";
import { serve } from "./support/scripted-server.js";

/** As Vue's `reactive` does: every object that is read is wrapped again. @param {any} target @returns {any} */
const deep = (target) =>
  new Proxy(target, {
    get(object, name, receiver) {
      const value = Reflect.get(object, name, receiver);
      return typeof value === "object" && value !== null ? deep(value) : value;
    },
  });

/** @type {[name: string, wrap: (client: any) => any][]} */
const wrappers = [
  ["a Proxy without traps", (client) => new Proxy(client, {})],
  ["a deep Proxy, as Vue's and Pinia's", deep],
  ["Object.create", (client) => Object.create(client)],
  ["Object.create of a Proxy", (client) => Object.create(new Proxy(client, {}))],
  [
    "a copy of its own properties on its prototype, as valtio's",
    (client) => Object.create(Object.getPrototypeOf(client), Object.getOwnPropertyDescriptors(client)),
  ],
  ["a frozen client", (client) => Object.freeze(client)],
];
for (const [name, wrap] of wrappers) {
  test(`a call through ${name} is a call`, async (t) => {
    const server = await serve(t, answer(200));
    const client = wrap(connect(server));
    await client.ready();
    await client.sendMessage({ text: "Hello" });
    const { sendMessage } = client;
    await sendMessage.call(client, { text: "Hello" });
    assert.equal(server.received.length, 2);
    client.free();
    assert.equal((await failure(client.sendMessage({ text: "Hello" }))).delivery, "not_sent");
  });
}

test("a subclass is a client, with methods of its own", async (t) => {
  const server = await serve(t, answer(200));
  class Mine extends Botsplash {
    #greeting = "Hello";
    greet() {
      return this.sendMessage({ text: this.#greeting });
    }
  }
  const client = new Mine({ appId: "acme", baseUrl: server.url });
  await client.greet();
  assert.ok(client instanceof Botsplash);
  assert.equal(server.received.length, 1);
});

for (const name of /** @type {const} */ (["submitListener", "sendMessage", "readSubmission", "ready"])) {
  test(`${name} without its client says what is wrong`, async () => {
    const method = /** @type {any} */ (new Botsplash({ appId: "acme" }))[name];
    for (const self of [undefined, null, {}, Object.create(Botsplash.prototype), "text"]) {
      const error = await failure(method.call(self, "welcome", { visitor: {} }));
      assert.deepEqual([error.code, error.delivery], ["configuration", "not_sent"]);
      assert.match(error.message, new RegExp(`client\\.${name}\\(`));
    }
  });
}

const personal = { error: "no such number", phoneNumber: "3334445555", firstName: "Jane" };

test("nothing that enumerates an error finds the server's response", async (t) => {
  const server = await serve(t, answer(422, JSON.stringify(personal)));
  const error = await failure(connect(server).sendMessage({ text: "Hello" }));
  assert.deepEqual(bodyOf(error), personal);
  const everything = [
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    JSON.stringify(
      Object.fromEntries(Reflect.ownKeys(error).map((key) => [String(key), /** @type {any} */ (error)[key]])),
    ),
    JSON.stringify(Object.getOwnPropertyDescriptors(error)),
    inspect(error, { showHidden: true, depth: 10, getters: true }),
    JSON.stringify({ ...error }),
    JSON.stringify(structuredClone(error.toJSON())),
    String(error.stack),
  ];
  for (const text of everything) assert.doesNotMatch(text, /3334445555|Jane|no such number/);
});

test("bodyOf never throws, and knows nothing of a wrapped error", async (t) => {
  const server = await serve(t, answer(422, JSON.stringify(personal)));
  const error = await failure(connect(server).sendMessage({ text: "Hello" }));
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [new Proxy(error, {}), proxy, undefined, null, 1, "error", {}, new Error("x"), () => {}]) {
    assert.equal(bodyOf(value), undefined);
  }
});

test("an error crosses a boundary as plain data, and is one again on the other side", async (t) => {
  const server = await serve(t, answer(429, "{}", { "retry-after": "99", "x-request-id": "r-1" }));
  const error = await failure(connect(server).sendMessage({ text: "Hello" }));
  const there = BotsplashError.from(JSON.parse(JSON.stringify(structuredClone(error.toJSON()))));
  assert.ok(isBotsplashError(there) && there instanceof BotsplashError && there instanceof Error);
  assert.deepEqual(there.toJSON(), error.toJSON());
  assert.deepEqual(
    [there.httpStatus, there.retryAfterMs, there.requestId, there.delivery],
    [429, 99_000, "r-1", "rejected"],
  );
});

test("a test makes the error that it is about", () => {
  const error = BotsplashError.from({ code: "http", delivery: "rejected", httpStatus: 422 }, { why: 1 });
  assert.deepEqual([error.code, error.delivery, error.httpStatus, error.attempts], ["http", "rejected", 422, []]);
  assert.deepEqual(bodyOf(error), { why: 1 });
  for (const odd of [undefined, null, {}, "text", 1, []]) {
    assert.deepEqual(
      [
        isBotsplashError(BotsplashError.from(/** @type {any} */ (odd))),
        "code" in BotsplashError.from(/** @type {any} */ (odd)),
      ],
      [true, true],
    );
  }
});

test("frameworks that answer with error.status do not answer with the API's", async (t) => {
  const server = await serve(t, answer(401, "{}"));
  const error = await failure(connect(server).sendMessage({ text: "Hello" }));
  assert.equal(error.httpStatus, 401);
  for (const name of ["status", "statusCode", "expose", "headers"]) assert.ok(!(name in error), name);
});

test("a fetch that knows only its own FormData uploads the file all the same", async (t) => {
  /** @type {{ type: string | undefined, body: Buffer }[]} */
  const received = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ type: request.headers["content-type"], body: Buffer.concat(chunks) });
    response.writeHead(200, { "content-type": "application/json" }).end('{"key":"k"}');
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => void (server.close(), server.closeAllConnections()));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const foreign = (/** @type {string} */ url, /** @type {any} */ init) =>
    fetch(url, { ...init, body: ArrayBuffer.isView(init.body) ? init.body : String(init.body) });
  const client = new Botsplash({ appId: "acme", baseUrl: `http://127.0.0.1:${port}`, fetch: foreign });
  await client.uploadFile(new File(["%PDF \u00e4"], 'a "b"\r\n.pdf', { type: "application/pdf" }));
  const [{ type = "", body }] = received;
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  const file = /** @type {File} */ (form.get("file"));
  assert.deepEqual(
    [file.name.includes('"'), file.type, await file.text()],
    [file.name.includes('"'), "application/pdf", "%PDF \u00e4"],
  );
  assert.equal([...form].length, 1);
});

test("forty calls with one signal draw no warning, and all end when it aborts", async (t) => {
  const server = await serve(t, () => {});
  /** @type {string[]} */
  const warnings = [];
  const warn = (/** @type {Error} */ warning) => void warnings.push(String(warning));
  process.on("warning", warn);
  t.after(() => process.off("warning", warn));
  const controller = new AbortController();
  const client = connect(server);
  const calls = Array.from({ length: 40 }, () =>
    failure(client.sendMessage({ text: "Hello" }, { signal: controller.signal })),
  );
  while (server.received.length < 40) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  for (const error of await Promise.all(calls)) assert.equal(error.code, "aborted");
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(warnings, []);
});
