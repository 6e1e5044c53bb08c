// The proof that a person agreed to be texted, and its fate.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { DAY, HOUR, startVirtualRelay } from "../support/virtual-relay.js";

const WORDS = "Yes, Acme may text me.";
const consent = { field: "consent", texts: { "2026-11": WORDS } };

/** @param {number} number @param {Record<string, string>} [more] */
const person = (number, more) => ({ phoneNumber: String(3334440000 + number), consent: WORDS, ...more });

const sha256 = (/** @type {string} */ text) => createHash("sha256").update(text).digest("base64");

/** As somebody checks it who has the export and nothing else. @param {any[]} lines */
const endOf = (lines) => {
  let head = "";
  for (const { digest, head: said, salt, record } of lines) {
    if (record !== undefined && sha256(salt + record) !== digest) return "a record was changed";
    head = sha256(head + digest);
    if (head !== said) return "the chain was changed";
  }
  return head;
};

/** @param {ReturnType<typeof startVirtualRelay>} relay */
const exported = (relay) => relay.lines("/consents.jsonl?listener=welcome");

/** Three people have agreed. */
const withThree = async () => {
  /** @type {any[]} */
  const heads = [];
  const relay = startVirtualRelay({
    listener: { consent },
    options: { onConsentHead: (head) => void heads.push(head) },
  });
  for (const number of [1, 2, 3])
    await relay.post(person(number), { Referer: "https://www.example.com/quote?name=Jane" });
  await relay.settle();
  return { relay, heads };
};

test("each record is linked to the one before it, and anybody with the export can check that", async () => {
  const { relay } = await withThree();
  const lines = await exported(relay);
  assert.deepEqual(
    lines.map(({ seq }) => seq),
    [1, 2, 3],
  );
  assert.equal(endOf(lines), lines[2].head);
  assert.deepEqual(JSON.parse(lines[0].record), {
    at: relay.now - 2,
    words: WORDS,
    box: "consent",
    version: "2026-11",
    page: "https://www.example.com/quote",
    phoneNumber: "3334440001",
  });
  const leads = await relay.leads();
  assert.deepEqual(
    lines.map(({ lead }) => lead),
    leads.map(({ id }) => id),
  );
});

test("a form may say its page, as long as it is one of the site that the browser names", async () => {
  const relay = startVirtualRelay({ listener: { consent } });
  const said = ["https://www.example.com/quote", "https://evil.example/x", "no address"];
  for (const [index, consentPage] of said.entries()) await relay.post({ ...person(index + 1), consentPage });
  await relay.settle();
  const pages = (await exported(relay)).map(({ record }) => JSON.parse(record).page);
  assert.deepEqual(pages, ["https://www.example.com/quote", "https://www.example.com/", "https://www.example.com/"]);
});

test("an export goes on where the one before ended, and is one person's where that is asked", async () => {
  const { relay } = await withThree();
  const rest = await relay.lines("/consents.jsonl?listener=welcome&after=1");
  assert.deepEqual(
    rest.map(({ seq }) => seq),
    [2, 3],
  );
  const ones = await relay.lines("/consents.jsonl?listener=welcome&phoneNumber=%2B1%20(333)%20444-0002");
  assert.deepEqual(
    ones.map(({ record }) => JSON.parse(record).phoneNumber),
    ["3334440002"],
  );
});

test("who erases a person takes record and salt away, and the chain holds", async () => {
  const { relay, heads } = await withThree();
  const before = await exported(relay);
  assert.deepEqual(await relay.order("/erase", { phoneNumber: "333-444-0002" }), { changed: 0, failed: [] });
  const after = await exported(relay);
  assert.deepEqual([after[1].digest, after[1].head], [before[1].digest, before[1].head]);
  assert.deepEqual([after[1].record, after[1].salt], [undefined, undefined]);
  assert.equal(endOf(after), before[2].head);
  assert.doesNotMatch(JSON.stringify(relay.query("welcome", "SELECT * FROM consents")), /3334440002/);
  await relay.pass(DAY);
  assert.equal(heads[0].head, before[2].head);
});

