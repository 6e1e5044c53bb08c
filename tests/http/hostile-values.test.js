// Whatever is given as a body: sent as it is, or refused by name, and the client lives on.
// cspell:ignore statsu vistor
import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";
import { allHostile, hostileProxy, revoked, survivor, trapped } from "./support/survivor.js";

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {(client: any) => Promise<unknown>} call
 * @property {string | RegExp} [field]
 * @property {RegExp} [says]
 */

const who = { clientVisitorId: "12345" };
const later = "2030-08-24T14:15:22Z";
const agent = { agentClientUserId: "1" };

class Stamped {
  text = "Hello";
  toJSON() {
    return { text: "Hello", phone: "not what was checked" };
  }
}
class WrongDate extends Date {
  toISOString() {
    return "tomorrow";
  }
  toJSON() {
    return "tomorrow";
  }
}

const cycle = /** @type {any} */ ({ a: {} });
cycle.a.b = cycle;
const listCycle = /** @type {any[]} */ ([]);
listCycle.push(listCycle);
let deep = {};
for (let level = 0; level < 10_000; level += 1) deep = { deep };
let deepList = /** @type {unknown[]} */ ([]);
for (let level = 0; level < 10_000; level += 1) deepList = [deepList];

/** Objects that turn on whoever looks at them. @type {[name: string, make: (target: object) => unknown][]} */
const proxies = [
  ["a Proxy whose get throws", (target) => hostileProxy(target, "get")],
  ["a Proxy whose ownKeys throws", (target) => hostileProxy(target, "ownKeys")],
  ["a Proxy whose getOwnPropertyDescriptor throws", (target) => hostileProxy(target, "getOwnPropertyDescriptor")],
  ["a Proxy that throws at everything", (target) => allHostile(target)],
  ["a revoked Proxy", (target) => revoked(target)],
  ["an object with a getter that throws", (target) => trapped({ ...target }, Object.keys(target)[0] ?? "x")],
  ["an object whose toJSON throws to be read", (target) => trapped({ ...target }, "toJSON")],
];

/** Values that are not objects of fields. @type {unknown[]} */
const noObjects = [
  undefined,
  null,
  "text",
  "",
  7,
  Number.NaN,
  true,
  1n,
  Symbol("x"),
  () => {},
  [],
  ["text"],
  new Date(0),
  new Map([["text", "Hello"]]),
  new Set(["text"]),
  Promise.resolve({ text: "Hello" }),
  /x/,
  new Error("x"),
  new Uint8Array(0),
  new ArrayBuffer(4),
  new Blob([]),
  new WeakMap(),
  new Stamped(),
  new URLSearchParams(),
];

/** Values that are not strings. @type {unknown[]} */
const noTexts = [
  null,
  7,
  true,
  {},
  [],
  ["Hello"],
  () => "Hello",
  Symbol("Hello"),
  1n,
  new String("Hello"),
  new Date(0),
];

/** Values that no field of an open object can hold: JSON lacks them, or would write another value. @type {[name: string, value: () => unknown][]} */
const noJson = [
  ["a BigInt", () => 1n],
  ["a symbol", () => Symbol("x")],
  ["a function", () => () => {}],
  ["a class", () => Stamped],
  ["NaN", () => Number.NaN],
  ["Infinity", () => -Infinity],
  ["a cycle", () => cycle],
  ["a list in itself", () => listCycle],
  ["10,000 levels", () => deep],
  ["10,000 levels of lists", () => deepList],
  ["a Map", () => new Map([["a", 1]])],
  ["a Set", () => new Set([1])],
  ["a Promise", () => Promise.resolve(1)],
  ["an invalid toJSON", () => ({ toJSON: () => 1n })],
  ["a toJSON that throws", () => ({ toJSON: () => assert.fail("hostile") })],
  ...proxies.map(([name, make]) => /** @type {[string, () => unknown]} */ ([name, () => make({ a: 1 })])),
  ["a list that throws", () => hostileProxy([1, 2], "get")],
  ["a revoked list", () => revoked([])],
];

