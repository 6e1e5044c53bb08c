// A date-time is checked in JavaScript for its callers, and in Rust for its own: by the same rules, says
// tests/boundary.rs of the same list.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { survivor } from "./support/survivor.js";

/** @type {{ pass: string[], fail: string[] }} */
const { pass, fail } = JSON.parse(readFileSync(new URL("../shared/date-times.json", import.meta.url), "utf8"));

/** @param {any} client @param {string} followupAt */
const schedule = (client, followupAt) =>
  client.scheduleMeeting({ clientVisitorId: "12345" }, { agentClientUserId: "1", followupAt });

test("what is a date-time is sent as it is written", async (t) => {
  const { client, server } = await survivor(t);
  for (const text of pass) {
    await schedule(client, text);
    assert.equal(JSON.parse(String(server.received.at(-1)?.body)).followupAt, text);
  }
});

test("what is not a date-time with an offset is refused", async (t) => {
  const { client, refuses } = await survivor(t);
  for (const text of fail) await refuses(schedule(client, text), { field: "followupAt", what: text });
});
