import assert from "node:assert/strict";
import { inBothModes, submitJane } from "./box.js";
import { samples } from "./samples.js";

const origin = "http://localhost:5173";

inBothModes("a preflight allows the API's headers and no others", async ({ send, sandbox }) => {
  const response = await send("/app/message", {
    method: "OPTIONS",
    headers: {
      Origin: origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,x-other",
    },
  });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("access-control-allow-origin"), origin);
  assert.equal(response.headers.get("access-control-allow-methods"), "GET, POST");
  assert.equal(response.headers.get("access-control-allow-headers"), "Authorization, Content-Type, Accept");
  assert.deepEqual(
    sandbox.requests.map(({ method, operation }) => [method, operation]),
    [["OPTIONS", undefined]],
  );
});

inBothModes("a preflight takes no fault", async (box) => {
  box.sandbox.fault({ status: 503 });
  assert.equal((await box.send("/app/message", { method: "OPTIONS" })).status, 204);
  assert.equal((await box.post("/app/message", { text: "Hello" })).status, 503);
});

inBothModes("every answer lets the page read it: success, refusal, fault", async (box) => {
  await submitJane(box);
  const call = (/** @type {string} */ path, body = {}) => box.post(path, body, { headers: { Origin: origin } });
  const answers = [
    await call("/app/listener/botsplash/welcome", samples.listener),
    await call("/app/listener/botsplash/welcome"),
    await call("/app/unknown"),
    await box.send("/app/message", { method: "POST", headers: { Origin: origin } }),
    await box.send("/app/message", { headers: { Origin: origin } }),
  ];
  box.sandbox.fault({ status: 503, headers: { "Retry-After": "1" } });
  answers.push(await call("/app/message"));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 400, 404, 401, 405, 503],
  );
  for (const { status, headers } of answers) {
    assert.equal(headers.get("access-control-allow-origin"), origin, String(status));
    assert.equal(headers.get("access-control-expose-headers"), "Retry-After", String(status));
    assert.equal(headers.get("vary"), "Origin", String(status));
  }
});
