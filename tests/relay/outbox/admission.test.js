import assert from "node:assert/strict";
import test from "node:test";
import { admit, BACKLOG } from "../../../relay/outbox/admission.ts";

const quiet = { waiting: 0, held: 0 };

test("a lead is queued", () => {
  assert.deepEqual(admit(quiet), { state: "queued", reason: "The lead waits to be sent." });
});

test("a lead that a guard caught is quarantined, and says by which", () => {
  for (const caughtBy of /** @type {const} */ (["honeypot", "turnstile"])) {
    const place = admit({ ...quiet, caughtBy });
    assert.ok(place !== "full");
    assert.deepEqual([place.state, place.caughtBy], ["quarantined", caughtBy]);
  }
});

test("there is room for so many and no more, and what is quarantined takes no room from the others", () => {
  assert.notEqual(admit({ ...quiet, waiting: BACKLOG - 1 }), "full");
  assert.equal(admit({ ...quiet, waiting: BACKLOG }), "full");
  assert.equal(admit({ ...quiet, held: BACKLOG, heldBy: "consent" }), "full");
  assert.notEqual(admit({ ...quiet, held: BACKLOG }), "full");
  assert.notEqual(admit({ ...quiet, waiting: BACKLOG, caughtBy: "honeypot" }), "full");
});
