// One number under many names: a stranger's, who has somebody texted again and again.
import assert from "node:assert/strict";
import test from "node:test";
import { DAY, HOUR, json, MINUTE, startVirtualRelay, taken } from "../support/virtual-relay.js";

const NUMBER = "3334445555";

/** @param {number} number @param {string} [phoneNumber] */
const named = (number, phoneNumber = NUMBER) => ({ firstName: `Name${"abcdefghijklmnop"[number]}`, phoneNumber });

/** @param {ReturnType<typeof startVirtualRelay>} relay */
const states = async (relay) => (await relay.leads()).map(({ state }) => state);

test("ten names at one number are three texts; the others are in quarantine, and the owner is told once", async () => {
  const relay = startVirtualRelay();
  for (let number = 0; number < 10; number += 1) {
    const answer = await relay.post(named(number));
    assert.equal(answer.status, 202);
  }
  await relay.pass(50 * MINUTE);
  assert.equal(relay.sent.length, 3);
  assert.deepEqual(await states(relay), [...Array(3).fill("delivered"), ...Array(7).fill("quarantined")]);
  const [lead] = (await relay.leads()).slice(-1);
  assert.equal(lead?.caughtBy, "number");
  assert.match(lead?.reason ?? "", /numberCap/);
  const told = relay.told("lead_quarantined");
  assert.equal(told.length, 1, "at once, and then by the hour");
  assert.doesNotMatch(JSON.stringify(told), /333444|Name/);
});

test("they are the same number however it is typed, whatever phoneFormat says", async () => {
  const typed = ["3334445555", "(333) 444-5555", "+1 333.444.5555", "1-333-444-5555"];
  for (const phoneFormat of /** @type {const} */ (["north-american", "any"])) {
    const relay = startVirtualRelay({ listener: { phoneFormat } });
    for (const [index, number] of typed.entries()) await relay.post(named(index, number));
    await relay.settle();
    assert.equal(relay.sent.length, 3, phoneFormat);
  }
});

test("leads to other numbers, and those without a number, go on", async () => {
  const relay = startVirtualRelay();
  for (let number = 0; number < 5; number += 1) {
    await relay.post(named(number));
    await relay.post(named(number, `333444000${number}`));
    await relay.post({ firstName: "Jane", email: `jane${number}@example.com` });
  }
  await relay.settle();
  assert.equal(relay.sent.length, 3 + 5 + 5);
});

test("a day later three more may go", async () => {
  const relay = startVirtualRelay();
  for (let number = 0; number < 4; number += 1) await relay.post(named(number));
  await relay.pass(DAY - MINUTE);
  await relay.post(named(4));
  await relay.settle();
  assert.equal(relay.sent.length, 3);
  await relay.pass(2 * MINUTE);
  await relay.post(named(5));
  await relay.settle();
  assert.equal(relay.sent.length, 4);
});

test("what the API certainly did not take counts for nothing; what it may have taken counts", async () => {
  const relay = startVirtualRelay({ answer: () => json(422) });
  for (let number = 0; number < 3; number += 1) await relay.post(named(number));
  await relay.settle();
  relay.world.answer = () => json(500);
  for (let number = 3; number < 6; number += 1) {
    await relay.post(named(number));
    await relay.pass(20 * MINUTE);
  }
  relay.world.answer = taken;
  await relay.post(named(6));
  await relay.pass(HOUR);
  assert.deepEqual(await states(relay), [...Array(3).fill("rejected"), ...Array(3).fill("review"), "quarantined"]);
});

test("a lead that is retried is not counted against itself", async () => {
  let tries = 0;
  const relay = startVirtualRelay({
    listener: { numberCap: 1 },
    answer: () => ((tries += 1) < 4 ? json(429) : taken()),
  });
  await relay.post(named(0));
  await relay.pass(HOUR);
  assert.deepEqual(await states(relay), ["delivered"]);
  const again = startVirtualRelay({ listener: { numberCap: 1, onAmbiguous: "resend" }, answer: () => json(500) });
  await again.post(named(0));
  await again.pass(DAY);
  assert.deepEqual(await states(again), ["review"], "it came to all its attempts");
  assert.ok(again.sent.length > 5);
});

test("many in one round, and many in a night's queue, do not get around it", async () => {
  const now = Date.UTC(2026, 2, 4, 4);
  const relay = startVirtualRelay({
    now,
    options: { timeZone: "UTC" },
    listener: { sendHours: { from: "09:00", to: "20:00" }, phoneFormat: "any" },
  });
  for (let number = 0; number < 10; number += 1) await relay.post(named(number, "+44 20 7946 0000"));
  await relay.pass(12 * HOUR);
  assert.equal(relay.sent.length, 3);
});

test("the owner's own word goes: Send, Infinity, and a rehearsal", async () => {
  const relay = startVirtualRelay();
  for (let number = 0; number < 5; number += 1) await relay.post(named(number));
  await relay.settle();
  const ids = (await relay.leads()).filter(({ state }) => state === "quarantined").map(({ id }) => id);
  await relay.order("/resend", { listener: "welcome", ids });
  await relay.settle();
  assert.equal(relay.sent.length, 5);

  for (const start of [{ listener: { numberCap: Infinity } }, { options: { rehearsal: NUMBER } }]) {
    const open = startVirtualRelay(start);
    for (let number = 0; number < 5; number += 1) await open.post(named(number));
    await open.settle();
    assert.equal(open.sent.length, 5, JSON.stringify(start));
  }
});

test("it counts after a restart, and a clock that is set back makes it count neither for ever nor not at all", async () => {
  const relay = startVirtualRelay();
  for (let number = 0; number < 3; number += 1) await relay.post(named(number));
  await relay.settle();
  relay.deploy({});
  await relay.post(named(3));
  await relay.settle();
  assert.equal(relay.sent.length, 3);
  for (const back of [1000, MINUTE, 10 * DAY]) {
    await relay.jump(-back);
    await relay.post(named(4));
    await relay.settle();
    assert.equal(relay.sent.length, 3, `${back} ms back`);
  }
  await relay.pass(DAY + MINUTE);
  await relay.post(named(5));
  await relay.settle();
  assert.equal(relay.sent.length, 4);
});

test("the number is kept for a day, and goes at once when its person is erased", async () => {
  const relay = startVirtualRelay();
  const kept = () => JSON.stringify(relay.query("welcome", "SELECT * FROM texted"));
  await relay.post(named(0));
  await relay.post(named(1, "3334440001"));
  await relay.settle();
  await relay.order("/erase", { phoneNumber: NUMBER });
  assert.doesNotMatch(kept(), /3334445555/);
  assert.match(kept(), /3334440001/);
  await relay.pass(DAY + 2 * HOUR);
  assert.equal(kept(), "[]");
});

test("a quarantine that such leads fill empties itself, and takes no good lead's place", async () => {
  const relay = startVirtualRelay();
  for (let number = 0; number < 1010; number += 1) {
    await relay.post({ firstName: "Jane", lastName: `${number % 10}x${number}`, phoneNumber: NUMBER });
    if (number % 50 === 0) await relay.settle();
  }
  await relay.settle();
  const { counts } = (await relay.look("/status")).listeners[0];
  assert.deepEqual([counts.delivered, counts.quarantined], [3, 1000]);
  assert.equal(relay.told("quarantine_full").length, 1);
  await relay.post(named(1, "3334440001"));
  await relay.settle();
  assert.equal(relay.sent.length, 4);
});
