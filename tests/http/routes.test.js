// A route that the caller replaces is the one that is taken, and a wrong one is never taken.
// cspell:ignore Mesage
import assert from "node:assert/strict";
import test from "node:test";
import { answer } from "./support/behaviors.js";
import { connect, failure } from "./support/failure.js";
import { operation, operations } from "./support/operation-cases.js";
import { serve } from "./support/scripted-server.js";

test("every route can be replaced, method and path", async (t) => {
  const server = await serve(t, answer(200));
  const routes = {
    submitListener: "PUT /v2/{id}/{appId}",
    uploadFile: "POST /files/{appId}",
    triggerSequence: "PATCH /{appId}/run/{id}",
    updateVisitor: "PUT /{idType}/{idValue}/of/{appId}",
    callVisitorAction: "DELETE /{actionId}/{idValue}/{idType}/{appId}",
    listMeetings: "POST /{appId}/meetings/{idType}/{idValue}",
    scheduleMeeting: "PUT /{appId}/{idType}/{idValue}/meetings",
    sendMessage: "POST /{appId}/messages",
    updatePhoneStatuses: "POST /{appId}",
  };
  const client = connect(server, { routes });
  for (const one of operations) await one.call(client);
  assert.deepEqual(
    server.received.map(({ method, target }) => `${method} ${target.replace("/open/v1", "")}`),
    [
      "PUT /v2/spring/acme",
      "POST /files/acme",
      "PATCH /acme/run/7",
      "PUT /clientVisitorId/12345/of/acme",
      "DELETE /9/12345/clientAppId/acme",
      "POST /acme/meetings/clientVisitorId/12345",
      "PUT /acme/clientVisitorId/12345/meetings",
      "POST /acme/messages",
      "POST /acme",
    ],
  );
});

test("a replaced route still encodes its values and carries the key", async (t) => {
  const server = await serve(t, answer(200));
  const routes = { listMeetings: "GET /x/{idValue}/{idType}/{appId}" };
  const client = connect(server, { appId: "a c", auth: { apiKey: "k" }, routes });
  await client.listMeetings({ clientAppId: "1/2" });
  assert.equal(server.received[0].target, "/open/v1/x/1%2F2/clientAppId/a%20c?api_key=k");
});

test("a route that does not fit is a wrong configuration", async (t) => {
  const server = await serve(t, answer(200));
  /** @type {[field: string, routes: unknown][]} */
  const wrong = [
    ["routes", "POST /{appId}/message"],
    ["routes", ["POST /{appId}/message"]],
    ["routes.sendMesage", { sendMesage: "POST /{appId}/message" }],
    ["routes.sendMessage", { sendMessage: 7 }],
    ["routes.sendMessage", { sendMessage: "" }],
    ["routes.sendMessage", { sendMessage: "/{appId}/message" }],
    ["routes.sendMessage", { sendMessage: "POST" }],
    ["routes.sendMessage", { sendMessage: "POST {appId}/message" }],
    ["routes.sendMessage", { sendMessage: "post /{appId}/message" }],
    ["routes.sendMessage", { sendMessage: "TRACE /{appId}/message" }],
    ["routes.sendMessage", { sendMessage: "GET /{appId}/message" }],
    ["routes.sendMessage", { sendMessage: "POST /message" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/{id}/message" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/{appId}/message" }],
    ["routes.sendMessage", { sendMessage: "POST /{appid}/message" }],
    ["routes.sendMessage", { sendMessage: "POST /x{appId}/message" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/../message" }],
    ["routes.sendMessage", { sendMessage: "POST //evil.example/{appId}" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/message?x=1" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/message#x" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/mess age" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/message\r\nX: 1" }],
    ["routes.sendMessage", { sendMessage: "POST /{appId}/message/" }],
    ["routes.submitListener", { submitListener: "POST /{appId}/listener" }],
    ["routes.updateVisitor", { updateVisitor: "POST /{appId}/{idType}" }],
  ];
  for (const [field, routes] of wrong) {
    const client = connect(server, { routes: /** @type {any} */ (routes) });
    const error = await failure(operation("sendMessage").call(client));
    assert.deepEqual(
      [error.code, error.delivery, error.field],
      ["configuration", "not_sent", field],
      JSON.stringify(routes),
    );
  }
  assert.equal(server.received.length, 0);
});

test("a misspelt name of an operation hears of the one that was meant", async (t) => {
  const server = await serve(t, answer(200));
  const routes = /** @type {any} */ ({ sendMesage: "POST /{appId}/message" });
  const error = await failure(connect(server, { routes }).ready());
  assert.match(error.message, /Did you mean sendMessage\?/);
});

for (const one of operations) {
  const assumed = !["submitListener", "uploadFile"].includes(one.name);
  test(`a 404 of ${one.name} ${assumed ? "says that the route is assumed" : "speaks of the ids"}`, async (t) => {
    for (const status of [404, 405]) {
      const server = await serve(t, answer(status));
      const error = await failure(one.call(connect(server)));
      assert.equal(error.httpStatus, status);
      assert.ok(error.hint && error.message.includes(error.hint));
      if (assumed) {
        assert.match(error.hint, /assumed/);
        assert.ok(error.hint.includes(`routes.${one.name}`), error.hint);
      } else {
        assert.doesNotMatch(error.hint, /assumed/);
      }
    }
  });
}

test("a 404 on a route that the caller gave does not call it assumed", async (t) => {
  const server = await serve(t, answer(404));
  const client = connect(server, { routes: { sendMessage: "POST /{appId}/messages" } });
  const error = await failure(client.sendMessage({ text: "Welcome!" }));
  assert.doesNotMatch(error.message, /assumed/);
});
