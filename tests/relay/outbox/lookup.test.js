// Uncertain leads that resolve themselves.
import assert from "node:assert/strict";
import test from "node:test";
import { comes } from "../support/comes.js";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

const MINUTE = 60_000;

/**
 * The first lead is delivered, the second one ends uncertainly the first time.
 * @param {(id: string, known: Set<string>) => Response} lookUp
 * @param {object} [more]
 * @param {boolean} [more.hadEffect] of the second one's first attempt
 * @param {import("botsplash").NewVisitor} [more.visitor]
 */
const uncertain = async (lookUp, { hadEffect = false, visitor = {} } = {}) => {
  /** @type {Set<string>} */
  const known = new Set();
  const running = startVirtualOutbox({
    listener: { onAmbiguous: "lookup" },
    lookUp: (id) => lookUp(id, known),
    answer: ({ visitor: { phoneNumber, clientVisitorId } }, calls) => {
      const fails = phoneNumber === "3334440002" && calls === 1;
      if (!fails || hadEffect) known.add(clientVisitorId);
      return fails ? json(500) : taken();
    },
  });
  await running.outbox.accept(person(1));
  await running.settle();
  await running.outbox.accept(person(2, { submission: { visitor: { phoneNumber: "3334440002", ...visitor } } }));
  await running.settle();
  return running;
};

/** @param {string} id @param {Set<string>} known */
const honest = (id, known) => json(known.has(id) ? 200 : 404);

test("a lead that the API knows is delivered, after a minute", async () => {
  const running = await uncertain(honest, { hadEffect: true });
  assert.deepEqual(await running.states(), ["delivered", "checking"]);
  await running.pass(MINUTE - 1);
  assert.equal(running.asked.length, 0);
  await running.pass(1);
  assert.deepEqual(await running.states(), ["delivered", "delivered"]);
  assert.equal(running.sent.length, 2);
  const id = running.sent[1]?.body.visitor.clientVisitorId;
  const lead = (await running.outbox.list({})).leads.find((lead) => lead.id === id);
  assert.deepEqual(lead?.submission, { visitor: { phoneNumber: "3334440002" } });
});

test("a lead that the API does not know goes again, after ten minutes and not before", async () => {
  const running = await uncertain(honest);
  await running.pass(9 * MINUTE);
  assert.deepEqual(await running.states(), ["delivered", "checking"]);
  assert.equal(running.sent.length, 2);
  await running.pass(2 * MINUTE);
  assert.deepEqual(await running.states(), ["delivered", "delivered"]);
  assert.equal(running.sent.length, 3);
  assert.equal(running.sent[1]?.body.visitor.clientVisitorId, running.sent[2]?.body.visitor.clientVisitorId);
});

for (const [what, lookUp] of /** @type {[string, (id: string) => Response][]} */ ([
  ["a wrong route, which answers 404 to everybody", () => json(404)],
  ["an API that says yes to every id", () => json(200)],
  ["an API that fails", () => json(500)],
  ["an API that refuses", () => json(401)],
  ["an API that asks to wait", () => json(429)],
])) {
  test(`${what} resolves nothing: the lead is for review, with an alert, and is not sent`, async () => {
    const running = await uncertain(lookUp);
    await running.pass(11 * MINUTE);
    assert.deepEqual(await running.states(), ["delivered", "review"]);
    assert.equal(running.sent.length, 2);
    assert.ok(running.alerts.some(({ code }) => code === "lead_uncertain"));
    await running.pass(60 * MINUTE);
    assert.equal(running.sent.length, 2);
  });
}

test("a lead that was not found once, and then nobody could tell, is for review", async () => {
  let asked = 0;
  const running = await uncertain((id, known) => ((asked += 1) <= 2 ? honest(id, known) : json(503)));
  await running.pass(11 * MINUTE);
  assert.deepEqual(await running.states(), ["delivered", "review"]);
});

test("a lead that brings an id is not looked up, and keeps its id", async () => {
  const running = await uncertain(honest, { visitor: { clientVisitorId: "mine" } });
  assert.deepEqual(await running.states(), ["delivered", "review"]);
  assert.equal(running.sent[1]?.body.visitor.clientVisitorId, "mine");
});

test("a lead in flight at a crash is looked up as well", async () => {
  const running = await uncertain(honest, { hadEffect: true });
  running.query("UPDATE leads SET state = 'sending', due_at = NULL WHERE state = 'checking'");
  await running.outbox.status();
  running.restart();
  assert.deepEqual(await running.states(), ["delivered", "checking"]);
  await running.pass(MINUTE);
  assert.deepEqual(await running.states(), ["delivered", "delivered"]);
});

