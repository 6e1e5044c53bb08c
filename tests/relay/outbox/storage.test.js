import assert from "node:assert/strict";
import test from "node:test";
import { lead, startOutbox } from "../support/outbox.js";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

test("what became of a lead is written later when it cannot be now, and the others go on", async (t) => {
  const { outbox, sandbox, until, told, failAt } = await startOutbox(t);
  await failAt("request_id = ?");
  await outbox.accept(lead(1));
  await told("outbox_failed");
  for (let number = 2; number <= 6; number += 1) await outbox.accept(lead(number));
  await until({ delivered: 6 });
  assert.equal(sandbox.texts.length, 6);
  await told("outbox_failed");
});

test("a cron that comes while the disk fails wakes the sending all the same", async () => {
  const running = startVirtualOutbox();
  await running.outbox.accept(person(1));
  running.loseAlarm();
  running.set(running.now + 300_000);
  running.failWrite("INTO facts");
  await assert.rejects(running.outbox.sweep());
  await running.settle();
  assert.equal(running.sent.length, 1);
});

test("a lead is not kept without its key", async (t) => {
  const { outbox, sandbox, until, failAt } = await startOutbox(t, { listener: { dedupeWindowMs: 0 } });
  await failAt("INTO keys");
  await assert.rejects(outbox.accept(lead(1)));
  assert.equal((await outbox.list({})).leads.length, 0);
  assert.equal((await outbox.accept(lead(1))).outcome, "accepted");
  await until({ delivered: 1 });
  assert.equal(sandbox.texts.length, 1);
});

/** How SQLite says that it looks at every lead of a table, or of a state. */
const WALKS = /^SCAN (?:leads|keys|texted)|^SEARCH leads .*\(state=\?\)$/;

test("to bring a lead on, the outbox looks at that lead alone, however many others there are", async () => {
  const isOdd = (/** @type {any} */ { visitor }) => Number(visitor.phoneNumber) % 2 === 1;
  const running = startVirtualOutbox({
    listener: { maxAgeMs: 6 * 3_600_000, dailyCap: 1000, numberCap: 3, onAmbiguous: "lookup" },
    answer: (lead, calls) => (isOdd(lead) && calls === 1 ? json(403) : taken()),
  });
  const bringOn = async (/** @type {number} */ from) => {
    for (let number = from; number < from + 20; number += 1) await running.outbox.accept(person(number));
    await running.pass(120_000);
  };
  // An outbox that begins looks at everything once.
  await bringOn(0);
  running.forgetQueries();
  await bringOn(100);
  const plans = running
    .queries()
    .flatMap((query) =>
      /^\s*(?:SELECT|UPDATE|INSERT|DELETE)/.test(query) && !/ FROM leads LIMIT 1$/.test(query)
        ? running.query(`EXPLAIN QUERY PLAN ${query}`).map(({ detail }) => ({ query, detail: String(detail) }))
        : [],
    );
  assert.ok(plans.length > 10);
  assert.deepEqual(
    plans.filter(({ detail }) => WALKS.test(detail)),
    [],
  );
});
