// Which leads are the same.
import assert from "node:assert/strict";
import test from "node:test";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @param {import("../../../relay/outbox/types.ts").Acceptance} acceptance */
const idOf = (acceptance) => ("id" in acceptance ? acceptance.id : assert.fail(acceptance.outcome));

for (const [how, more] of /** @type {const} */ ([
  ["the same key", { key: "key-1" }],
  ["another key", {}],
])) {
  for (const caughtBy of /** @type {const} */ (["honeypot", "turnstile"])) {
    test(`a lead that ${caughtBy} caught is released when it comes again and passes, under ${how}`, async () => {
      const running = startVirtualOutbox();
      const { outbox } = running;
      const id = idOf(await outbox.accept(person(1, { key: "key-1", caughtBy })));
      // Caught again, it stays the same lead, where it is.
      assert.deepEqual(await outbox.accept(person(1, { ...more, caughtBy })), {
        ...{ outcome: "duplicate", id, state: "quarantined" },
      });
      assert.equal(await outbox.find(person(1, more)), undefined, "the guard has to be asked");
      const again = await outbox.accept(person(1, more));
      assert.deepEqual(again, { outcome: "duplicate", id, state: "queued" });
      await running.settle();
      assert.deepEqual(await running.states(), ["delivered"]);
      assert.equal(running.sent.length, 1);
    });
  }

  for (const [what, end] of /** @type {const} */ ([
    ["was rejected", async () => {}],
    [
      "was dropped before it was sent",
      async (/** @type {any} */ { outbox }, /** @type {string} */ id) => outbox.drop([id]),
    ],
  ])) {
    for (const days of [0, 5])
      test(`a lead that ${what} absorbs nothing, ${days} days later, under ${how}`, async () => {
        let isRejecting = true;
        const running = startVirtualOutbox({ answer: () => (isRejecting ? json(422) : taken()) });
        const id = idOf(await running.outbox.accept(person(1, { key: "key-1" })));
        if (what === "was rejected") await running.settle();
        await end(running, id);
        isRejecting = false;
        running.set(running.now + days * 24 * HOUR);
        const next = await running.outbox.accept(person(1, more));
        assert.equal(next.outcome, "accepted");
        assert.notEqual(idOf(next), id);
        await running.settle();
        assert.equal((await running.outbox.status()).counts.delivered, 1);
      });
  }
}

test("a key of a lead that nobody has heard of may come with another content", async () => {
  const running = startVirtualOutbox({ answer: (_, calls) => (calls === 1 ? json(422) : taken()) });
  await running.outbox.accept(person(1, { key: "key-1" }));
  await running.settle();
  assert.equal((await running.outbox.accept(person(2, { key: "key-1" }))).outcome, "accepted");
  assert.equal((await running.outbox.accept(person(3, { key: "key-1" }))).outcome, "conflict");
});

test("a lead absorbs its equals for as long as it waits, however long that is; review counts them", async () => {
  let isUp = false;
  const running = startVirtualOutbox({ answer: () => (isUp ? taken() : json(401)) });
  const id = idOf(await running.outbox.accept(person(1)));
  for (let quarter = 0; quarter < 8; quarter += 1) {
    await running.pass(15 * MINUTE);
    assert.equal(idOf(await running.outbox.accept(person(1))), id);
  }
  assert.equal((await running.outbox.list({})).leads[0]?.repeats, 8);
  isUp = true;
  await running.outbox.resume();
  await running.settle();
  assert.deepEqual(await running.states(), ["delivered"]);
  // The window runs from its delivery.
  await running.pass(9 * MINUTE);
  assert.equal((await running.outbox.accept(person(1))).outcome, "duplicate");
  await running.pass(2 * MINUTE);
  assert.equal((await running.outbox.accept(person(1))).outcome, "accepted");
});

test("a lead in review absorbs its equals, and one that was dropped but may have been sent does for the window", async () => {
  const running = startVirtualOutbox({ answer: (_, calls) => (calls === 1 ? json(500) : taken()) });
  const id = idOf(await running.outbox.accept(person(1)));
  await running.settle();
  await running.pass(50 * HOUR);
  assert.equal(idOf(await running.outbox.accept(person(1))), id);
  await running.outbox.drop([id]);
  await running.pass(9 * MINUTE);
  assert.equal(idOf(await running.outbox.accept(person(1))), id);
  await running.pass(2 * MINUTE);
  assert.equal((await running.outbox.accept(person(1))).outcome, "accepted");
});

