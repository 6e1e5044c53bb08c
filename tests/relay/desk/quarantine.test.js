// The quarantine has a size and an age of its own, and takes no good lead's place.
import assert from "node:assert/strict";
import test from "node:test";
import { DAY, HOUR, startVirtualRelay } from "../support/virtual-relay.js";

const person = (/** @type {number} */ number) => ({ phoneNumber: String(3334440000 + number) });
const MOST = 1000;

test("a flood of bots empties the quarantine oldest first, is told of with a count, and holds up nobody", async () => {
  const relay = startVirtualRelay({ listener: { honeypot: "website" } });
  await relay.post({ ...person(9000), message: "an early lead" });
  for (let number = 0; number < MOST + 250; number += 1) await relay.post({ ...person(number), website: "spam" });
  await relay.post({ ...person(9001), message: "a late lead" });
  await relay.settle();
  const { listeners } = await relay.look("/status");
  assert.deepEqual([listeners[0].counts.quarantined, listeners[0].counts.delivered], [MOST, 2]);
  assert.deepEqual(
    relay.sent.map(({ phone }) => phone),
    ["3334449000", "3334449001"],
  );
  const kept = (await relay.leads()).filter(({ state }) => state === "quarantined");
  assert.equal(kept[0]?.submission?.visitor.phoneNumber, "3334440250");

  const [first] = relay.told("quarantine_full");
  assert.deepEqual([first?.count, first?.listenerId], [undefined, "welcome"]);
  await relay.pass(2 * HOUR);
  const counts = relay.told("quarantine_full").map(({ count = 1 }) => count);
  assert.deepEqual(
    counts.reduce((sum, count) => sum + count, 0),
    250,
  );
  assert.ok(relay.told("lead_quarantined").length <= 3, "the first at once, then one an hour");
  await relay.pass(DAY);
  const [summary] = relay.told("daily_summary");
  assert.match(String(summary?.message), /1250 quarantined, 250 of the oldest taken out/);
  assert.equal(summary?.summary?.[0]?.evicted, 250);
});

test("one that was let go takes no place any longer, also after a restart", async () => {
  const relay = startVirtualRelay({ listener: { honeypot: "website" } });
  for (let number = 0; number < MOST; number += 1) await relay.post({ ...person(number), website: "spam" });
  const ids = (await relay.leads()).slice(0, 50).map(({ id }) => id);
  await relay.order("/resend", { listener: "welcome", ids });
  await relay.settle();
  relay.deploy({});
  for (let number = MOST; number < MOST + 50; number += 1) await relay.post({ ...person(number), website: "spam" });
  await relay.settle();
  assert.equal(relay.told("quarantine_full").length, 0);
  await relay.order("/undo", { listener: "welcome", ids });
  await relay.post({ ...person(MOST + 50), website: "spam" });
  await relay.settle();
  assert.equal(relay.told("quarantine_full").length, 1, "what went cannot be taken back, and takes no place");
});

test("a lead that was taken out of the quarantine can come again, as a lead of its own", async () => {
  const relay = startVirtualRelay({ listener: { honeypot: "website" } });
  const key = { submissionKey: "key-1" };
  await relay.post({ ...person(0), ...key, website: "spam" });
  for (let number = 1; number <= MOST; number += 1) await relay.post({ ...person(number), website: "spam" });
  assert.equal((await relay.post({ ...person(0), ...key })).status, 202);
  await relay.settle();
  assert.deepEqual(
    relay.sent.map(({ phone }) => phone),
    ["3334440000"],
  );
});
