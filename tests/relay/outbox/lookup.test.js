// Uncertain leads that resolve themselves.
import assert from "node:assert/strict";
import test from "node:test";
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