test("the end of the chain goes out once a day, and a later change shows against it", async () => {
  const { relay, heads } = await withThree();
  await relay.pass(2 * DAY);
  const lines = await exported(relay);
  assert.deepEqual(
    heads.map(({ listenerId, records, head }) => ({ listenerId, records, head })),
    Array(2).fill({ listenerId: "welcome", records: 3, head: lines[2].head }),
  );
  assert.equal(heads[1].at - heads[0].at, DAY);

  // Whoever can write the database changes a word of a record,
  relay.query("welcome", "UPDATE consents SET record = replace(record, 'Acme', 'Anybody') WHERE seq = 2");
  assert.equal(endOf(await exported(relay)), "a record was changed");
  // then its digest,
  const [, { salt, record }] = await exported(relay);
  relay.query("welcome", "UPDATE consents SET digest = ? WHERE seq = 2", sha256(salt + record));
  assert.equal(endOf(await exported(relay)), "the chain was changed");
  // and then all that follows: it holds, and is not what was given out.
  let head = "";
  for (const line of await exported(relay)) {
    head = sha256(head + line.digest);
    relay.query("welcome", "UPDATE consents SET head = ? WHERE seq = ?", head, line.seq);
  }
  const forged = await exported(relay);
  assert.equal(endOf(forged), head);
  assert.notEqual(head, heads[1].head);
});

test("a hook that fails is told of, and its head goes out the next day", async () => {
  let isBroken = true;
  /** @type {unknown[]} */
  const heads = [];
  const relay = startVirtualRelay({
    listener: { consent },
    options: {
      onConsentHead: (head) => {
        if (isBroken) throw new Error("3334440001");
        heads.push(head);
      },
    },
  });
  await relay.post(person(1));
  await relay.pass(DAY);
  assert.equal(relay.told("consent_head_failed").length, 1);
  isBroken = false;
  await relay.pass(DAY);
  assert.equal(heads.length, 1);
});

test("leads with words that are not listed are held, with an alert, and go once the words are listed", async () => {
  const other = "Text me whenever you like.";
  const relay = startVirtualRelay({ listener: { consent } });
  await relay.post(person(1, { consent: other }));
  await relay.post(person(2));
  await relay.pass(HOUR);
  assert.deepEqual(
    (await relay.leads()).map(({ state, heldBy }) => [state, heldBy]),
    [
      ["held", "consent"],
      ["delivered", undefined],
    ],
  );
  const [alert] = relay.told("lead_held");
  assert.match(String(alert?.message), /words that are not in your list/);

  relay.deploy(
    {},
    { consent: { ...consent, texts: { ...consent.texts, "2026-12": `  Text me\nwhenever you like. ` } } },
  );
  await relay.pass(30 * 60_000);
  assert.deepEqual(
    relay.sent.map(({ phone }) => phone),
    ["3334440002", "3334440001"],
  );
  const [{ consent: kept }] = await relay.leads();
  assert.equal(kept?.words, other);
});

test("leads that were held go when the words are listed also without cron, and without another post", async () => {
  const relay = startVirtualRelay({ listener: { consent }, hasCron: false });
  await relay.post(person(1, { consent: "Other words." }));
  await relay.settle();
  relay.deploy({}, { consent: { ...consent, texts: { new: "Other words." } } });
  await relay.pass(2 * HOUR);
  assert.equal(relay.sent.length, 1);
});

test("a lead that was never sent loses its proof with its contents; one that was sent keeps it", async () => {
  const relay = startVirtualRelay({
    listener: { consent, honeypot: "website" },
    options: { retentionDays: 10, quarantineDays: 5, consentYears: 4 },
  });
  await relay.post(person(1));
  await relay.post(person(2, { website: "spam" }));
  await relay.post(person(3, { consent: "Other words." }));
  const records = async () => (await exported(relay)).map(({ record }) => record !== undefined);
  await relay.pass(4 * DAY);
  assert.deepEqual(await records(), [true, true, true]);
  await relay.pass(2 * DAY);
  assert.deepEqual(await records(), [true, false, true]);
  await relay.pass(5 * DAY);
  assert.deepEqual(await records(), [true, false, false]);
  assert.equal(endOf(await exported(relay)), (await exported(relay))[2].head);
});

test("a proof is erased when its years are over", async () => {
  const relay = startVirtualRelay({ listener: { consent }, options: { consentYears: 4 }, hasCron: false });
  await relay.post(person(1));
  await relay.pass(DAY);
  await relay.jump(4 * 365.25 * DAY);
  // The clock may have jumped: nothing is erased for a day.
  await relay.pass(DAY + 2 * HOUR);
  const [line] = await exported(relay);
  assert.equal(line.record, undefined);
});

test("a lead that makes room in a full quarantine takes its proof with it", async () => {
  const relay = startVirtualRelay({ listener: { consent, honeypot: "website" } });
  for (let number = 0; number <= 1000; number += 1) await relay.post(person(number, { website: "spam" }));
  const records = relay.query("welcome", "SELECT record FROM consents ORDER BY seq").map(({ record }) => record);
  assert.deepEqual([records.length, records[0]], [1001, null]);
  assert.match(String(records[1]), /3334440001/);
});
