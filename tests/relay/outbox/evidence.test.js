// Whose fault a failure is: the lead's, or the API's.
import assert from "node:assert/strict";
import test from "node:test";
import { comes } from "../support/comes.js";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** @param {any} lead is it one of those that the API dislikes? */
const isPoison = ({ visitor }) => Number(visitor.phoneNumber) < 3334440100;

/** @param {ReturnType<typeof startVirtualOutbox>} outbox @param {number} from @param {number} count */
const acceptMany = async ({ outbox }, from, count) => {
  for (let number = from; number < from + count; number += 1) await outbox.accept(person(number));
};

for (const [what, answer] of /** @type {const} */ ([
  ["403", () => json(403)],
  ["429", () => json(429)],
  ["500", () => json(500)],
  ["a reset", () => Promise.reject(new TypeError("fetch failed"))],
])) {
  test(`thirty leads that the API answers with ${what} hold up a good one for less than a minute`, async () => {
    const running = startVirtualOutbox({ answer: (lead) => (isPoison(lead) ? answer() : taken()) });
    await acceptMany(running, 0, 30);
    await running.pass(1);
    await running.outbox.accept(person(500));
    const acceptedAt = running.now;
    await running.pass(2 * MINUTE);
    const went = running.sent.find(({ phone }) => phone === "3334440500");
    assert.ok(went && went.at - acceptedAt < MINUTE, `${(went?.at ?? Infinity) - acceptedAt} ms`);
  });
}

test("one lead that the API always refuses stops nobody, and is rejected once another one was taken", async () => {
  const running = startVirtualOutbox({ answer: (lead) => (isPoison(lead) ? json(403) : taken()) });
  await acceptMany(running, 0, 1);
  await running.settle();
  assert.deepEqual(await running.states(), ["queued"]);
  assert.deepEqual(
    running.alerts.map(({ code }) => code),
    ["lead_refused"],
  );
  for (let number = 100; number < 140; number += 1) {
    await running.outbox.accept(person(number));
    await running.pass(10);
  }
  await running.pass(2 * MINUTE);
  const { counts, paused } = await running.outbox.status();
  assert.deepEqual([counts.delivered, counts.rejected, paused], [40, 1, undefined]);
});

for (const status of [403, 404, 401]) {
  test(`a shop with one lead a day and nothing but ${status} loses none, and hears of it`, async () => {
    let isRight = false;
    const running = startVirtualOutbox({ answer: () => (isRight ? taken() : json(status)) });
    for (let day = 0; day < 5; day += 1) {
      await acceptMany(running, day, 1);
      await running.pass(24 * HOUR);
    }
    assert.deepEqual(await running.states(), Array(5).fill("queued"));
    assert.match(String((await running.outbox.status()).paused), new RegExp(String(status)));
    assert.ok(running.alerts.some(({ code }) => code === "lead_refused"));
    assert.ok(running.alerts.some(({ code }) => code === "outbox_paused"));
    isRight = true;
    await running.pass(2 * HOUR);
    assert.deepEqual(await running.states(), Array(5).fill("delivered"));
  });
}

test("a Retry-After of a day for one number holds up the others for a quarter of an hour at most, and then not again", async () => {
  const running = startVirtualOutbox({
    answer: (lead) => (isPoison(lead) ? json(429, {}, { "Retry-After": "86400" }) : taken()),
  });
  await acceptMany(running, 0, 1);
  await running.settle();
  await acceptMany(running, 100, 1);
  const { waiting } = await running.outbox.status();
  assert.match(String(waiting?.reason), /asked to wait/);
  assert.equal(Number(waiting?.until) - running.now, 15 * MINUTE);
  await running.pass(15 * MINUTE + SECOND);
  assert.equal((await running.outbox.status()).counts.delivered, 1);
  await acceptMany(running, 1, 1);
  await running.settle();
  await acceptMany(running, 101, 5);
  await running.pass(SECOND);
  assert.equal((await running.outbox.status()).counts.delivered, 6);
  assert.equal(running.sent.filter(({ phone }) => phone === "3334440000").length, 1);
});

test("a lead that always gets 429 goes more and more seldom", async () => {
  const running = startVirtualOutbox({ answer: (lead) => (isPoison(lead) ? json(429) : taken()) });
  await acceptMany(running, 0, 1);
  for (let number = 100; number < 140; number += 1) {
    await running.outbox.accept(person(number));
    await running.pass(200);
  }
  const early = running.sent.filter(({ phone }) => phone === "3334440000").length;
  assert.ok(early <= 6, `${early} sends in 8 s`);
  await running.pass(HOUR);
  const inAll = running.sent.filter(({ phone }) => phone === "3334440000").length;
  assert.ok(inAll > early && inAll <= 16, `${inAll} sends in an hour`);
});

