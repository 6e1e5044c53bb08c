// Hours, ages, caps, and clocks that jump.
import assert from "node:assert/strict";
import test from "node:test";
import { hoursOf, nextMidnight, nextWithin } from "../../../relay/outbox/hours.ts";
import { zonesOf } from "../../../relay/outbox/zones.ts";
import { comes } from "../support/comes.js";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const NINE_TO_FIVE = { from: 540, to: 1020 };

/** @param {string} zones @param {string} now @param {string} expected */
const opens = (zones, now, expected) =>
  assert.equal(new Date(nextWithin(NINE_TO_FIVE, zones.split(","), Date.parse(now))).toISOString(), expected);

test("hours are those of the visitor's clock, whatever it does", () => {
  opens("America/New_York", "2026-03-04T15:00:00.000Z", "2026-03-04T15:00:00.000Z");
  opens("America/New_York", "2026-03-04T13:59:59.999Z", "2026-03-04T14:00:00.000Z");
  opens("America/New_York", "2026-03-04T22:00:00.000Z", "2026-03-05T14:00:00.000Z");
  // The clocks go forward in this night, and back in that.
  opens("America/New_York", "2026-03-07T23:00:00.000Z", "2026-03-08T13:00:00.000Z");
  opens("America/New_York", "2026-10-31T23:00:00.000Z", "2026-11-01T14:00:00.000Z");
  opens("Asia/Kathmandu", "2026-03-04T15:00:00.000Z", "2026-03-05T03:15:00.000Z");
});

test("where a visitor may be in several zones, it is the latest start and the earliest end", () => {
  opens("America/Chicago,America/Denver", "2026-03-04T15:30:00.000Z", "2026-03-04T16:00:00.000Z");
  opens("America/Chicago,America/Denver", "2026-03-04T23:10:00.000Z", "2026-03-05T16:00:00.000Z");
  // Where they have no hour in common, it is the first of them.
  opens("Pacific/Auckland,America/New_York", "2026-03-04T21:00:00.000Z", "2026-03-04T21:00:00.000Z");
});

test("hours are times of day, at least an hour of them", () => {
  assert.deepEqual(hoursOf({ from: "09:00", to: "24:00" }), { from: 540, to: 1440 });
  for (const wrong of [
    undefined,
    {},
    { from: "9:00", to: "17:00" },
    { from: "17:00", to: "09:00" },
    { from: "09:00" },
  ]) {
    assert.equal(hoursOf(wrong), undefined);
  }
  assert.equal(hoursOf({ from: "09:00", to: "09:30" }), undefined);
  assert.equal(hoursOf({ from: "09:00", to: "25:00" }), undefined);
});

for (const [visitor, expected] of /** @type {const} */ ([
  [{ tzName: "Europe/Berlin", state: "CA" }, "Europe/Berlin"],
  [{ tzName: "Nowhere/Land", state: "CA" }, "America/Los_Angeles"],
  [{ state: "nc" }, "America/New_York"],
  [{ state: " North Carolina " }, "America/New_York"],
  [{ state: "TX" }, "America/Chicago,America/Denver"],
  [{ state: "??", phoneNumber: "212 555 0100" }, "America/New_York"],
  [{ phoneNumber: "+1 (808) 555-0100" }, "Pacific/Honolulu"],
  [{ phoneNumber: "1-602-555-0100" }, "America/Phoenix"],
  [{ phoneNumber: "850.555.0100" }, "America/New_York,America/Chicago"],
  [{ phoneNumber: "+49 212 555 0100" }, "UTC"],
  [{ phoneNumber: "0049 2125550" }, "UTC"],
  [{ phoneNumber: "800 555 0100" }, "UTC"],
  [{}, "UTC"],
])) {
  test(`${JSON.stringify(visitor)} is in ${expected}`, () => {
    assert.equal(zonesOf({ visitor }, "UTC").join(), expected);
  });
}

test("an area code stands in one row of the table, and each zone is one", () => {
  for (let code = 200; code < 1000; code += 1) {
    const zones = zonesOf({ visitor: { phoneNumber: `${code}5550100` } }, "UTC");
    for (const zone of zones) new Intl.DateTimeFormat("en-US", { timeZone: zone });
  }
});

const NIGHT = Date.UTC(2026, 2, 4, 4);
const inNewYork = (/** @type {number} */ number) =>
  person(number, { submission: { visitor: { phoneNumber: `212444000${number}` } } });

