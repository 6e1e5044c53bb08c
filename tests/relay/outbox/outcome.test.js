import assert from "node:assert/strict";
import test from "node:test";
import { ambiguous, answered, failed } from "../../../relay/outbox/outcome.ts";

/** @param {number} status @param {object} [more] what the client rejects with */
const http = (status, more) => ({ code: "http", delivery: "unknown", status, ...more });

/** @param {unknown} error */
const fate = (error) => {
  const { state, health } = failed(error);
  return `${state}, ${health}`;
};

test("a lead that the API has taken is delivered", () => {
  const { state, health, requestId } = answered({ success: true, requestId: "r" });
  assert.deepEqual({ state, health, requestId }, { state: "delivered", health: "well", requestId: "r" });
  assert.equal(answered({}).state, "delivered");
});

test("a lead whose answer was lost after a yes is delivered", () => {
  for (const code of ["decode", "network", "timeout"]) {
    assert.equal(fate({ code, delivery: "accepted", status: 200 }), "delivered, well");
  }
});

test("a lead that is answered with a page goes to review, whatever its status", () => {
  const body = "\n<!doctype html><title>Back soon</title>";
  assert.equal(fate({ code: "decode", delivery: "accepted", status: 200, body }), "review, unwell");
  assert.equal(fate({ code: "decode", delivery: "accepted", status: 200, body: '{"success":tr' }), "delivered, well");
});

test("a lead of which the API says that it was no success goes to review", () => {
  assert.equal(answered({ success: false }).state, "review");
});

for (const status of [429, 521, 523, 525, 526, 530]) {
  test(`a lead that is answered with ${status} waits: nothing was done`, () => {
    assert.equal(fate(http(status)), "queued, unwell");
  });
}

test("a lead that is answered with 503 waits where the API says for how long, and else goes to review", () => {
  assert.equal(fate(http(503, { retryAfterMs: 0 })), "queued, unwell");
  assert.equal(fate(http(503)), "review, unwell");
});

for (const status of [401, 403]) {
  test(`a lead that is answered with ${status} waits, and so do all others`, () => {
    assert.equal(fate(http(status)), "queued, closed");
  });
}

for (const status of [400, 402, 404, 405, 409, 410, 413, 415, 421, 422, 425, 300, 301, 302, 304, 307, 308]) {
  test(`a lead that is answered with ${status} is rejected`, () => {
    assert.equal(fate(http(status)), "rejected, well");
  });
}

for (const status of [408, 500, 501, 502, 504, 505, 520, 522, 524, 599]) {
  test(`a lead that is answered with ${status} goes to review: nobody can tell what was done`, () => {
    assert.equal(fate(http(status)), "review, unwell");
  });
}

for (const code of ["network", "timeout", "aborted"]) {
  test(`a lead without an answer (${code}) goes to review`, () => {
    assert.equal(fate({ code, delivery: "unknown" }), "review, unwell");
  });
}

test("a lead whose send ended in something unheard of goes to review", () => {
  for (const error of [undefined, null, "text", new TypeError("oops"), {}]) assert.equal(fate(error), "review, unwell");
});

test("a lead that never left waits, unless it can never leave", () => {
  assert.equal(fate({ code: "aborted", delivery: "not_sent" }), "queued, unwell");
  assert.equal(fate({ code: "configuration", delivery: "not_sent" }), "queued, closed");
  assert.equal(fate({ code: "validation", delivery: "not_sent", field: "visitor.email" }), "rejected, well");
});

test("what a status means can be configured", () => {
  assert.equal(failed(http(520), { 520: "queued" }).state, "queued");
  assert.equal(failed(http(503), { 503: "queued" }).state, "queued");
  assert.equal(failed(http(409), { 409: "review" }).state, "review");
});

test("a verdict carries the status and how long the API asks to wait", () => {
  const { status, retryAfterMs } = failed(http(503, { retryAfterMs: 2000 }));
  assert.deepEqual({ status, retryAfterMs }, { status: 503, retryAfterMs: 2000 });
});

test("no reason quotes what the API or the runtime has said", () => {
  const secret = "3334445555";
  const errors = [
    ...[400, 401, 429, 500].map((status) => http(status, { message: secret, body: secret, hint: secret })),
    { code: "network", delivery: "unknown", message: secret, cause: secret },
    { code: "validation", delivery: "not_sent", message: secret },
  ];
  for (const error of errors) assert.ok(!JSON.stringify(failed(error)).includes(secret));
});

test("a lead of which nobody can tell goes where its owner wants it", () => {
  assert.equal(ambiguous("review", 1), "review");
  assert.equal(ambiguous("resend", 1), "queued");
  assert.equal(ambiguous("drop", 1), "dropped");
});
