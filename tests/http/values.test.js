// The client sends the caller's values as JSON.stringify writes them.
import assert from "node:assert/strict";
import test from "node:test";
import { answer } from "./support/behaviors.js";
import { connect } from "./support/failure.js";
import { serve } from "./support/scripted-server.js";

/** @typedef {import("./support/botsplash.js").Botsplash} Client */

const meeting = { agentClientUserId: "1" };
class Lead {
  phoneNumber = "3334445555";
  #note = "private";
  note() {
    return this.#note;
  }
}

/** @type {[name: string, call: (client: any) => Promise<unknown>, body: string][]} */
const sent = [
  [
    "null stays null",
    (client) => client.submitListener("x", { visitor: { email: null, extendedAttributes: null }, args: null }),
    '{"visitor":{"email":null,"extendedAttributes":null},"args":null}',
  ],
  [
    "undefined is dropped",
    (client) => client.sendMessage({ text: "Hello", visitor: { email: undefined, state: "NC" } }),
    '{"text":"Hello","visitor":{"state":"NC"}}',
  ],
  [
    "an undefined member is as if absent",
    (client) => client.sendMessage({ visitor: undefined, text: "Hello" }),
    '{"text":"Hello"}',
  ],
  ["an empty object is sent as one", (client) => client.updateVisitor({ clientAppId: "1" }, {}), "{}"],
  [
    "empty texts and lists stay",
    (client) => client.sendMessage({ text: "", visitor: { validPhoneNumbers: [], email: "" } }),
    '{"text":"","visitor":{"validPhoneNumbers":[],"email":""}}',
  ],
  [
    "the order of the fields is the caller's",
    (client) => client.sendMessage({ visitor: { state: "NC", email: "" }, text: "Hello" }),
    '{"visitor":{"state":"NC","email":""},"text":"Hello"}',
  ],
  [
    "a Date becomes its ISO text",
    (client) =>
      client.scheduleMeeting({ clientAppId: "1" }, { ...meeting, followupAt: new Date(Date.UTC(2030, 7, 24)) }),
    '{"agentClientUserId":"1","followupAt":"2030-08-24T00:00:00.000Z"}',
  ],
  [
    "a date-time with an offset stays as it is written",
    (client) => client.scheduleMeeting({ clientAppId: "1" }, { ...meeting, followupAt: "2030-08-24T10:00:00.5-04:00" }),
    '{"agentClientUserId":"1","followupAt":"2030-08-24T10:00:00.5-04:00"}',
  ],
  [
    "an instance of a class is its fields",
    (client) => client.sendMessage({ text: "Hello", visitor: new Lead() }),
    '{"text":"Hello","visitor":{"phoneNumber":"3334445555"}}',
  ],
  [
    "an object without a prototype is its fields",
    (client) => client.sendMessage(Object.assign(Object.create(null), { text: "Hello" })),
    '{"text":"Hello"}',
  ],
  [
    "what is inherited, not enumerable or named by a symbol is not sent",
    (client) =>
      client.sendMessage(
        Object.defineProperty(
          Object.assign(Object.create({ email: "x" }), { text: "Hello", [Symbol("s")]: 1 }),
          "hidden",
          {
            value: 1,
          },
        ),
      ),
    '{"text":"Hello"}',
  ],
  [
    "open objects hold any JSON",
    (client) =>
      client.submitListener("x", {
        visitor: { extendedAttributes: { a: [1, -0.5, 1e21, true, null, { b: [] }], "": "", "a.b": {}, ä: "😀" } },
        args: { message: "Hello", mediaUrl: "https://example.com/a.png", mediaKey: "k", other: { deep: [[[]]] } },
      }),
    '{"visitor":{"extendedAttributes":{"a":[1,-0.5,1e+21,true,null,{"b":[]}],"":"","a.b":{},"ä":"😀"}},' +
      '"args":{"message":"Hello","mediaUrl":"https://example.com/a.png","mediaKey":"k","other":{"deep":[[[]]]}}}',
  ],
  [
    "a Date in an open object becomes its ISO text",
    (client) => client.submitListener("x", { visitor: {}, args: { at: new Date(0) } }),
    '{"visitor":{},"args":{"at":"1970-01-01T00:00:00.000Z"}}',
  ],
  [
    "a field called __proto__ is a field like any other",
    (client) =>
      client.submitListener("x", { visitor: {}, args: JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') }),
    '{"visitor":{},"args":{"__proto__":{"polluted":true},"constructor":1}}',
  ],
  [
    "a lone surrogate in a text is escaped, not replaced",
    (client) => client.sendMessage({ text: "\ud800" }),
    '{"text":"\\ud800"}',
  ],
  [
    "the greatest and the least whole number pass",
    (client) => client.sendMessage({ text: "Hello", visitor: { deliveryStatus: -Number.MAX_SAFE_INTEGER } }),
    '{"text":"Hello","visitor":{"deliveryStatus":-9007199254740991}}',
  ],
  [
    "a status that is not published passes",
    (client) => client.updatePhoneStatuses({ items: [{ phoneNumber: "1", status: "stop" }] }),
    '{"items":[{"phoneNumber":"1","status":"stop"}]}',
  ],
];

for (const [name, call, body] of sent) {
  test(name, async (t) => {
    const server = await serve(t, answer(200));
    await call(connect(server));
    assert.equal(server.received[0].body.toString(), body);
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
  });
}

test("a key in an empty body stands alone", async (t) => {
  const server = await serve(t, answer(200));
  await connect(server, { auth: { apiKey: 'a"b', in: "body" } }).updateVisitor({ clientAppId: "1" }, {});
  assert.equal(server.received[0].body.toString(), '{"api_key":"a\\"b"}');
});

test("an object that is changed after the call has begun is sent as it was", async (t) => {
  const server = await serve(t, answer(200));
  const client = connect(server);
  await client.ready();
  const message = { text: "before", visitor: { state: "NC" } };
  const call = client.sendMessage(message);
  message.text = "after";
  message.visitor.state = "SC";
  await call;
  assert.equal(server.received[0].body.toString(), '{"text":"before","visitor":{"state":"NC"}}');
});

test("the caller's objects are left alone", async (t) => {
  const server = await serve(t, answer(200));
  const freeze = /** @param {any} value @returns {any} */ (value) => {
    if (typeof value === "object") Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  const submission = freeze({
    visitor: { email: "example@example.com", extendedAttributes: { a: {} } },
    args: { message: "Hello" },
  });
  const client = connect(server, freeze({ appId: "acme", auth: { apiKey: "k", in: "body" }, baseUrl: server.url }));
  await client.submitListener("x", submission, freeze({ retries: 0 }));
  assert.equal(server.received[0].body.toString(), `{"api_key":"k",${JSON.stringify(submission).slice(1)}`);
});
