// The owner's alerts, how often they come, and that silence is news.
import assert from "node:assert/strict";
import test from "node:test";
import { DAY, HOUR, json, MINUTE, startVirtualRelay, taken } from "../support/virtual-relay.js";

const person = (/** @type {number} */ number, more = {}) => ({ phoneNumber: String(3334440000 + number), ...more });

test("each day has one summary, at the owner's hour, with what came, went and waits", async () => {
  // Ten in the morning in New York.
  const now = Date.UTC(2026, 2, 4, 15);
  const relay = startVirtualRelay({
    now,
    options: { timeZone: "America/New_York", summaryHour: 8 },
    listener: { honeypot: "website" },
    answer: ({ visitor: { firstName } }) => (firstName === "Uncertain" ? json(500) : taken()),
  });
  await relay.post(person(1));
  await relay.post(person(2, { firstName: "Uncertain" }));
  await relay.post(person(3, { website: "spam" }));
  await relay.post({ phoneNumber: "foo" });
  await relay.pass(3 * DAY);
  const summaries = relay.told("daily_summary");
  // The first round after eight o'clock.
  const hours = summaries.map(({ at }) =>
    new Date(at).toLocaleString("en-US", { timeZone: "America/New_York", hour: "numeric" }),
  );
  assert.deepEqual(hours, ["8 AM", "8 AM", "8 AM"]);
  assert.equal(
    summaries[0]?.message,
    "welcome: 3 came in, 1 delivered, 1 quarantined, 1 in review now. Refused: 1 phone_wrong.",
  );
  assert.equal(summaries[1]?.message, "welcome: 0 came in, 0 delivered, 0 quarantined, 1 in review now.");
  const [{ received, delivered, quarantined, counts } = /** @type {any} */ ({})] = summaries[0]?.summary ?? [];
  assert.deepEqual([received, delivered, quarantined, counts.review], [3, 1, 1, 1]);
});

test("the summary comes before the first lead, too, and over the days on which clocks change", async () => {
  const relay = startVirtualRelay({ now: Date.UTC(2026, 9, 30, 16), options: { timeZone: "America/New_York" } });
  await relay.pass(4 * DAY);
  const days = relay
    .told("daily_summary")
    .map(({ at }) => new Date(at).toLocaleString("sv-SE", { timeZone: "America/New_York" }).slice(0, 13));
  assert.deepEqual(days, ["2026-10-31 08", "2026-11-01 08", "2026-11-02 08", "2026-11-03 08"]);
  assert.match(String(relay.told("daily_summary")[0]?.message), /welcome: 0 came in/);
});

test("a listener without a lead for silenceHours is told of once a day; a bot's lead is none", async () => {
  const relay = startVirtualRelay({ listener: { silenceHours: 12, honeypot: "website" } });
  await relay.post(person(1));
  await relay.pass(11 * HOUR);
  assert.equal(relay.told("listener_silent").length, 0);
  await relay.post(person(2, { website: "spam" }));
  await relay.pass(3 * HOUR);
  const [alert] = relay.told("listener_silent");
  assert.match(String(alert?.message), /No lead has come in for 1[23] hours/);
  await relay.pass(20 * HOUR);
  assert.equal(relay.told("listener_silent").length, 1);
  await relay.pass(5 * HOUR);
  assert.equal(relay.told("listener_silent").length, 2);
  await relay.post(person(3));
  await relay.pass(11 * HOUR);
  assert.equal(relay.told("listener_silent").length, 2);
});

test("a listener that never had a lead is silent, too", async () => {
  const relay = startVirtualRelay({ listener: { silenceHours: 12 } });
  await relay.pass(14 * HOUR);
  assert.equal(relay.told("listener_silent").length, 1);
});

test("the test button sends an alert at once, each time", async () => {
  const relay = startVirtualRelay();
  await relay.order("/test-alert", {});
  await relay.order("/test-alert", {});
  assert.deepEqual(
    relay.alerts.map(({ code }) => code),
    ["test", "test"],
  );
});

