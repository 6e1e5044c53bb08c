// How long each state keeps what it has, and who is told before it goes.
import assert from "node:assert/strict";
import test from "node:test";
import { DAY, HOUR, json, startVirtualRelay, taken } from "../support/virtual-relay.js";

const person = (/** @type {number} */ number) => ({ phoneNumber: String(3334440000 + number) });

/** The personal data on the disk. @param {ReturnType<typeof startVirtualRelay>} relay */
const traces = (relay) =>
  [...JSON.stringify(relay.query("welcome", "SELECT * FROM leads")).matchAll(/33344400\d\d/g)].map(String).sort();

/** A lead in each state in which one may stay, by its number. */
const inEveryState = async (/** @type {Parameters<typeof startVirtualRelay>[0]} */ more = {}) => {
  const relay = startVirtualRelay({
    ...more,
    listener: { honeypot: "website", consent: { field: "consent", texts: { one: "Yes." } }, ...more.listener },
    answer: ({ visitor: { phoneNumber } }) => {
      if (phoneNumber === "3334440001") return json(500);
      if (phoneNumber === "3334440002") return json(422);
      return phoneNumber === "3334440005" ? json(429, {}, { "Retry-After": "80000" }) : taken();
    },
  });
  const yes = { consent: "Yes." };
  await relay.post({ ...person(1), ...yes });
  await relay.post({ ...person(2), ...yes });
  await relay.post({ ...person(3), ...yes, website: "spam" });
  await relay.post({ ...person(4), consent: "Other words." });
  await relay.post({ ...person(6), ...yes });
  await relay.post({ ...person(7), ...yes });
  await relay.pass(30 * 60_000);
  await relay.post({ ...person(8), ...yes, website: "spam" });
  const [last] = (await relay.leads()).slice(-1);
  await relay.order("/drop", { listener: "welcome", ids: [last?.id] });
  await relay.post({ ...person(5), ...yes });
  await relay.pass(60_000);
  assert.deepEqual(
    (await relay.leads()).map(({ state }) => state),
    ["review", "rejected", "quarantined", "held", "delivered", "delivered", "dropped", "queued"],
  );
  return relay;
};

test("what waits to be sent is kept, and all else is erased retentionDays after its last change", async () => {
  const relay = await inEveryState({ options: { retentionDays: 10, quarantineDays: 5 } });
  await relay.jump(4 * DAY);
  assert.equal(traces(relay).length, 8);
  await relay.jump(DAY);
  await relay.pass(2 * HOUR);
  assert.deepEqual(traces(relay).includes("3334440003"), false, "the quarantine has days of its own");
  await relay.jump(5 * DAY);
  await relay.pass(2 * HOUR);
  assert.deepEqual(traces(relay), ["3334440005"]);
  assert.equal((await relay.leads()).length, 8, "that it was here is known for longer");
});

test("contents are erased from alarms, where no cron comes", async () => {
  const relay = await inEveryState({ hasCron: false, options: { retentionDays: 2, quarantineDays: 2 } });
  await relay.pass(2 * DAY + 2 * HOUR);
  assert.deepEqual(traces(relay), ["3334440005"]);
});

test("a lowered number counts at once, on the page and on the disk", async () => {
  const relay = await inEveryState({ options: { retentionDays: 30, quarantineDays: 30 } });
  await relay.jump(3 * DAY);
  relay.deploy({ retentionDays: 2, quarantineDays: 2 });
  const shown = (await relay.leads()).map(({ submission }) => submission?.visitor.phoneNumber);
  assert.deepEqual(shown.filter(Boolean), ["3334440005"]);
  await relay.pass(30 * 60_000);
  assert.deepEqual(traces(relay), ["3334440005"]);
});

test("a raised number keeps what is still there", async () => {
  const relay = await inEveryState({ options: { retentionDays: 2, quarantineDays: 2 } });
  await relay.jump(DAY);
  relay.deploy({ retentionDays: 30, quarantineDays: 30 });
  await relay.jump(5 * DAY);
  await relay.pass(2 * HOUR);
  assert.equal(traces(relay).length, 8);
});

test("the row and the key go, too, and the same key is then another lead", async () => {
  const relay = startVirtualRelay({
    hasCron: false,
    options: { retentionDays: 2, keyRetentionDays: 5 },
    listener: { dedupeWindowMs: 0 },
  });
  const post = () => relay.post({ ...person(1), submissionKey: "key-1" });
  await post();
  await relay.pass(4 * DAY);
  await post();
  await relay.pass(HOUR);
  assert.equal(relay.sent.length, 1);
  assert.equal(Number((await relay.leads())[0]?.repeats), 1);
  await relay.jump(5 * DAY);
  await relay.pass(3 * HOUR);
  assert.equal((await relay.leads()).length, 0);
  await post();
  await relay.settle();
  assert.equal(relay.sent.length, 2);
});

