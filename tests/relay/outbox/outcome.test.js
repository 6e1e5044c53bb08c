import assert from "node:assert/strict";
import test from "node:test";
import { BotsplashError } from "botsplash";
import { answered, failed } from "../../../relay/outbox/outcome.ts";

/** @param {number} status @param {any} [more] of what the client rejects with */
const http = (status, { body, ...more } = /** @type {any} */ ({})) =>
  BotsplashError.from({ code: "http", delivery: "unknown", httpStatus: status, ...more }, body);

/** @param {unknown} error */
const outcome = (error) => failed(error).outcome;

/** @param {unknown} body of a successful response that is not what the client expects @param {number} [status] */
const odd = (body, status = 200) =>
  BotsplashError.from({ code: "decode", delivery: "accepted", httpStatus: status }, body);

test("a lead of which the API says that it took it is delivered", () => {
  const { outcome, requestId } = answered({ success: true, requestId: "r" });
  assert.deepEqual([outcome, requestId], ["delivered", "r"]);
  assert.equal(answered({ success: true }).requestId, undefined);
});

for (const body of [
  {},
  { error: "no" },
  { success: false },
  { success: "true" },
  { success: "false" },
  { success: 1 },
  { success: null },
]) {
  test(`a success that says ${JSON.stringify(body)} says nothing`, () => {
    assert.equal(answered(/** @type {any} */ (body)).outcome, "unconfirmed");
  });
}

for (const body of [undefined, null, 0, "", [], true, "Down for maintenance", "<!doctype html>", '{"success":tr']) {
  test(`a success with the body ${JSON.stringify(body)} says nothing`, () => {
    for (const status of [200, 201, 202, 204]) assert.equal(outcome(odd(body, status)), "unconfirmed");
  });
}

test("a success whose response was lost says nothing", () => {
  for (const code of /** @type {const} */ (["decode", "network", "timeout"])) {
    assert.equal(outcome(BotsplashError.from({ code, delivery: "accepted", httpStatus: 200 })), "unconfirmed");
  }
});

test("an account whose API answers otherwise can say what a success is", () => {
  /** @type {import("../../../relay/outbox/outcome.ts").IsDelivered} */
  const isDelivered = ({ status, body }) => status === 204 || body === "OK" || /** @type {any} */ (body)?.id === 7;
  assert.equal(failed(odd("OK"), { isDelivered }).outcome, "delivered");
  assert.equal(failed(odd(undefined, 204), { isDelivered }).outcome, "delivered");
  assert.equal(answered(/** @type {any} */ ({ id: 7, requestId: "r" }), { isDelivered }).requestId, "r");
  assert.equal(answered({ success: true }, { isDelivered }).outcome, "unconfirmed");
});

test("such a function costs no lead when it fails, and only true is a yes", () => {
  const fails = () => {
    throw new Error("oops");
  };
  assert.equal(answered({ success: true }, { isDelivered: fails }).outcome, "unconfirmed");
  assert.equal(answered({}, { isDelivered: /** @type {any} */ (() => "yes") }).outcome, "unconfirmed");
});

for (const status of [425, 429, 521, 523, 525, 526, 530]) {
  test(`a lead that is answered with ${status} waits: nothing was done`, () => {
    assert.equal(outcome(http(status)), "busy");
  });
}

test("a lead that is answered with 503 waits where the API says for how long, and else nobody can tell", () => {
  assert.equal(outcome(http(503, { retryAfterMs: 0 })), "busy");
  assert.equal(outcome(http(503)), "uncertain");
});

for (const status of [401, 407]) {
  test(`a lead that is answered with ${status} is refused, and never to blame`, () => {
    const { outcome, isOurs } = failed(http(status));
    assert.deepEqual([outcome, isOurs], ["refused", true]);
  });
}

for (const status of [402, 403, 404, 405, 410, 421, 451, 300, 301, 302, 304, 307, 308]) {
  test(`a lead that is answered with ${status} is refused: it, or all of them`, () => {
    const { outcome, isOurs } = failed(http(status));
    assert.deepEqual([outcome, isOurs], ["refused", undefined]);
  });
}

for (const status of [400, 406, 409, 411, 413, 414, 415, 417, 422, 424, 428, 431]) {
  test(`a lead that is answered with ${status} is rejected`, () => {
    assert.equal(outcome(http(status)), "rejected");
  });
}

for (const status of [408, 500, 501, 502, 504, 505, 520, 522, 524, 599]) {
  test(`a lead that is answered with ${status} is uncertain`, () => {
    assert.equal(outcome(http(status)), "uncertain");
  });
}

for (const code of ["network", "timeout", "aborted"]) {
  test(`a lead without a response (${code}) is uncertain`, () => {
    assert.equal(outcome({ code, delivery: "unknown" }), "uncertain");
  });
}

test("a lead whose send ended in something unheard of is uncertain", () => {
  for (const error of [undefined, null, "text", new TypeError("oops"), {}]) assert.equal(outcome(error), "uncertain");
});

test("a lead that never left waits, unless it can never leave", () => {
  assert.equal(outcome({ code: "aborted", delivery: "not_sent" }), "busy");
  assert.equal(outcome({ code: "network", delivery: "not_sent" }), "busy");
  const { outcome: refused, isOurs } = failed({ code: "configuration", delivery: "not_sent" });
  assert.deepEqual([refused, isOurs], ["refused", true]);
  assert.equal(outcome({ code: "validation", delivery: "not_sent", field: "visitor.email" }), "rejected");
});

test("what a status means can be configured", () => {
  assert.equal(failed(http(520), { statuses: { 520: "queued" } }).outcome, "busy");
  assert.equal(failed(http(503), { statuses: { 503: "queued" } }).outcome, "busy");
  assert.equal(failed(http(409), { statuses: { 409: "review" } }).outcome, "uncertain");
  assert.equal(failed(http(403), { statuses: { 403: "rejected" } }).outcome, "rejected");
});

test("a verdict carries the status and how long the API asks to wait", () => {
  const { status, retryAfterMs } = failed(http(503, { retryAfterMs: 2000 }));
  assert.deepEqual({ status, retryAfterMs }, { status: 503, retryAfterMs: 2000 });
});

test("no reason quotes what the API or the runtime has said", () => {
  const secret = "3334445555";
  const errors = [
    ...[400, 401, 403, 429, 500].map((status) => http(status, { message: secret, body: secret, hint: secret })),
    odd(secret),
    { code: "network", delivery: "unknown", message: secret, cause: secret },
    { code: "validation", delivery: "not_sent", message: secret },
  ];
  for (const error of errors) assert.ok(!JSON.stringify(failed(error)).includes(secret));
});
