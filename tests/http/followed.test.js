// A fetch of the caller's own, or a service worker, may follow a redirect whatever it is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Botsplash, isBotsplashError } from "botsplash";

test("a response that a followed redirect led to is not a success", async () => {
  const fetch = async () => {
    const answer = Response.json({ success: true });
    return Object.defineProperty(answer, "redirected", { value: true });
  };
  const client = new Botsplash({ appId: "demo", fetch });
  await assert.rejects(client.sendMessage({ text: "hi" }), (error) => {
    assert.ok(isBotsplashError(error));
    assert.equal(error.code, "http");
    assert.equal(error.delivery, "unknown");
    assert.match(error.message, /redirect/);
    return true;
  });
});