test("without look-ups, the relay gives nobody an id", async () => {
  const running = startVirtualOutbox();
  await running.outbox.accept(person(1));
  await running.settle();
  assert.equal(running.sent[0]?.body.visitor.clientVisitorId, undefined);
});

test("a clock that is set back, to whichever time, has the API asked no sooner", async () => {
  for (const after of [1, MINUTE + 1]) {
    const running = await uncertain(honest);
    await running.pass(after);
    const asked = running.asked.length;
    for (const back of [10_000, 50 * 60 * MINUTE]) {
      running.set(running.now - back);
      await running.outbox.sweep();
      await running.pass(after === 1 ? MINUTE - 5000 : 8 * MINUTE);
      assert.equal(running.asked.length, asked);
    }
    await running.pass(20 * MINUTE);
    assert.deepEqual(await running.states(), ["delivered", "delivered"]);
  }
});

test("a lead that may have been sent without the relay's id is not cleared by a question about that id", async () => {
  const before = startVirtualOutbox({ answer: () => json(500) });
  await before.outbox.accept(person(1));
  await before.settle();
  const running = startVirtualOutbox({
    now: before.now,
    database: before.database(),
    listener: { onAmbiguous: "lookup" },
    answer: ({ visitor }) => (visitor.phoneNumber === "3334440001" ? json(500) : taken()),
    lookUp: (id) => json(id === running.sent[0]?.body.visitor.clientVisitorId ? 200 : 404),
  });
  await running.outbox.accept(person(0));
  await running.settle();
  const [lead] = (await running.outbox.list({ state: "review" })).leads;
  await running.outbox.resend([String(lead?.id)]);
  await running.pass(30 * MINUTE);
  assert.deepEqual(await running.states(), ["delivered", "review"]);
  assert.equal(running.sent.length, 2);
  await running.outbox.drop([String(lead?.id)]);
  assert.equal((await running.outbox.accept(person(1))).outcome, "duplicate", "it may have been sent");
});

test("a lead whose person is erased while it is in flight is asked about by its id, and does not go again", async () => {
  /** @type {((response: Response) => void) | undefined} */
  let respond;
  const running = startVirtualOutbox({
    listener: { onAmbiguous: "lookup" },
    answer: (_, calls) => (calls > 1 ? taken() : new Promise((resolve) => (respond = resolve))),
  });
  await running.outbox.accept(person(1));
  const run = running.settle();
  const reply = await comes(() => respond);
  await running.outbox.erase({ phoneNumber: "3334440001" });
  reply(json(500));
  await run;
  await running.pass(60 * MINUTE);
  const [lead] = (await running.outbox.list({})).leads;
  assert.deepEqual(new Set(running.asked), new Set([lead?.id]));
  assert.equal(running.sent.length, 1);
});

test("an owner who resends or drops a lead that cannot be moved now, and undoes that later, moves nothing", async () => {
  for (const press of /** @type {const} */ (["resend", "drop"])) {
    const running = await uncertain(honest);
    const { leads } = await running.outbox.list({});
    const ids = leads.map(({ id }) => id);
    assert.deepEqual(await running.outbox[press](ids), { changed: 0 });
    await running.pass(10 * MINUTE);
    await running.outbox.undo(ids);
    await running.pass(60 * MINUTE);
    assert.deepEqual(await running.states(), ["delivered", "delivered"], press);
  }
});

test("nor does one who does so while a lead is in flight", async () => {
  /** @type {((response: Response) => void) | undefined} */
  let respond;
  const running = startVirtualOutbox({
    answer: (_, calls) => (calls > 1 ? taken() : new Promise((resolve) => (respond = resolve))),
  });
  const lead = await running.outbox.accept(person(1));
  const ids = "id" in lead ? [lead.id] : [];
  const run = running.settle();
  const reply = await comes(() => respond);
  await running.outbox.resend(ids);
  reply(json(429, {}, { "Retry-After": "60" }));
  await run;
  await running.outbox.undo(ids);
  await running.pass(5 * MINUTE);
  assert.deepEqual(await running.states(), ["delivered"]);
});

test("attempts that certainly did nothing, however many, do not keep a lead from being looked up", async () => {
  const running = startVirtualOutbox({
    listener: { onAmbiguous: "lookup" },
    answer: (_, calls) => (calls < 13 ? json(429) : json(500)),
    lookUp: (id) =>
      json(running.sent.some(({ body }) => body.visitor.clientVisitorId === id) ? 200 : 404, {
        count: 0,
        meetings: [],
      }),
  });
  await running.outbox.accept(person(1));
  await running.pass(3 * 60 * MINUTE);
  assert.deepEqual([running.sent.length, await running.states()], [13, ["delivered"]]);
});
