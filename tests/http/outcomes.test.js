// How many requests arrive, and what is known afterwards.
// cspell:ignore edirect
import assert from "node:assert/strict";
import test from "node:test";
import { answer, later } from "./support/behaviors.js";
import { operation } from "./support/operation-cases.js";
import { outcomes } from "./support/outcome-cases.js";
import { play } from "./support/play.js";
import { serve } from "./support/scripted-server.js";

/** @typedef {import("./support/outcome-cases.js").Outcome} Outcome */

const kinds = [operation("listMeetings"), operation("updateVisitor"), operation("submitListener")];

for (const row of outcomes) {
  for (const [at, one] of kinds.entries()) {
    const outcome = one.repeat === "Send" ? { ...row, ...row.send } : row;
    const requests = outcome.requests[at];

    test(`${outcome.name}: ${one.name} makes ${requests}`, { timeout: 20_000 }, async (t) => {
      const played = await play(t, outcome, one);
      assert.equal(played.fetches, requests);
      assertFetched(outcome, played);
      assertReported(outcome, played, requests);
      if (one.repeat === "Send") assertHarmless(played);
      if (outcome.waits) assert.deepEqual(played.waits, outcome.waits.slice(0, Math.max(requests - 1, 0)));
    });

    test(`${outcome.name}: ${one.name} without retries makes ${Math.min(requests, 1)}`, {
      timeout: 20_000,
    }, async (t) => {
      const played = await play(t, outcome, one, { retries: 0 });
      assert.equal(played.fetches, Math.min(requests, 1));
      assertFetched(outcome, played);
      assert.deepEqual(played.waits, []);
      // Otherwise it ends in another way, which has its own row.
      if (outcome.script.length < 2 && outcome.when !== "attempted")
        assertReported(outcome, played, Math.min(requests, 1));
    });
  }
}

/** One fetch is one request, and one event. @param {Outcome} outcome @param {import("./support/play.js").Played} played */
function assertFetched({ closed, repeatedByFetch }, { arrived, fetches, events, error }) {
  if (repeatedByFetch) assert.ok(arrived === fetches || arrived === 2 * fetches);
  else assert.equal(arrived, closed ? 0 : fetches);
  assert.equal(events.length, fetches);
  if (!error) return;
  assert.deepEqual(
    error.attempts.map(({ status }) => status),
    events.map(({ status }) => status),
  );
}

/** @param {Outcome} outcome @param {import("./support/play.js").Played} played @param {number} requests */
function assertReported({ code, delivery, status, statuses, retryAfterMs }, { value, error, events }, requests) {
  if (code === undefined) {
    assert.equal(error, undefined);
    assert.equal(/** @type {any} */ (value).success, true);
    assert.equal(events.at(-1)?.delivery, "accepted");
    return;
  }
  assert.ok(error, "it should have failed");
  assert.deepEqual([error.code, error.delivery, error.httpStatus], [code, delivery, status]);
  assert.equal(error.retryAfterMs, retryAfterMs);
  const expected = statuses?.slice(0, requests) ?? Array(requests).fill(status);
  assert.deepEqual(
    error.attempts.map((attempt) => attempt.status),
    expected,
  );
}

/** A call that acts on a person went again only after an answer that said: not processed. @param {import("./support/play.js").Played} played */
function assertHarmless({ answers, fetches }) {
  for (const { status, retryAfter } of answers.slice(0, Math.max(fetches - 1, 0))) {
    assert.ok(status === 429 || (status === 503 && retryAfter !== null), `sent again after ${status}`);
  }
}

test("a Retry-After that is a date is waited for", async (t) => {
  // HTTP dates have no fractions: this one lies 28 to 29 seconds ahead, and 30 are the longest wait.
  const date = new Date(Date.now() + 29_000).toUTCString();
  const outcome = /** @type {Outcome} */ ({ name: "", script: [later(429, date), answer(200)], requests: [2, 2, 2] });
  const { waits, fetches } = await play(t, outcome, operation("submitListener"));
  assert.equal(fetches, 2);
  assert.equal(waits.length, 1);
  assert.ok(waits[0] > 15_000 && waits[0] <= 29_000, String(waits[0]));
});

test("a redirect is not followed", async (t) => {
  const elsewhere = await serve(t, answer(200));
  for (const status of [301, 302, 303, 307, 308]) {
    for (const one of kinds) {
      const redirect = answer(status, "", { location: `${elsewhere.url}/elsewhere` });
      await t.test(`${status}, ${one.name}`, async (t) => {
        const outcome = /** @type {Outcome} */ ({ name: "", script: [redirect], requests: [1, 1, 1] });
        const { error, fetches } = await play(t, outcome, one, { auth: { apiKey: "k" } });
        assert.equal(fetches, 1);
        assert.deepEqual([error?.code, error?.delivery, error?.httpStatus], ["http", "unknown", status]);
        assert.match(error?.message ?? "", /[Rr]edirect/);
      });
    }
  }
  assert.equal(elsewhere.received.length, 0);
});

test("a call has as many retries as it is given", async (t) => {
  for (const retries of [1, 5, 10]) {
    await t.test(String(retries), async (t) => {
      const outcome = /** @type {Outcome} */ ({ name: "", script: [answer(429)], requests: [0, 0, 0] });
      for (const one of kinds) assert.equal((await play(t, outcome, one, { retries })).arrived, retries + 1);
    });
  }
});
