// A sandbox at other routes, and with fields that the contract does not have.
// cspell:ignore Mesage
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../../sandbox/index.ts";
import { inBothModes } from "./box.js";
import { samples } from "./samples.js";

const routes = {
  submitListener: "PUT /v2/accounts/{appId}/listeners/{id}",
  listMeetings: "GET /meetings/{idValue}/{idType}/{appId}",
};

inBothModes(
  "an operation has its replaced route, and no longer its own",
  async ({ post, send, sandbox }) => {
    const path = "/v2/accounts/app/listeners/welcome";
    assert.equal((await post(path, samples.listener, { method: "PUT" })).status, 200);
    assert.equal(sandbox.submissions[0]?.listenerId, "welcome");
    assert.equal((await post("/app/listener/botsplash/welcome", samples.listener)).status, 404);
    assert.equal((await post(path, samples.listener)).status, 405);
    assert.equal((await post("/meetings/12345/clientVisitorId/app", undefined, { method: "GET" })).status, 200);
    const preflight = await send(path, { method: "OPTIONS" });
    assert.equal(preflight.headers.get("access-control-allow-methods"), "GET, POST, PUT");
  },
  { routes },
);

/** @type {[name: string, options: any, said: RegExp][]} */
const wrong = [
  ["an operation that is none", { routes: { sendText: "POST /{appId}/x" } }, /routes has an operation "sendText"/],
  ["a route without a method", { routes: { sendMessage: "/{appId}/x" } }, /routes\.sendMessage looks like "POST \//],
  ["a query", { routes: { sendMessage: "POST /{appId}/x?y" } }, /routes\.sendMessage looks like/],
  ["a placeholder too few", { routes: { sendMessage: "POST /x" } }, /routes\.sendMessage has the placeholders of/],
  ["a placeholder twice", { routes: { sendMessage: "POST /{appId}/{appId}" } }, /once each/],
  [
    "fields that are not a list",
    { extraFields: { sendMessage: "text" } },
    /extraFields\.sendMessage is a list of paths/,
  ],
  ["a path that is none", { extraFields: { sendMessage: ["a..b"] } }, /extraFields\.sendMessage is a list of paths/],
];
for (const [name, options, said] of wrong) {
  test(`${name} is refused at once`, () => {
    assert.throws(() => createSandbox(options), { name: "TypeError", message: said });
  });
}

inBothModes(
  "an extra field passes where it is named, and nowhere else",
  async ({ post, sandbox }) => {
    const visitor = { clientVisitorId: "1", nickname: "Jay" };
    assert.equal((await post("/app/listener/botsplash/welcome", { visitor })).status, 200);
    assert.deepEqual(sandbox.submissions[0]?.visitor, visitor);
    const other = await post("/app/listener/botsplash/welcome", { visitor, nickname: "Jay" });
    assert.equal(other.status, 400);
    assert.equal((await post("/app/sequence/1", { visitor })).status, 400);
    const items = [{ phoneNumber: "1", status: "send", note: "x" }];
    assert.equal((await post("/app/phone/status", { items })).status, 200);
    assert.equal((await post("/app/phone/status", { items, note: "x" })).status, 400);
  },
  { extraFields: { submitListener: ["visitor.nickname"], updatePhoneStatuses: ["items[].note"] } },
);
