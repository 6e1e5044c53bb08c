import assert from "node:assert/strict";
import { basic, inBothModes } from "./box.js";
import { samples } from "./samples.js";

/** @type {[segment: string, id: string][]} */
const segments = [
  ["a%2Fb", "a/b"],
  ["%252F", "%2F"],
  ["%C3%A4", "ä"],
  ["a%20b+c", "a b+c"],
  ["%3F%23", "?#"],
  ["...", "..."],
];
for (const [segment, id] of segments) {
  inBothModes(`the path segment ${segment} is the one parameter ${id}`, async ({ post, sandbox }) => {
    const response = await post(`/${segment}/listener/botsplash/${segment}`, samples.listener);
    assert.equal(response.status, 200, await response.text());
    assert.equal(sandbox.submissions[0]?.appId, id);
    assert.equal(sandbox.submissions[0]?.listenerId, id);
    assert.equal(sandbox.requests[0]?.path, `/open/v1/${segment}/listener/botsplash/${segment}`);
  });
}

inBothModes("a visitor is found by an id with a slash in it", async ({ post, sandbox }) => {
  await post("/app/listener/botsplash/welcome", { visitor: { clientVisitorId: "a/b" } });
  const response = await post("/app/visitor/clientVisitorId/a%2Fb", {
    updateOnly: true,
    visitor: { firstName: "Jane" },
  });
  assert.equal(response.status, 200);
  assert.equal(sandbox.visitors[0]?.firstName, "Jane");
});

/** @type {[name: string, status: number, method: string, path: string][]} */
const refused = [
  ["an unknown path", 404, "POST", "/app/listener/other/welcome"],
  ["a slash that is not encoded", 404, "POST", "/app/listener/botsplash/a/b"],
  ["an empty parameter", 404, "POST", "/app/listener/botsplash/"],
  ["an empty appId", 404, "POST", "//message"],
  ["a trailing slash", 404, "POST", "/app/message/"],
  ["broken percent-encoding", 400, "POST", "/app/listener/botsplash/%E4"],
  ["an idType that is none", 400, "POST", "/app/visitor/phoneNumber/333"],
  ["a known path with another method", 405, "PUT", "/app/message"],
];
for (const [name, status, method, path] of refused) {
  inBothModes(`${name} is a ${status}`, async ({ post, sandbox }) => {
    const response = await post(path, {}, { method });
    assert.equal(response.status, status);
    assert.equal((await response.json()).success, false);
    assert.equal(sandbox.requests[0]?.status, status);
    assert.deepEqual(sandbox.ledger, []);
  });
}

inBothModes("a 405 says what is allowed", async ({ send }) => {
  const meeting = await send("/app/visitor/clientVisitorId/1/meeting", {
    method: "DELETE",
    headers: { Authorization: basic },
  });
  assert.equal(meeting.headers.get("allow"), "GET, POST, OPTIONS");
  const message = await send("/app/message", { headers: { Authorization: basic } });
  assert.equal(message.headers.get("allow"), "POST, OPTIONS");
});

inBothModes(
  "a sandbox with an appId knows no other",
  async ({ post }) => {
    assert.equal((await post("/mine/listener/botsplash/welcome", samples.listener)).status, 200);
    assert.equal((await post("/yours/listener/botsplash/welcome", samples.listener)).status, 404);
  },
  { appId: "mine" },
);

inBothModes(
  "the base path can be another, or none",
  async ({ post }) => {
    assert.equal((await post("/app/listener/botsplash/welcome", samples.listener)).status, 200);
  },
  { basePath: "" },
);
