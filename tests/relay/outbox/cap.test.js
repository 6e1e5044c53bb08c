// The caps of a day and of a number, when something fails or changes in between.
import assert from "node:assert/strict";
import test from "node:test";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param {ReturnType<typeof startVirtualOutbox>} running @param {number} from @param {number} to */
const accept = async (running, from, to) => {
  for (let number = from; number < to; number += 1) await running.outbox.accept(person(number));
  await running.settle();
};

test("what went by a clock that was a day ahead counts for the day on which it went, and for no other", async () => {
  const running = startVirtualOutbox({ listener: { dailyCap: 2 } });
  const start = running.now;
  await running.outbox.status();
  running.set(start + DAY);
  await accept(running, 0, 2);
  running.set(start);
  await accept(running, 2, 4);
  await running.pass(5 * MINUTE);
  assert.equal(running.sent.length, 2);
  await running.pass(DAY);
  assert.equal(running.sent.length, 4);
});

test("a lead whose claim could not be written uses up the cap once", async () => {
  const running = startVirtualOutbox({ listener: { dailyCap: 4 } });
  await running.outbox.accept(person(0));
  running.failWrite("state = 'sending'");
  await running.settle();
  await accept(running, 1, 7);
  await running.pass(HOUR);
  assert.equal((await running.outbox.status()).counts.delivered, 4);
});

test("a lead that was not taken, which could not be written at once, makes room for one other", async () => {
  const running = startVirtualOutbox({
    listener: { dailyCap: 3 },
    answer: ({ visitor }, calls) => (visitor.phoneNumber === "3334440001" && calls === 1 ? json(429) : taken()),
  });
  await accept(running, 0, 1);
  await running.outbox.accept(person(1));
  running.failWrite("DELETE FROM texted");
  await running.settle();
  await accept(running, 2, 7);
  await running.pass(HOUR);
  assert.equal((await running.outbox.status()).counts.delivered, 3);
});

test("where the owner's zone changes, the day of the new zone counts what went in it", async () => {
  const first = startVirtualOutbox({ now: Date.UTC(2026, 2, 3, 20), listener: { dailyCap: 2, timeZone: "UTC" } });
  await accept(first, 0, 1);
  await first.pass(5 * HOUR);
  await accept(first, 1, 2);
  const listener = { dailyCap: 2, timeZone: "America/New_York" };
  const again = startVirtualOutbox({ now: first.now, database: first.database(), listener });
  await accept(again, 2, 6);
  assert.equal(again.sent.length, 0);
});

test("an attempt that did nothing does not free a number which an earlier one may have texted", async () => {
  const running = startVirtualOutbox({
    listener: { onAmbiguous: "resend", numberCap: 1 },
    answer: (_, calls) => (calls === 1 ? json(500) : json(429, {}, { "Retry-After": "3600" })),
  });
  await accept(running, 1, 2);
  await running.pass(MINUTE);
  assert.equal(running.sent.length, 2);
  const submission = { visitor: { phoneNumber: "3334440001", firstName: "Ann" } };
  await running.outbox.accept(person(1, { submission }));
  await running.pass(30 * MINUTE);
  assert.deepEqual((await running.states()).sort(), ["quarantined", "queued"]);
});
