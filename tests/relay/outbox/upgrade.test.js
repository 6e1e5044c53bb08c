// An outbox of version 0.1, and one of a later version.
import assert from "node:assert/strict";
import test from "node:test";
import initSqlJs from "sql.js";
import { canonical, hash } from "../../../relay/outbox/hash.ts";
import { LEAD_STATES } from "../../../relay/outbox/states.ts";
import { systemRuntime } from "../../../relay/runtime.ts";
import { json, person, startVirtualOutbox, taken } from "../support/virtual-outbox.js";

const SQL = await initSqlJs();
const NOW = Date.UTC(2026, 2, 4, 15);
const OLD_STATES = LEAD_STATES.filter((state) => state !== "checking" && state !== "held");

/** As 0.1 made it. */
const TABLES = `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE leads (
     id TEXT PRIMARY KEY,
     state TEXT NOT NULL,
     reason TEXT NOT NULL,
     due_at INTEGER,
     received_at INTEGER NOT NULL,
     changed_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     status INTEGER,
     request_id TEXT,
     via TEXT NOT NULL,
     caught_by TEXT,
     content TEXT NOT NULL,
     submission TEXT
   ) WITHOUT ROWID;
   CREATE INDEX leads_by_state ON leads (state, due_at);
   CREATE INDEX leads_by_content ON leads (content);
   CREATE TABLE keys (hash TEXT PRIMARY KEY, lead TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX keys_by_lead ON keys (lead);
   INSERT INTO facts VALUES ('version', '1'), ('listener', '"welcome"'),
     ('pace', '{"failures":3,"waitUntil":99999999999999,"paused":"The API refused the credentials (401)."}');`;

/** A lead in every state. */
const old = async () => {
  const db = new SQL.Database();
  db.run(TABLES);
  for (const [index, state] of OLD_STATES.entries()) {
    const { submission } = person(index);
    const attempts = state === "quarantined" || state === "queued" ? 0 : 1;
    const due = state === "queued" ? NOW - 1000 : null;
    const id = `0000000${index}-0000-7000-8000-000000000000`;
    const content = await hash(canonical(submission), systemRuntime);
    db.run("INSERT INTO leads VALUES (?, ?, 'r', ?, ?, ?, ?, NULL, NULL, 'form', ?, ?, ?)", [
      ...[id, state, due, NOW - 60_000, NOW - 60_000, attempts],
      ...[state === "quarantined" ? "honeypot" : null, content, JSON.stringify(submission)],
    ]);
    db.run("INSERT INTO keys VALUES (?, ?)", [await hash(`key-${index}`, systemRuntime), id]);
  }
  return db.export();
};

test("an outbox of 0.1 opens with a lead in every state, and goes on", async () => {
  const running = startVirtualOutbox({ now: NOW, database: await old() });
  const { counts } = await running.outbox.status();
  const expected = Object.fromEntries(
    LEAD_STATES.map((state) => [state, state === "checking" || state === "held" ? 0 : 1]),
  );
  assert.deepEqual(counts, { ...expected, sending: 0, review: 2 });
  await running.settle();
  assert.equal((await running.outbox.status()).counts.delivered, 2);
  assert.equal(running.sent.length, 1);
});

test("a lead that 0.1 quarantined for its dailyCap is held: no flood of bots takes its place", async () => {
  const db = new SQL.Database(await old());
  db.run("UPDATE leads SET caught_by = 'daily_cap' WHERE state = 'quarantined'");
  const running = startVirtualOutbox({ now: NOW, database: db.export() });
  for (let number = 100; number <= 1100; number += 1) {
    await running.outbox.accept(person(number, { caughtBy: "honeypot" }));
  }
  const { counts } = await running.outbox.status();
  assert.deepEqual([counts.held, counts.quarantined], [1, 1000]);
  await running.outbox.accept(person(OLD_STATES.indexOf("quarantined")));
  assert.equal((await running.outbox.status()).counts.held, 0, "its person sends it again");
});

test("its hashes still recognize their equals, by key and by content", async () => {
  const running = startVirtualOutbox({ now: NOW, database: await old() });
  for (const [index, state] of OLD_STATES.entries()) {
    const known = !["rejected", "quarantined"].includes(state);
    for (const key of [`key-${index}`, `another-${index}`]) {
      const found = await running.outbox.find(person(index, { key }));
      assert.equal(found?.outcome, known ? "duplicate" : undefined, state);
    }
  }
});

test("an outbox opens again as it was left", async () => {
  const running = startVirtualOutbox({ answer: () => json(429) });
  await running.outbox.accept(person(1));
  await running.settle();
  const again = startVirtualOutbox({ now: running.now, database: running.database(), answer: taken });
  await again.outbox.sweep();
  await again.pass(60_000);
  assert.deepEqual(await again.states(), ["delivered"]);
});

test("an outbox that a newer version wrote is refused, in words and without damage", async () => {
  const running = startVirtualOutbox();
  await running.outbox.accept(person(1));
  running.query("UPDATE facts SET value = '99' WHERE name = 'version'");
  await running.outbox.status().catch(() => {});
  const database = running.database();
  /** @type {any[]} */
  const alerts = [];
  assert.throws(
    () => startVirtualOutbox({ database, settings: { alert: (/** @type {any} */ alert) => alerts.push(alert) } }),
    { name: "NewerOutbox", message: /newer version .*deploy/ },
  );
  assert.deepEqual(
    alerts.map(({ code }) => code),
    ["outbox_newer"],
  );
});
