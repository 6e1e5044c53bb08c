// The leads in a copy of an outbox that wait.
import assert from "node:assert/strict";
import test from "node:test";
import initSqlJs from "sql.js";
import { holdForReview } from "../../../relay/outbox/hold.ts";
import { person, startVirtualOutbox } from "../support/virtual-outbox.js";

const SQL = await initSqlJs();

/** @param {Uint8Array} database @param {number} now */
const copyOf = (database, now) => {
  const db = new SQL.Database(database);
  holdForReview((query, ...values) => {
    const statement = db.prepare(query, values);
    /** @type {any[]} */
    const rows = [];
    while (statement.step()) rows.push(statement.getAsObject());
    statement.free();
    return rows;
  }, now);
  return db.export();
};

test("a lead that a backup holds for the words of a consent does not go when the words are listed: it may have gone", async () => {
  const words = "I agree to be texted.";
  const held = startVirtualOutbox({ listener: { consentTexts: new Set() } });
  await held.outbox.accept(person(1, { heldBy: "consent", consent: { at: held.now, words, box: "consent" } }));
  await held.settle();
  const listener = { consentTexts: new Set([words]) };
  const original = startVirtualOutbox({ database: held.database(), listener });
  await original.settle();
  assert.deepEqual(await original.states(), ["delivered"]);
  const restored = startVirtualOutbox({ database: copyOf(held.database(), held.now), listener });
  await restored.settle();
  assert.deepEqual([await restored.states(), restored.sent.length], [["review"], 0]);
});
