// A Retry-After is read in JavaScript for its callers, and in Rust for its own: by the same rules, says
// tests/boundary.rs of the same list.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Botsplash } from "botsplash";

/** @type {{ nowMs: number, waits: Record<string, number | null> }} */
const { nowMs, waits } = JSON.parse(readFileSync(new URL("../shared/retry-after.json", import.meta.url), "utf8"));

/** @param {string} header @returns {Promise<any>} the error of a call that is answered with it */
const answered = (header) => {
  const headers = new Map([["retry-after", header]]);
  /** @returns {any} */
  const fetch = () => Promise.resolve({ status: 429, headers, text: async () => "" });
  return new Botsplash({ appId: "acme", retries: 0, fetch }).sendMessage({ text: "Hi" }).then(
    () => assert.fail("a 429 is not a success"),
    (error) => error,
  );
};

test("a Retry-After is read by the same rules as in Rust", async (t) => {
  t.mock.method(Date, "now", () => nowMs);
  for (const [header, ms] of Object.entries(waits)) {
    assert.equal((await answered(header)).retryAfterMs ?? null, ms, JSON.stringify(header));
  }
});

test("where no clock tells the time, seconds count and dates do not", async (t) => {
  t.mock.method(Date, "now", () => assert.fail("no clock"));
  assert.equal((await answered("7")).retryAfterMs, 7000);
  assert.equal((await answered("Sun, 06 Nov 1994 08:49:47 GMT")).retryAfterMs, undefined);
});