/** @type {Case[]} */
const refused = [
  ...noObjects.map(
    (body) =>
      /** @type {Case} */ ({
        name: `${inspect(body)} as the whole message`,
        call: (client) => client.sendMessage(body),
        field: /^(body|text)$/,
      }),
  ),
  ...noObjects
    .filter((value) => value !== undefined && value !== null)
    .map(
      (visitor) =>
        /** @type {Case} */ ({
          name: `${inspect(visitor)} as a visitor`,
          call: (client) => client.submitListener("1", { visitor }),
          field: "visitor",
        }),
    ),
  { name: "no visitor", call: (client) => client.submitListener("1", {}), field: "visitor", says: /required/ },
  {
    name: "an undefined visitor",
    call: (client) => client.submitListener("1", { visitor: undefined }),
    field: "visitor",
  },
  {
    name: "null for a visitor that is required",
    call: (client) => client.submitListener("1", { visitor: null }),
    field: "visitor",
  },
  { name: "an inherited text", call: (client) => client.sendMessage(Object.create({ text: "Hello" })), field: "text" },
  ...noTexts.map(
    (text) =>
      /** @type {Case} */ ({
        name: `${inspect(text)} as a text`,
        call: (client) => client.sendMessage({ text }),
        field: "text",
        says: /expected a string, got /,
      }),
  ),
  ...[1.5, Number.NaN, Infinity, "202", 1n, 2 ** 53, true, [], {}, new Number(1)].map(
    (deliveryStatus) =>
      /** @type {Case} */ ({
        name: `${inspect(deliveryStatus)} as a whole number`,
        call: (client) => client.sendMessage({ text: "Hello", visitor: { deliveryStatus } }),
        field: "visitor.deliveryStatus",
        says: /whole number/,
      }),
  ),
  ...["true", 1, 0, {}, new Boolean(true)].map(
    (updateOnly) =>
      /** @type {Case} */ ({
        name: `${inspect(updateOnly)} as a boolean`,
        call: (client) => client.updateVisitor(who, { updateOnly }),
        field: "updateOnly",
        says: /true or false/,
      }),
  ),
  ...[
    "333",
    {},
    new Set(["333"]),
    { length: 1, 0: "333" },
    7,
    Object.assign(["333"], { toJSON: () => [1] }),
    hostileProxy(["333"], "get"),
    revoked([]),
  ].map(
    (validPhoneNumbers, at) =>
      /** @type {Case} */ ({
        name: `no list of texts, the ${at + 1}.`,
        call: (client) => client.sendMessage({ text: "Hello", visitor: { validPhoneNumbers } }),
        field: /^visitor\.validPhoneNumbers/,
      }),
  ),
  // biome-ignore lint/suspicious/noSparseArray: a hole is what a caller may hand over.
  ...[[1], ["1", undefined], ["1", null], [, "1"], [["1"]], trapped(["1"], "0")].map(
    (validPhoneNumbers, at) =>
      /** @type {Case} */ ({
        name: `a list with something else than texts, the ${at + 1}.`,
        call: (client) => client.sendMessage({ text: "Hello", visitor: { validPhoneNumbers } }),
        field: /^visitor\.validPhoneNumbers\[[01]\]$/,
      }),
  ),
  ...[
    "tomorrow",
    "2030-08-24",
    "2030-08-24T14:15:22",
    "2030-02-30T00:00:00Z",
    "",
    7,
    Date.now(),
    {},
    true,
    new Date(Number.NaN),
    new WrongDate(),
    allHostile(new Date()),
    { toJSON: () => later },
  ].map(
    (followupAt, at) =>
      /** @type {Case} */ ({
        name: `no date-time, the ${at + 1}.`,
        call: (client) => client.scheduleMeeting(who, { ...agent, followupAt }),
        field: "followupAt",
      }),
  ),
  ...[
    { followupAt: later, ...agent, duration: "30" },
    { duration: "30", followupAt: later, ...agent },
    { followupAt: new Date(0), ...agent, duration: "30" },
  ].map(
    (meeting) =>
      /** @type {Case} */ ({
        name: `a wrong duration beside a good date in ${Object.keys(meeting)}`,
        call: (client) => client.scheduleMeeting(who, meeting),
        field: "duration",
      }),
  ),
  {
    name: "a missing agent beside a good date",
    call: (client) => client.scheduleMeeting(who, { followupAt: later }),
    field: "agentClientUserId",
  },
  {
    name: "an unknown field behind a good date",
    call: (client) => client.scheduleMeeting(who, { ...agent, followupAt: later, note: "" }),
    field: "note",
    says: /Did you mean notes\?/,
  },
  {
    name: "a Date where a text is wanted",
    call: (client) => client.sendMessage({ text: new Date(0) }),
    field: "text",
    says: /got a Date/,
  },

  {
    name: "a misspelt field",
    call: (client) => client.sendMessage({ text: "Hello", vistor: {} }),
    field: "vistor",
    says: /Did you mean visitor\?/,
  },
  {
    name: "a misspelt field inside",
    call: (client) => client.sendMessage({ text: "Hello", visitor: { phonNumber: "1" } }),
    field: "visitor.phonNumber",
    says: /Did you mean phoneNumber\?/,
  },
  {
    name: "a field in snake case",
    call: (client) => client.submitListener("1", { visitor: { first_name: "Jane" } }),
    field: "visitor.first_name",
    says: /Did you mean firstName\?/,
  },
  {
    name: "a misspelt field in a list",
    call: (client) =>
      client.updatePhoneStatuses({
        items: [
          { phoneNumber: "1", status: "send" },
          { phoneNumber: "1", statsu: "send" },
        ],
      }),
    field: "items[1].statsu",
    says: /Did you mean status\?/,
  },
  {
    name: "a field nobody could have meant",
    call: (client) => client.sendMessage({ text: "Hello", zzzzzzzz: 1 }),
    field: "zzzzzzzz",
    says: /unknown/,
  },
  {
    name: "a misspelt field that is undefined",
    call: (client) => client.sendMessage({ text: "Hello", vistor: undefined }),
    field: "vistor",
  },
  {
    name: "a field called __proto__",
    call: (client) => client.sendMessage(JSON.parse('{"text":"Hello","__proto__":{}}')),
    field: "__proto__",
  },
  {
    name: "a field named like a method of objects",
    call: (client) => client.sendMessage({ text: "Hello", hasOwnProperty: 1 }),
    field: "hasOwnProperty",
  },
  {
    name: "a name of 100,000 letters",
    call: (client) => client.sendMessage({ text: "Hello", ["x".repeat(100_000)]: 1 }),
  },

  ...proxies.map(
    ([name, make]) => /** @type {Case} */ ({ name, call: (client) => client.sendMessage(make({ text: "Hello" })) }),
  ),
  ...proxies.map(
    ([name, make]) =>
      /** @type {Case} */ ({
        name: `${name}, inside`,
        call: (client) => client.sendMessage({ text: "Hello", visitor: make({ email: "" }) }),
        field: /^visitor/,
      }),
  ),
  ...proxies.map(
    ([name, make]) =>
      /** @type {Case} */ ({
        name: `${name}, as who`,
        call: (client) => client.listMeetings(make({ clientAppId: "1" })),
        field: /^who/,
      }),
  ),
  ...noJson.flatMap(
    ([name, value]) =>
      /** @type {Case[]} */ ([
        {
          name: `${name} in an open object`,
          call: (client) => client.submitListener("1", { visitor: {}, args: { color: value() } }),
          field: /^(args\.color|body)/,
        },
        {
          name: `${name} in a list in an open object`,
          call: (client) =>
            client.submitListener("1", { visitor: { extendedAttributes: { colors: ["red", value()] } } }),
          field: /^(visitor\.extendedAttributes\.colors\[1\]|body)/,
        },
      ]),
  ),
  {
    name: "a published name of an open object with another type",
    call: (client) => client.submitListener("1", { visitor: {}, args: { message: 7 } }),
    field: "args.message",
    says: /a string/,
  },
];