test("a lead waits for its hours, also after a resend, unless its owner says otherwise", async () => {
  const running = startVirtualOutbox({
    now: NIGHT,
    listener: { sendHours: NINE_TO_FIVE },
    answer: (_, calls) => (calls === 1 ? json(500) : taken()),
  });
  await running.outbox.accept(inNewYork(1));
  await running.pass(9 * HOUR);
  assert.equal(running.sent.length, 0);
  const { waiting } = await running.outbox.status();
  assert.deepEqual([waiting?.until, /sendHours/.test(String(waiting?.reason))], [Date.UTC(2026, 2, 4, 14), true]);
  await running.pass(HOUR + 1);
  assert.deepEqual([running.sent.length, running.sent[0]?.at], [1, Date.UTC(2026, 2, 4, 14)]);
  await running.pass(12 * HOUR);
  const [lead] = (await running.outbox.list({})).leads;
  await running.outbox.resend([String(lead?.id)]);
  await running.settle();
  assert.equal(running.sent.length, 1);
  await running.outbox.drop([String(lead?.id)]);

  await running.outbox.accept(inNewYork(2));
  await running.pass(14 * HOUR);
  const review = (await running.outbox.list({ state: "review" })).leads;
  await running.pass(10 * HOUR);
  const before = running.sent.length;
  await running.outbox.resend([String(review[0]?.id)], { anyHour: true });
  await running.settle();
  assert.equal(running.sent.length, before + 1);
});

test("hours that are configured otherwise count at once", async () => {
  const running = startVirtualOutbox({ now: NIGHT, listener: { sendHours: NINE_TO_FIVE } });
  await running.outbox.accept(inNewYork(1));
  await running.settle();
  const database = running.database();
  const again = startVirtualOutbox({ now: NIGHT, database });
  await again.outbox.sweep();
  await again.settle();
  assert.equal(again.sent.length, 1);
});

test("what waits for too long goes to review instead of to its person, with an alert; a resend counts anew", async () => {
  let isUp = false;
  const running = startVirtualOutbox({ listener: { maxAgeMs: 6 * HOUR }, answer: () => (isUp ? taken() : json(429)) });
  await running.outbox.accept(person(1));
  await running.pass(6 * HOUR + 5 * MINUTE);
  assert.deepEqual(await running.states(), ["review"]);
  assert.ok(running.alerts.some(({ code }) => code === "leads_expired"));
  isUp = true;
  const [lead] = (await running.outbox.list({})).leads;
  assert.match(String(lead?.reason), /6 hours/);
  await running.pass(HOUR);
  await running.outbox.resend([String(lead?.id)]);
  await running.settle();
  assert.deepEqual(await running.states(), ["delivered"]);
});

test("the day's cap counts what goes in a day of the owner, whatever waits over midnight", async () => {
  const running = startVirtualOutbox({ now: Date.UTC(2026, 2, 4, 20), listener: { dailyCap: 3 } });
  for (let number = 0; number < 8; number += 1) await running.outbox.accept(person(number));
  await running.pass(8 * HOUR);
  assert.equal(running.sent.length, 3);
  await running.pass(2 * HOUR);
  assert.equal(running.sent.length, 6);
  assert.ok(Number(running.sent[3]?.at) >= nextMidnight("America/New_York", Date.UTC(2026, 2, 4, 20)));
  await running.pass(DAY);
  assert.equal(running.sent.length, 8);
});

test("what certainly was not taken does not use up the cap; what may have been does", async () => {
  const running = startVirtualOutbox({
    listener: { dailyCap: 2 },
    answer: ({ visitor }, calls) => {
      if (visitor.phoneNumber === "3334440000") return calls < 5 ? json(429) : taken();
      return json(500);
    },
  });
  await running.outbox.accept(person(0));
  await running.pass(MINUTE);
  await running.outbox.accept(person(1));
  await running.outbox.accept(person(2));
  await running.pass(HOUR);
  // Two that came in the same moment go in any order.
  assert.deepEqual((await running.states()).sort(), ["delivered", "queued", "review"]);
});

test("the cap gets back what was not taken also when a commit failed while the lead was in flight", async () => {
  /** @type {((response: Response) => void) | undefined} */
  let respond;
  const running = startVirtualOutbox({
    listener: { dailyCap: 1 },
    answer: (_, calls) => (calls > 1 ? taken() : new Promise((resolve) => (respond = resolve))),
  });
  await running.outbox.accept(person(0));
  const run = running.settle();
  const reply = await comes(() => respond);
  running.failCommits(1);
  await assert.rejects(running.outbox.accept(person(1)));
  reply(json(429));
  await run.catch(() => {});
  await running.pass(HOUR);
  assert.deepEqual(await running.states(), ["delivered"]);
});

