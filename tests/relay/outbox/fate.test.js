import assert from "node:assert/strict";
import test from "node:test";
import { ambiguous, fateOf } from "../../../relay/outbox/fate.ts";

const NOW = Date.UTC(2026, 10, 26);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const lead = { doubts: 0, failures: 0, refusedAt: null, visitorId: null };
const rules = /** @type {const} */ ({ onAmbiguous: "review", firstWaitMs: 250 });

/**
 * @param {Partial<import("../../../relay/outbox/outcome.ts").Verdict>} verdict
 * @param {Partial<import("../../../relay/outbox/fate.ts").History>} [history]
 * @param {Partial<Parameters<typeof fateOf>[2]>} [more]
 */
const fate = (verdict, history, more) => {
  const { state, dueAt } = fateOf(
    { outcome: "busy", reason: "", ...verdict },
    { ...lead, ...history },
    { ...rules, ...more },
    NOW,
  );
  return [state, dueAt === undefined ? undefined : dueAt - NOW];
};

test("a lead that the API could not take waits twice as long each time, up to a quarter of an hour", () => {
  const waits = [0, 1, 2, 20, 5000].map((failures) => fate({}, { failures })[1]);
  assert.deepEqual(waits, [250, 500, 1000, 15 * MINUTE, 15 * MINUTE]);
});

test("a lead waits for as long as the API asks, up to a day", () => {
  assert.deepEqual(fate({ retryAfterMs: HOUR }), ["queued", HOUR]);
  assert.deepEqual(fate({ retryAfterMs: 1e15 }), ["queued", 24 * HOUR]);
  assert.deepEqual(fate({ retryAfterMs: 1 }), ["queued", 250]);
});

test("a refusal ends a lead only if another lead was delivered after it", () => {
  const refused = /** @type {const} */ ({ outcome: "refused" });
  assert.equal(fate(refused)[0], "queued");
  assert.equal(fate(refused, {}, { lastTakenAt: NOW })[0], "queued");
  assert.equal(fate(refused, { refusedAt: NOW - HOUR }, { lastTakenAt: NOW - 2 * HOUR })[0], "queued");
  assert.equal(fate(refused, { refusedAt: NOW - 2 * HOUR }, { lastTakenAt: NOW - HOUR })[0], "rejected");
});

test("refused credentials never end a lead", () => {
  const history = { refusedAt: NOW - 2 * HOUR, failures: 1000 };
  assert.deepEqual(fate({ outcome: "refused", isOurs: true }, history, { lastTakenAt: NOW - HOUR }), ["queued", HOUR]);
});

test("an uncertain lead goes where its owner wants it", () => {
  const uncertain = /** @type {const} */ ({ outcome: "uncertain" });
  assert.equal(fate(uncertain)[0], "review");
  assert.equal(fate(uncertain, {}, { onAmbiguous: "resend" })[0], "queued");
  assert.equal(fate(uncertain, { doubts: 9 }, { onAmbiguous: "resend" })[0], "review");
  assert.equal(fate(uncertain, {}, { onAmbiguous: "drop" })[0], "dropped");
  assert.deepEqual(fate(uncertain, { visitorId: "id" }, { onAmbiguous: "lookup" }), ["checking", MINUTE]);
  assert.equal(fate(uncertain, {}, { onAmbiguous: "lookup" })[0], "review");
});

test("a success that does not say so is never sent again or given up by itself", () => {
  for (const onAmbiguous of /** @type {const} */ (["review", "resend", "drop"])) {
    assert.equal(fate({ outcome: "unconfirmed" }, {}, { onAmbiguous })[0], "review");
  }
  assert.equal(fate({ outcome: "unconfirmed" }, { visitorId: "id" }, { onAmbiguous: "lookup" })[0], "checking");
});

test("a look-up has an end, too", () => {
  assert.equal(ambiguous("lookup", { doubts: 9, visitorId: "id" }, NOW).state, "review");
});