test("what cannot be sent is refused by name", async (t) => {
  const { client, refuses, works } = await survivor(t);
  await client.ready();
  for (const { name, call, field, says } of refused) {
    await t.test(name, async () => {
      const error = await refuses(call(client), { field, says, what: name });
      assert.ok(error.message.length < 1000, "a message, not a dump");
      await works();
    });
  }
});

test("a value that is not a string is refused in a path too, however often", async (t) => {
  const { client, refuses, works } = await survivor(t);
  await client.ready();
  for (const [name, make] of proxies) {
    // More often than the wasm's stack could bear something to be left on it.
    for (let times = 0; times < 500; times++) {
      await refuses(client.submitListener(make({}), { visitor: {} }), { field: "listenerId", what: name });
    }
    await refuses(client.callVisitorAction(who, make({})), { field: "actionId", what: name });
  }
  await works();
});

test("an object that makes a call while it is read changes nothing for itself", async (t) => {
  const { client, refuses, works } = await survivor(t);
  await client.ready();
  const good = { followupAt: later };
  const inner = () => client.scheduleMeeting(who, good).catch(() => {});
  const bad = Object.defineProperty({ followupAt: "next tuesday" }, "agentClientUserId", {
    get: () => void inner(),
    enumerable: true,
  });
  const reordered = Object.defineProperty({}, "agentClientUserId", { get: () => void inner(), enumerable: true });
  await refuses(client.scheduleMeeting(who, Object.assign(reordered, { followupAt: "next tuesday" })), {
    field: "followupAt",
  });
  await refuses(client.scheduleMeeting(who, bad), { field: "followupAt" });
  await works();
});

