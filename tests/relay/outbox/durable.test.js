// Outcomes that cannot be written at once.
import assert from "node:assert/strict";
import test from "node:test";
import { comes } from "../support/comes.js";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

test("an outcome whose write fails is written at once the next time", async () => {
  const running = startVirtualOutbox();
  await running.outbox.accept(person(1));
  running.failWrite("request_id = ?");
  await running.settle();
  assert.deepEqual(await running.states(), ["delivered"]);
  assert.equal(running.sent.length, 1);
  assert.deepEqual(
    running.alerts.map(({ code }) => code),
    ["outbox_failed"],
  );
});

for (const times of [1, 3]) {
  for (const at of [1, 2, 3, 4, 5, 6]) {
    test(`a lead whose commit number ${at} fails ${times} times is sent once, and known to be`, async () => {
      const running = startVirtualOutbox();
      const { outbox } = running;
      if (at === 1) {
        running.failCommits(times);
        await assert.rejects(outbox.accept(person(1)));
      }
      for (let tries = 0; tries < 5; tries += 1) {
        try {
          await outbox.accept(person(1));
          break;
        } catch {}
      }
      const before = running.commits;
      let isFailing = at === 1;
      for (let steps = 0; steps < 30; steps += 1) {
        if (!isFailing && running.commits - before >= at - 2) {
          running.failCommits(times);
          isFailing = true;
        }
        await running.pass(1000);
      }
      running.failCommits(0);
      assert.deepEqual(await running.states(), ["delivered"]);
      assert.equal(running.sent.length, 1);
      assert.ok(!running.alerts.some(({ code }) => code === "lead_uncertain"));
    });
  }
}

test("a commit that fails while the response is in flight loses neither", async () => {
  /** @type {((response: Response) => void) | undefined} */
  let respond;
  const running = startVirtualOutbox({ answer: () => new Promise((resolve) => (respond = resolve)) });
  await running.outbox.accept(person(1));
  const run = running.settle();
  const reply = await comes(() => respond);
  running.failCommits(1);
  await assert.rejects(running.outbox.accept(person(2)));
  reply(taken());
  await run.catch(() => {});
  await running.pass(60_000);
  assert.equal((await running.outbox.status()).counts.delivered, 1);
  assert.equal(running.sent.length, 1);
});

test("a disk that fails at every write after a failed commit is not asked without end, and keeps what it was told", async () => {
  const running = startVirtualOutbox({
    answer: () => {
      running.failWrites(true);
      return taken();
    },
  });
  await running.outbox.accept(person(1));
  running.failCommits(1);
  await assert.rejects(running.outbox.accept(person(2)));
  running.set(running.now + 1000);
  // It throws where alarms come without a wait.
  await running.settle();
  running.failWrites(false);
  await running.pass(60_000);
  assert.deepEqual([await running.states(), running.sent.length], [["delivered"], 1]);
});

test("an alert that cannot be written down as told is told later, and the disk is not asked without end", async () => {
  const running = startVirtualOutbox({ answer: () => json(422) });
  for (const number of [1, 2, 3]) {
    await running.outbox.accept(person(number));
    await running.settle();
  }
  running.failWrites(true, "UPDATE notices SET told_at");
  await running.pass(2 * 60 * 60_000);
  running.failWrites(false);
  await running.pass(120_000);
  assert.deepEqual(
    running.alerts.filter(({ code }) => code === "lead_rejected").map((alert) => Reflect.get(alert, "count")),
    [undefined, 2],
  );
});

test("the end of the process is what makes a lead in flight uncertain", async () => {
  const running = startVirtualOutbox({ answer: () => new Promise(() => {}) });
  await running.outbox.accept(person(1));
  void running.settle();
  await comes(() => running.sent.length > 0);
  running.restart();
  assert.deepEqual(await running.states(), ["review"]);
  assert.deepEqual(
    running.alerts.map(({ code }) => code),
    ["lead_uncertain"],
  );
});

test("two successes in a row that do not say so pause sending, and are for review, whatever the owner chose", async () => {
  for (const onAmbiguous of ["review", "resend", "drop"]) {
    const running = startVirtualOutbox({ listener: { onAmbiguous }, answer: () => json(200, { error: "no" }) });
    for (const number of [1, 2, 3, 4]) await running.outbox.accept(person(number));
    await running.settle();
    const { counts, paused } = await running.outbox.status();
    assert.deepEqual([counts.review, counts.queued], [2, 2]);
    assert.match(String(paused), /without saying/);
    assert.ok(running.alerts.some(({ code }) => code === "outbox_paused"));
  }
});

test("an account whose API answers otherwise says so", async () => {
  const running = startVirtualOutbox({
    answer: () => json(200, { id: 7 }),
    settings: { isDelivered: (/** @type {any} */ { body }) => body?.id === 7 },
  });
  await running.outbox.accept(person(1));
  await running.settle();
  assert.deepEqual(await running.states(), ["delivered"]);
});

test("and is asked with the status of each success", async () => {
  const running = startVirtualOutbox({
    answer: ({ visitor }) => json(visitor.phoneNumber === "3334440001" ? 201 : 202, { ok: true }),
    settings: { isDelivered: (/** @type {any} */ { status }) => status === 201 },
  });
  for (const number of [1, 2]) await running.outbox.accept(person(number));
  await running.settle();
  assert.deepEqual(await running.states(), ["delivered", "review"]);
});
