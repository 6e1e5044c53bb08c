import assert from "node:assert/strict";
import test from "node:test";
import { eventually, lead, startOutbox } from "../support/outbox.js";

test("what became of a lead is written later when it cannot be now, and the others go on", async (t) => {
  const { outbox, sandbox, until, alerts, failAt } = await startOutbox(t);
  await failAt("request_id = ?");
  await outbox.accept(lead(1));
  await eventually(() => alerts().some(({ code }) => code === "outbox_failed"));
  for (let number = 2; number <= 6; number += 1) await outbox.accept(lead(number));
  await until({ delivered: 6 });
  assert.equal(sandbox.texts.length, 6);
  assert.equal(alerts().length, 1);
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