test("a lead that may have been sent and was refused the next time absorbs its equals for the window", async () => {
  const running = startVirtualOutbox({
    listener: { onAmbiguous: "resend" },
    answer: (_, calls) => json(calls === 1 ? 500 : 422),
  });
  const id = idOf(await running.outbox.accept(person(1)));
  await running.pass(MINUTE);
  assert.deepEqual(await running.states(), ["rejected"]);
  assert.equal(idOf(await running.outbox.accept(person(1))), id);
  await running.pass(11 * MINUTE);
  assert.equal((await running.outbox.accept(person(1))).outcome, "accepted");
});

test("a quarantined lead is not released beside an equal that was sent", async () => {
  const running = startVirtualOutbox();
  await running.outbox.accept(person(1, { caughtBy: "honeypot", key: "key-1" }));
  await running.outbox.accept(person(1, { key: "key-2" }));
  await running.settle();
  assert.equal(running.sent.length, 1);
  await running.outbox.accept(person(1, { key: "key-3" }));
  await running.settle();
  assert.equal(running.sent.length, 1);
});

test("a key of a lead that a guard caught does not release it beside an equal that was sent", async () => {
  const running = startVirtualOutbox();
  const id = idOf(await running.outbox.accept(person(1, { key: "key-1", caughtBy: "honeypot" })));
  await running.outbox.drop([id]);
  await running.outbox.accept(person(1, { key: "key-2" }));
  await running.settle();
  await running.outbox.undo([id]);
  assert.notEqual(idOf(await running.outbox.accept(person(1, { key: "key-1" }))), id);
  await running.settle();
  assert.equal(running.sent.length, 1);
});

test("a lead that was held in a rehearsal goes when it comes again after it", async () => {
  const rehearsing = startVirtualOutbox({ listener: { rehearsal: "3334449999" } });
  const id = idOf(await rehearsing.outbox.accept(person(1)));
  await rehearsing.settle();
  await rehearsing.outbox.accept(person(1));
  await rehearsing.settle();
  assert.deepEqual([await rehearsing.states(), rehearsing.sent.length], [["held"], 0]);
  const running = startVirtualOutbox({ database: rehearsing.database() });
  await running.settle();
  assert.equal(running.sent.length, 0, "without a new post its owner decides");
  assert.equal(idOf(await running.outbox.accept(person(1))), id);
  await running.settle();
  assert.deepEqual([await running.states(), running.sent.length], [["delivered"], 1]);
});

test("a lead that comes again for ever, each time under another key, fills no disk", async () => {
  const running = startVirtualOutbox();
  const id = idOf(await running.outbox.accept(person(1, { key: "key-0" })));
  for (let time = 1; time <= 300; time += 1) {
    assert.equal(idOf(await running.outbox.accept(person(1, { key: `key-${time}` }))), id);
  }
  const [{ keys } = {}] = running.query("SELECT count(*) AS keys FROM keys");
  assert.equal(keys, 100);
  await running.pass(24 * HOUR);
  // Those that are known are so beyond the window.
  assert.equal(idOf(await running.outbox.accept(person(1, { key: "key-0" }))), id);
});

test("a drop that is undone after the clock went back sends nothing that came again since", async () => {
  const running = startVirtualOutbox({
    listener: { sendHours: { from: 540, to: 1020 } },
    now: Date.UTC(2026, 2, 4, 4),
  });
  const id = idOf(await running.outbox.accept(person(1)));
  running.set(running.now + HOUR);
  await running.outbox.drop([id]);
  running.set(running.now - HOUR);
  await running.outbox.accept(person(1));
  assert.deepEqual(await running.outbox.undo([id]), { changed: 0 });
});

test("a lead that may have been sent, was caught later and is erased by now, is known, and not released empty", async () => {
  const listener = { onAmbiguous: "resend", numberCap: 2 };
  const first = startVirtualOutbox({ listener, answer: (_, calls) => (calls === 1 ? json(500) : taken()) });
  const id = idOf(await first.outbox.accept(person(1, { key: "key-1" })));
  await first.settle();
  const submission = { visitor: { phoneNumber: "3334440001", firstName: "Ann" } };
  await first.outbox.accept(person(1, { submission }));
  await first.settle();
  assert.deepEqual((await first.states()).sort(), ["delivered", "queued"]);
  const running = startVirtualOutbox({
    now: first.now,
    database: first.database(),
    listener: { ...listener, numberCap: 1 },
    settings: { quarantineMs: 24 * HOUR },
  });
  await running.pass(72 * HOUR);
  const found = await running.outbox.accept(person(1, { key: "key-1" }));
  assert.deepEqual([idOf(found), "state" in found && found.state], [id, "quarantined"]);
});