test("a required field that JSON would not write is missing", async (t) => {
  const { client, refuses } = await survivor(t);
  const hidden = Object.defineProperty({ visitor: {} }, "text", { value: "Hello", enumerable: false });
  await refuses(client.sendMessage(hidden), { field: "text", says: /required/ });
});

test("a date that is null is told as that", async (t) => {
  const { client, refuses } = await survivor(t);
  await refuses(client.scheduleMeeting(who, { followupAt: null }), { field: "followupAt", says: /got null/ });
});

test("the first call of a client refuses in the same way", async (t) => {
  const { client, refuses, works } = await survivor(t);
  await refuses(client.sendMessage({ text: 1n }), { field: "text" });
  await works();
});

/** @type {[name: string, call: (client: any) => Promise<unknown>, length: number][]} */
const large = [
  ["a text of a megabyte", (client) => client.sendMessage({ text: "x".repeat(2 ** 20) }), 2 ** 20],
  [
    "a text of a megabyte in an open object",
    (client) => client.submitListener("1", { visitor: {}, args: { a: "ä".repeat(2 ** 20) } }),
    2 ** 21,
  ],
  [
    "10,000 fields",
    (client) =>
      client.submitListener("1", {
        visitor: {},
        args: Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`field${at}`, at])),
      }),
    10_000,
  ],
  [
    "10,000 phone numbers",
    (client) => client.updatePhoneStatuses({ items: Array(10_000).fill({ phoneNumber: "1", status: "send" }) }),
    10_000,
  ],
  [
    "holes in a list in an open object",
    // biome-ignore lint/suspicious/noSparseArray: a hole is what a caller may hand over.
    (client) => client.submitListener("1", { visitor: {}, args: { list: [, 1, , 2] } }),
    0,
  ],
  [
    "90 levels",
    (client) =>
      client.submitListener("1", { visitor: {}, args: JSON.parse(`${'{"a":'.repeat(90)}1${"}".repeat(90)}`) }),
    0,
  ],
  [
    "the same object twice",
    (client) => ((same) => client.submitListener("1", { visitor: {}, args: { a: same, b: [same, same] } }))({ c: 1 }),
    0,
  ],
];
for (const [name, call, length] of large) {
  test(`${name}: sent`, async (t) => {
    const { client, server, works } = await survivor(t);
    await call(client);
    assert.equal(server.received.length, 1);
    const { body } = server.received[0];
    assert.ok(body.length > length);
    JSON.parse(body.toString());
    await works();
  });
}

test("an object that answers differently each time is sent as something that fits, or not at all", async (t) => {
  const { client, server, works } = await survivor(t);
  let times = 0;
  const fickle = {
    get text() {
      times += 1;
      return times % 2 ? "Hello" : 7n;
    },
  };
  await client.sendMessage(fickle).catch((/** @type {any} */ error) => assert.equal(error.delivery, "not_sent"));
  for (const { body } of server.received) assert.equal(body.toString(), '{"text":"Hello"}');
  await works();
});
