// One person: erased everywhere, never texted again, and the owner's own in a rehearsal.
import assert from "node:assert/strict";
import test from "node:test";
import { comes } from "../support/comes.js";
import { DAY, HOUR, json, startVirtualRelay, taken } from "../support/virtual-relay.js";

const consent = { field: "consent", texts: { one: "Yes." } };
const person = (/** @type {number} */ number, more = {}) => ({
  phoneNumber: String(3334440000 + number),
  consent: "Yes.",
  ...more,
});

/** @param {ReturnType<typeof startVirtualRelay>} relay @param {string[]} names */
const disk = (relay, names) =>
  JSON.stringify(
    names.flatMap((name) =>
      ["leads", "consents", "keys", "undo", "notices"].map((table) => relay.query(name, `SELECT * FROM ${table}`)),
    ),
  );

for (const [how, who] of /** @type {[string, object][]} */ ([
  ["number, however it is written", { phoneNumber: "+1 (333) 444-0001" }],
  ["email, in any case", { email: " JANE@example.com " }],
  ["both", { phoneNumber: "3334440001", email: "jane@example.com" }],
])) {
  test(`a person is erased everywhere by ${how}; others, and the digests, stay`, async () => {
    const relay = startVirtualRelay({
      options: { listeners: { welcome: { consent, honeypot: "website" }, other: { consent } } },
      answer: ({ visitor: { firstName } }) => (firstName === "Uncertain" ? json(500) : taken()),
    });
    const jane = person(1, { email: "Jane@example.com", submissionKey: "key-1" });
    await relay.post({ ...jane, firstName: "Jane" });
    await relay.settle();
    await relay.post({ ...jane, submissionKey: "key-2", firstName: "Uncertain" });
    await relay.settle();
    await relay.post({ ...jane, submissionKey: "key-3", firstName: "Bot", website: "spam" });
    await relay.post({ ...jane, submissionKey: "key-4", firstName: "Other" }, {}, "other");
    await relay.post(person(2, { email: "joe@example.com" }));
    await relay.pass(HOUR);
    const digests = async () => (await relay.lines("/consents.jsonl?listener=welcome")).map(({ digest }) => digest);
    const before = await digests();
    assert.deepEqual(await relay.order("/erase", who), { changed: 2, failed: [] });
    const left = disk(relay, ["welcome", "other", "relay:coordinator"]);
    assert.doesNotMatch(left, /3334440001|jane@/i);
    assert.match(left, /3334440002/);
    assert.deepEqual(await digests(), before);
    assert.deepEqual(
      (await relay.leads()).map(({ state }) => state),
      ["delivered", "dropped", "dropped", "delivered"],
    );
    const counts = (await relay.look("/status")).listeners[0].counts;
    assert.deepEqual([counts.review, counts.quarantined, counts.dropped], [0, 0, 2]);
  });
}

test("who is erased while their lead waits or is in flight is not texted again", async () => {
  /** @type {((response: Response) => void) | undefined} */
  let respond;
  const relay = startVirtualRelay({
    answer: ({ visitor: { phoneNumber } }) =>
      phoneNumber === "3334440001" ? new Promise((resolve) => (respond = resolve)) : json(429),
  });
  await relay.post(person(2));
  await relay.settle();
  await relay.post(person(1));
  const run = relay.settle();
  const reply = await comes(() => respond);
  await relay.order("/erase", { phoneNumber: "3334440001" });
  await relay.order("/erase", { phoneNumber: "3334440002" });
  reply(json(429));
  await run;
  const before = relay.sent.length;
  await relay.pass(DAY);
  assert.equal(relay.sent.length, before);
  assert.deepEqual(
    (await relay.leads()).map(({ state }) => state),
    ["dropped", "dropped"],
  );
});

