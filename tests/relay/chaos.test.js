import assert from "node:assert/strict";
import test from "node:test";
import { scenarios } from "../../scripts/chaos/scenarios.js";
import { runAll } from "../../scripts/chaos/trial.js";

/** The same as `npm run chaos`, which takes many more leads. */
const SHORT = { leads: 60, submitMs: 1000, outageMs: 1500, longestMs: 180_000 };

const rows = runAll(scenarios, SHORT);
for (const [index, { name, onAmbiguous }] of scenarios.entries()) {
  const promise = onAmbiguous === "resend" ? "no lead is lost" : "no lead is lost and none is sent twice";
  test(`through "${name}", ${promise}`, async () => {
    const { broken } = await rows[index];
    assert.deepEqual(broken, []);
  });
}