test("the test button says so where the alert did not arrive", async (t) => {
  t.mock.method(console, "error", () => {});
  const relay = startVirtualRelay({
    onAlert: () => {
      throw new Error("The webhook is gone.");
    },
  });
  assert.equal((await relay.order("/test-alert", {})).code, "alert_failed");
});

test("the first of a kind goes at once, then one an hour with a count", async () => {
  const relay = startVirtualRelay({ answer: () => json(422) });
  for (let minutes = 0; minutes < 150; minutes += 1) {
    await relay.post(person(minutes));
    await relay.pass(MINUTE);
  }
  const rejected = relay.told("lead_rejected");
  assert.deepEqual(rejected[0]?.count, undefined);
  assert.ok(Number(rejected[0]?.at) - Date.UTC(2026, 2, 4, 15) < MINUTE);
  assert.equal(rejected.length, 3);
  const counted = rejected.reduce((sum, { count = 1 }) => sum + count, 0);
  assert.ok(counted > 100 && counted <= 150, String(counted));
});

test("posts that are refused are told of by reason, with what the form has and what was probably meant", async () => {
  const relay = startVirtualRelay();
  await relay.post({ firstName: "Jane", phone: "3334440001" });
  await relay.post(person(1, { teamCode: "1" }));
  await relay.post(person(1), { Origin: "https://example.com" });
  await relay.pass(MINUTE);
  const told = new Map(relay.told("post_refused").map(({ reason, message }) => [reason, message]));
  assert.deepEqual([...told.keys()], ["phone_or_email_required", "field_refused", "origin_refused"]);
  assert.match(String(told.get("phone_or_email_required")), /A field of the form has another name/);
  assert.match(String(told.get("field_refused")), /visitor\.teamCode/);
  assert.match(String(told.get("origin_refused")), /https:\/\/example\.com/);
  assert.doesNotMatch(JSON.stringify(relay.alerts), /Jane|3334440001/);
});

test("fields that mean nothing are kept by name and told of once a day, with the one that was meant", async () => {
  const relay = startVirtualRelay();
  await relay.post(person(1, { fname: "Jane", utm_source: "x" }));
  await relay.pass(2 * HOUR);
  const [alert] = relay.told("fields_unknown");
  assert.match(String(alert?.message), /fname \(probably firstName\)/);
  assert.deepEqual((await relay.leads())[0]?.unknown, ["fname", "utm_source"]);
  assert.doesNotMatch(JSON.stringify(relay.query("welcome", "SELECT * FROM leads")), /Jane/);
});

test("a relay whose cron is missing says so", async () => {
  const relay = startVirtualRelay({ hasCron: false });
  await relay.post(person(1));
  await relay.pass(2 * HOUR);
  assert.ok(relay.told("cron_missing").length > 0);
});

test("alerts of one moment go a few at a time, and none is lost", async () => {
  const relay = startVirtualRelay({ listener: { honeypot: "website" } });
  const origins = Array.from({ length: 3 }, (_, number) => `https://${number}.example.com`);
  await relay.post(person(1), { Origin: String(origins[0]) });
  await relay.post({ phone: "1" });
  await relay.post(person(1, { teamCode: "1" }));
  await relay.post(person(1, { submissionKey: "?" }));
  await relay.post(person(1), { "Content-Type": "text/plain" });
  await relay.post(person(1, { mediaUrl: "https://example.com" }));
  await relay.post({ submissionKey: "x".repeat(70_000) });
  await relay.pass(2 * HOUR);
  const reasons = new Set(relay.told("post_refused").map(({ reason }) => reason));
  assert.deepEqual(
    [...reasons].sort(),
    [
      "body_too_large",
      "content_type_unknown",
      "field_refused",
      "key_wrong",
      "origin_refused",
      "phone_or_email_required",
    ].sort(),
  );
});