test("a number on the list is asked about at every send: new leads, retries, resends, and those of other listeners", async () => {
  let isUp = false;
  const relay = startVirtualRelay({
    options: { listeners: { welcome: {}, other: {} } },
    answer: () => (isUp ? taken() : json(429)),
  });
  await relay.post(person(1));
  await relay.settle();
  assert.equal(relay.sent.length, 1);
  assert.deepEqual(await relay.order("/do-not-text", { phoneNumber: "333-444-0001" }), { failed: [] });
  isUp = true;
  await relay.pass(HOUR);
  await relay.post(person(1, { message: "again" }));
  await relay.post(person(1), {}, "other");
  await relay.post(person(2), {}, "other");
  await relay.pass(HOUR);
  assert.deepEqual(
    relay.sent.map(({ phone }) => phone),
    ["3334440001", "3334440002"],
  );
  const [lead] = await relay.leads();
  assert.deepEqual(
    [lead?.state, lead?.reason],
    ["dropped", "The lead's number is on the list of those not to be texted."],
  );
  const { numbers } = await relay.look("/do-not-text");
  assert.deepEqual(
    numbers.map((/** @type {any} */ { number }) => number),
    ["3334440001"],
  );

  await relay.order("/do-not-text", { phoneNumber: "3334440001", isOut: false });
  await relay.post(person(1, { message: "once more" }));
  await relay.settle();
  assert.equal(relay.sent.length, 3);
  assert.deepEqual((await relay.look("/do-not-text")).numbers, []);
});

test("a listener that is new, or was not told, asks for the list before its first lead goes", async () => {
  const relay = startVirtualRelay({ listener: {} });
  await relay.post(person(9));
  await relay.settle();
  await relay.order("/do-not-text", { phoneNumber: "3334440001" });
  relay.deploy({ listeners: { welcome: {}, late: {} } });
  await relay.post(person(1), {}, "late");
  await relay.settle();
  assert.deepEqual(
    relay.sent.map(({ phone }) => phone),
    ["3334440009"],
  );
  // One that misses an entry hears of it from the cron.
  relay.query("late", "DELETE FROM opt_outs");
  relay.query("late", "UPDATE facts SET value = '0' WHERE name = 'opt_outs'");
  relay.deploy({ listeners: { welcome: {}, late: {} } });
  await relay.pass(30 * 60_000);
  await relay.post(person(1, { message: "again" }), {}, "late");
  await relay.settle();
  assert.equal(relay.sent.length, 1);
});

test("in a rehearsal the owner's number alone is texted; other leads are held, with an alert", async () => {
  const relay = startVirtualRelay({ options: { rehearsal: "(333) 444-0001" } });
  await relay.post({ phoneNumber: "333 444 0001", firstName: "Owner" });
  await relay.post({ phoneNumber: "333 444 0002" });
  await relay.post({ email: "jane@example.com" });
  await relay.settle();
  assert.deepEqual(
    relay.sent.map(({ phone }) => phone),
    ["3334440001"],
  );
  assert.deepEqual(
    (await relay.leads()).map(({ state }) => state),
    ["delivered", "held", "held"],
  );
  const [alert] = relay.told("lead_held");
  assert.match(String(alert?.message), /rehearsal/);
  const ids = (await relay.leads()).map(({ id }) => id);
  await relay.order("/resend", { listener: "welcome", ids, anyHour: true });
  await relay.settle();
  assert.equal(relay.sent.length, 1, "nobody else is texted, whatever is pressed");

  relay.deploy({ rehearsal: undefined });
  await relay.pass(HOUR);
  assert.equal(relay.sent.length, 1, "what was held is for its owner to decide");
  await relay.order("/resend", { listener: "welcome", ids });
  await relay.settle();
  assert.equal(relay.sent.length, 3);
});

test("repeats are counted for the owner, those of a delivered lead too", async () => {
  const relay = startVirtualRelay();
  await relay.post(person(1));
  await relay.settle();
  await relay.post(person(1));
  await relay.post(person(1));
  await relay.settle();
  const [lead, ...others] = await relay.leads();
  assert.deepEqual([lead?.state, lead?.repeats, others.length, relay.sent.length], ["delivered", 2, 0, 1]);
});