for (const [what, probe] of /** @type {const} */ ([
  ["resets", () => Promise.reject(new TypeError("fetch failed"))],
  ["answers with 503", () => new Response(null, { status: 503 })],
])) {
  for (const status of [429, 500]) {
    test(`an API that ${what} at probes and answered leads with ${status} gets leads again within a minute`, async () => {
      let isBad = true;
      const running = startVirtualOutbox({ probe, answer: () => (isBad ? json(status) : taken()) });
      for (let number = 0; number < 6; number += 1) {
        await running.outbox.accept(person(number));
        await running.pass(10 * SECOND);
      }
      isBad = false;
      const before = running.sent.length;
      await running.outbox.accept(person(50));
      await running.pass(MINUTE);
      assert.ok(running.sent.length > before);
      await running.pass(20 * MINUTE);
      const { counts } = await running.outbox.status();
      assert.equal(counts.queued, 0);
    });
  }
}

test("resuming sends a lead at once, whatever it waits for", async () => {
  const running = startVirtualOutbox({ answer: () => json(401) });
  await acceptMany(running, 0, 1);
  await running.pass(HOUR);
  const before = running.sent.length;
  await running.outbox.resume();
  await running.settle();
  assert.equal(running.sent.length, before + 1);
});

test("review says what the next lead waits for, since when and until when", async () => {
  const running = startVirtualOutbox({ answer: () => json(429) });
  assert.equal((await running.outbox.status()).waiting, undefined);
  await acceptMany(running, 0, 1);
  await running.pass(MINUTE);
  const { waiting } = await running.outbox.status();
  assert.match(String(waiting?.reason), /retries it later/);
  assert.ok(Number(waiting?.since) <= running.now && Number(waiting?.until) > running.now);
});

test("a new lead overtakes those that failed before", async () => {
  const running = startVirtualOutbox({ answer: (_, calls) => (calls === 1 ? json(429) : taken()) });
  await acceptMany(running, 0, 3);
  await running.settle();
  running.set(running.now + MINUTE);
  await acceptMany(running, 50, 1);
  await running.settle();
  assert.equal(running.sent[3]?.phone, "3334440050");
});

test("a lead that went before the API refused everybody proves nothing, though a look-up finds it later", async () => {
  let isRefusing = false;
  const running = startVirtualOutbox({
    listener: { onAmbiguous: "lookup" },
    answer: () => json(isRefusing ? 403 : 500),
    lookUp: (id) => json(id === running.sent[0]?.body.visitor.clientVisitorId ? 200 : 404),
  });
  await acceptMany(running, 0, 1);
  await running.settle();
  isRefusing = true;
  await acceptMany(running, 1, 1);
  await running.pass(3 * HOUR);
  assert.deepEqual(await running.states(), ["delivered", "queued"]);
});

test("nor does one whose success comes late", async () => {
  /** @type {((response: Response) => void) | undefined} */
  let respond;
  const running = startVirtualOutbox({
    answer: ({ visitor }) => {
      if (visitor.phoneNumber === "3334440000") return taken();
      if (visitor.phoneNumber !== "3334440001") return json(403);
      return new Promise((resolve) => (respond = resolve));
    },
  });
  await acceptMany(running, 0, 1);
  await running.settle();
  await acceptMany(running, 1, 1);
  const run = running.settle();
  const reply = await comes(() => respond);
  running.set(running.now + 100);
  await acceptMany(running, 2, 1);
  await comes(async () => (await running.outbox.status()).counts.queued > 0 && running.sent.length > 2);
  running.set(running.now + 5 * SECOND);
  reply(taken());
  await run;
  await running.pass(HOUR);
  assert.deepEqual(await running.states(), ["delivered", "delivered", "queued"]);
});

test("leads without end that the API rejects do not hold up a good one that came before them", async () => {
  const running = startVirtualOutbox({ answer: (lead) => (isPoison(lead) ? json(422) : taken()) });
  await acceptMany(running, 0, 8);
  await running.pass(MINUTE);
  await running.outbox.accept(person(500));
  for (let number = 8; number < 80; number += 1) {
    await running.outbox.accept(person(number));
    await running.pass(5 * SECOND);
  }
  assert.ok(running.sent.some(({ phone }) => phone === "3334440500"));
});

test("when trouble is over, the leads that failed in it go at once, however long their own waits have grown", async () => {
  let isUp = false;
  const running = startVirtualOutbox({ answer: () => (isUp ? taken() : json(429)) });
  for (const number of [1, 2]) await running.outbox.accept(person(number));
  await running.pass(33 * MINUTE);
  isUp = true;
  await running.outbox.accept(person(3));
  await running.pass(MINUTE);
  assert.deepEqual(await running.states(), ["delivered", "delivered", "delivered"]);
});
