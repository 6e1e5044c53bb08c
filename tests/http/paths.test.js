// A value for the path travels as one segment of it, or not at all.
import assert from "node:assert/strict";
import test from "node:test";
import { answer } from "./support/behaviors.js";
import { connect, failure } from "./support/failure.js";
import { serve } from "./support/scripted-server.js";

/** @typedef {import("./support/botsplash.js").Botsplash} Client */

/** @type {[value: string, segment: string][]} */
const encoded = [
  ["a/b", "a%2Fb"],
  ["a\\b", "a%5Cb"],
  ["../x", "..%2Fx"],
  ["...", "..."],
  ["%2e%2e", "%252e%252e"],
  ["%2F", "%252F"],
  ["ä", "%C3%A4"],
  ["a b", "a%20b"],
  ["a+b", "a%2Bb"],
  ["?", "%3F"],
  ["#", "%23"],
  ["a;b=c&d", "a%3Bb%3Dc%26d"],
  ["{id}", "%7Bid%7D"],
  ["\n\0", "%0A%00"],
  ["😀", "%F0%9F%98%80"],
  ["-._~", "-._~"],
  [" ", "%20"],
];

/** Nothing that could travel: no segment, a step, no text. */
const refused = ["", ".", "..", "\ud800", "a\udc00b"];

/** @type {{ name: string, field: string, path: (segment: string) => string, call: (client: Client, value: any) => Promise<unknown> }[]} */
const places = [
  {
    name: "a listener's id",
    field: "listenerId",
    path: (segment) => `/acme/listener/botsplash/${segment}`,
    call: (client, value) => client.submitListener(value, { visitor: {} }),
  },
  {
    name: "a sequence's id",
    field: "sequenceId",
    path: (segment) => `/acme/sequence/${segment}`,
    call: (client, value) => client.triggerSequence(value, { visitor: {} }),
  },
  {
    name: "an action's id",
    field: "actionId",
    path: (segment) => `/acme/visitor/clientVisitorId/1/action/${segment}`,
    call: (client, value) => client.callVisitorAction({ clientVisitorId: "1" }, value),
  },
  {
    name: "a visitor's CRM id",
    field: "who.clientVisitorId",
    path: (segment) => `/acme/visitor/clientVisitorId/${segment}`,
    call: (client, value) => client.updateVisitor({ clientVisitorId: value }, {}),
  },
  {
    name: "a visitor's app id",
    field: "who.clientAppId",
    path: (segment) => `/acme/visitor/clientAppId/${segment}/meeting`,
    call: (client, value) => client.listMeetings({ clientAppId: value }),
  },
];

for (const { name, field, path, call } of places) {
  test(`${name} is encoded as one segment`, async (t) => {
    const server = await serve(t, answer(200));
    const client = connect(server);
    for (const [value] of encoded) await call(client, value);
    assert.deepEqual(
      server.received.map(({ target }) => target),
      encoded.map(([, segment]) => `/open/v1${path(segment)}`),
    );
  });

  test(`${name} that cannot be a segment is refused`, async (t) => {
    const server = await serve(t, answer(200));
    const client = connect(server);
    for (const value of [...refused, undefined, null, 7, {}, ["a"], Symbol("id"), new String("a")]) {
      const error = await failure(call(client, value));
      assert.deepEqual([error.code, error.delivery], ["validation", "not_sent"], String(value));
      // An absent value has no name of its own in `who`.
      assert.equal(error.field, value === undefined || value === null ? field.replace(/\..*/, "") : field);
    }
    assert.equal(server.received.length, 0);
    await call(client, "1");
    assert.equal(server.received.length, 1);
  });
}

test("the appId is encoded as one segment", async (t) => {
  const server = await serve(t, answer(200));
  for (const [appId, segment] of encoded) {
    await connect(server, { appId }).sendMessage({ text: "Welcome!" });
    assert.equal(server.received.at(-1)?.target, `/open/v1/${segment}/message`);
  }
});

test("an appId that cannot be a segment is a wrong configuration", async (t) => {
  const server = await serve(t, answer(200));
  for (const appId of [...refused, undefined, null, 7, {}]) {
    const client = connect(server, { appId: /** @type {any} */ (appId) });
    for (const ask of [() => client.ready(), () => client.sendMessage({ text: "Welcome!" })]) {
      const error = await failure(ask());
      assert.deepEqual([error.code, error.delivery, error.field], ["configuration", "not_sent", "appId"]);
    }
  }
  assert.equal(server.received.length, 0);
});

test("who names exactly one id", async (t) => {
  const server = await serve(t, answer(200));
  const client = connect(server);
  const wrong = [
    undefined,
    null,
    "12345",
    7,
    [],
    ["12345"],
    {},
    { id: "1" },
    { clientVisitorId: "1", clientAppId: "2" },
  ];
  for (const who of wrong) {
    const error = await failure(client.listMeetings(/** @type {any} */ (who)));
    assert.deepEqual([error.code, error.delivery], ["validation", "not_sent"]);
    assert.match(error.field ?? "", /^who/);
  }
  const misspelt = await failure(client.listMeetings(/** @type {any} */ ({ clientVisitorID: "1" })));
  assert.match(misspelt.message, /Did you mean clientVisitorId\?/);
  assert.equal(server.received.length, 0);
});