test("an object that has ended waits for nothing: what is still to be heard, the next one hears", async () => {
  /** @type {((response: Response) => void) | undefined} */
  let respond;
  const running = startVirtualOutbox({ answer: () => new Promise((resolve) => (respond = resolve)) });
  await running.outbox.accept(person(0));
  let isOver = false;
  void running.settle().then(() => {
    isOver = true;
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const reply = await comes(() => respond);
  running.failCommits(1);
  await assert.rejects(running.outbox.status());
  for (let turns = 0; turns < 100 && !isOver; turns += 1) await turn();
  assert.equal(isOver, true, "the alarm of the object that has ended is still waiting");
  running.set(running.now + 100);
  const next = running.settle();
  reply(taken());
  await next;
  await running.pass(60_000);
  assert.deepEqual(await running.states(), ["delivered"]);
});

test("a clock that jumps ahead and back keeps nothing waiting, counts nothing twice, and loses nothing", async () => {
  const running = startVirtualOutbox({
    listener: { dailyCap: 2 },
    answer: (_, calls) => (calls === 1 ? json(429) : taken()),
  });
  const start = running.now;
  await running.outbox.accept(person(1));
  running.set(start + 400 * DAY);
  await running.outbox.accept(person(2));
  await running.settle();
  running.set(start);
  await running.pass(20 * MINUTE);
  await running.outbox.accept(person(3));
  await running.pass(3 * DAY);
  assert.deepEqual((await running.outbox.status()).counts.delivered, 3);
  assert.equal(Number(running.query("SELECT count(*) AS n FROM sent")[0]?.n) <= 8, true);
});

test("a resend at any hour that was undone does not have the lead go at night", async () => {
  const running = startVirtualOutbox({ now: NIGHT, listener: { sendHours: NINE_TO_FIVE } });
  const caught = await running.outbox.accept(person(1, { caughtBy: "honeypot" }));
  const ids = ["id" in caught ? caught.id : ""];
  await running.outbox.resend(ids, { anyHour: true });
  await running.outbox.undo(ids);
  await running.outbox.accept(person(1));
  await running.settle();
  assert.deepEqual([await running.states(), running.sent.length], [["queued"], 0]);
});

test("a listener that is taken out of the configuration keeps its hours and its cap, and a rehearsal is its own, too", async () => {
  const start = startVirtualOutbox({ now: NIGHT, listener: { sendHours: NINE_TO_FIVE, dailyCap: 2 } });
  for (let number = 1; number < 5; number += 1) await start.outbox.accept(inNewYork(number));
  await start.settle();
  const unlisted = { listeners: new Map() };
  const running = startVirtualOutbox({ now: NIGHT, database: start.database(), settings: unlisted });
  await running.outbox.sweep();
  await running.pass(9 * HOUR);
  assert.equal(running.sent.length, 0);
  await running.pass(8 * HOUR);
  assert.equal(running.sent.length, 2);
  const rehearsing = startVirtualOutbox({
    now: running.now,
    database: running.database(),
    settings: { ...unlisted, rehearsal: "2124449999" },
  });
  await rehearsing.outbox.sweep();
  await rehearsing.pass(DAY);
  assert.equal(rehearsing.sent.length, 0);
  assert.deepEqual((await rehearsing.states()).sort(), ["delivered", "delivered", "held", "held"]);
});

test("a cap that is set anew counts what went without one", async () => {
  const first = startVirtualOutbox({ listener: { dailyCap: 2 } });
  for (let number = 0; number < 2; number += 1) await first.outbox.accept(person(number));
  await first.settle();
  const open = startVirtualOutbox({ now: first.now, database: first.database() });
  for (let number = 2; number < 6; number += 1) await open.outbox.accept(person(number));
  await open.settle();
  const again = startVirtualOutbox({ now: open.now, database: open.database(), listener: { dailyCap: 8 } });
  for (let number = 6; number < 12; number += 1) await again.outbox.accept(person(number));
  await again.settle();
  assert.deepEqual([first.sent.length, open.sent.length, again.sent.length], [2, 4, 2]);
});

test("a relay that counts its days for a month keeps the last ones", async () => {
  const running = startVirtualOutbox({ listener: { dailyCap: 5 } });
  for (let day = 0; day < 30; day += 1) {
    await running.outbox.accept(person(day));
    await running.pass(DAY);
  }
  assert.ok(Number(running.query("SELECT count(*) AS n FROM sent")[0]?.n) < 6);
});

test("leads that their owner moves today, and that went on another day, use up nothing of today's cap", async () => {
  let isUp = false;
  const running = startVirtualOutbox({ listener: { dailyCap: 3 }, answer: () => (isUp ? taken() : json(500)) });
  for (let number = 0; number < 3; number += 1) await running.outbox.accept(person(number));
  await running.pass(2 * DAY);
  const { leads } = await running.outbox.list({ state: "review" });
  assert.equal(leads.length, 3);
  await running.outbox.drop(leads.map(({ id }) => id));
  running.restart();
  isUp = true;
  for (let number = 3; number < 6; number += 1) await running.outbox.accept(person(number));
  await running.pass(HOUR);
  assert.equal((await running.outbox.status()).counts.delivered, 3);
});

test("a night's queue is looked at in small steps", async () => {
  const running = startVirtualOutbox({ now: NIGHT, listener: { sendHours: NINE_TO_FIVE } });
  for (let number = 0; number < 500; number += 1) await running.outbox.accept(person(number));
  const before = running.commits;
  await running.settle();
  assert.ok(running.commits - before >= 3, `${running.commits - before} commits`);
  assert.match(String((await running.outbox.status()).waiting?.reason), /sendHours/);
});