test("a week before leads that wait for their owner lose their contents, the owner hears of it, once a day", async () => {
  const relay = await inEveryState({ options: { retentionDays: 10 } });
  await relay.pass(2.5 * DAY);
  assert.equal(relay.told("review_expires").length, 0);
  await relay.pass(DAY);
  const [alert, ...others] = relay.told("review_expires");
  assert.equal(others.length, 0);
  assert.deepEqual([alert?.listenerId, alert?.count], ["welcome", 3]);
  await relay.pass(2 * DAY);
  assert.equal(relay.told("review_expires").length, 3);
});

test("a decision counts as a change: what was resent is kept anew", async () => {
  const relay = startVirtualRelay({ options: { retentionDays: 10 }, answer: () => json(500) });
  await relay.post(person(1));
  await relay.settle();
  await relay.jump(9 * DAY);
  const [lead] = await relay.leads();
  await relay.order("/resend", { listener: "welcome", ids: [lead?.id] });
  await relay.settle();
  await relay.jump(5 * DAY);
  await relay.pass(2 * HOUR);
  assert.deepEqual(traces(relay), ["3334440001"]);
});

test("a queued lead is not erased; maxAgeHours ends its waiting", async () => {
  const relay = startVirtualRelay({
    options: { retentionDays: 1 },
    listener: { maxAgeHours: 50 },
    answer: () => json(429),
  });
  await relay.post(person(1));
  await relay.pass(2 * DAY);
  assert.deepEqual([(await relay.leads())[0]?.state, traces(relay).length], ["queued", 1]);
  await relay.pass(6 * HOUR);
  assert.equal((await relay.leads())[0]?.state, "review");
  await relay.pass(DAY);
  assert.deepEqual(traces(relay), []);
});

test("a listener that is no longer configured is swept, told of, and stays in review", async () => {
  const relay = await inEveryState({ options: { retentionDays: 10, quarantineDays: 10 } });
  relay.deploy({ listeners: { other: {} } });
  await relay.pass(2 * HOUR);
  const [alert] = relay.told("listener_unlisted");
  assert.deepEqual([alert?.listenerId, alert?.count], ["welcome", 5]);
  const { listeners } = await relay.look("/status");
  assert.deepEqual(
    listeners.map((/** @type {any} */ { id, isConfigured }) => [id, isConfigured]),
    [
      ["other", true],
      ["welcome", false],
    ],
  );
  await relay.pass(10 * DAY);
  assert.deepEqual(traces(relay), ["3334440005"]);
});

test("a clock that is far ahead for a while costs nobody their contents; one that stays there does", async () => {
  const relay = await inEveryState({ options: { retentionDays: 10 } });
  await relay.jump(400 * DAY);
  await relay.pass(20 * HOUR);
  await relay.jump(-400 * DAY);
  await relay.pass(2 * DAY);
  assert.equal(traces(relay).length, 8);
  await relay.jump(400 * DAY);
  relay.deploy({});
  await relay.pass(DAY + 2 * HOUR);
  assert.deepEqual(traces(relay), ["3334440005"]);
});

test("a lead whose contents are erased takes no equal for itself: it can no longer be sent", async () => {
  for (const [answer, website] of /** @type {const} */ ([
    [taken, "spam"],
    [() => json(500), ""],
    [() => json(422), ""],
  ])) {
    const relay = startVirtualRelay({
      answer,
      options: { retentionDays: 2, quarantineDays: 2 },
      listener: { honeypot: "website" },
    });
    const key = { submissionKey: "key-1" };
    await relay.post({ ...person(1), website, ...key });
    await relay.pass(3 * DAY);
    const [erased] = await relay.leads();
    assert.equal(erased?.submission, undefined);
    const before = relay.sent.length;
    await relay.order("/resend", { listener: "welcome", ids: [erased?.id] });
    await relay.settle();
    assert.equal((await relay.leads())[0]?.state, erased?.state, "there is nothing to send");
    relay.world.answer = taken;
    await relay.post(person(1));
    await relay.settle();
    assert.equal(relay.sent.length, before + 1, `its equal is ${erased?.state}`);
  }
});

test("leads in quarantine make room for no other ones than there are", async () => {
  const relay = startVirtualRelay({
    options: { quarantineDays: 1, retentionDays: 1, keyRetentionDays: 2 },
    listener: { honeypot: "website" },
  });
  for (let number = 0; number < 1000; number += 1) await relay.post({ ...person(number), website: "spam" });
  await relay.pass(5 * DAY);
  assert.equal((await relay.leads()).length, 0);
  for (let number = 0; number < 6; number += 1) await relay.post({ ...person(number), website: "spam" });
  assert.equal((await relay.leads()).length, 6);
  assert.equal(relay.told("quarantine_full").length, 0);
});
