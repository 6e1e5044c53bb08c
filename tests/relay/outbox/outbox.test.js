import assert from "node:assert/strict";
import test from "node:test";
import { eventually, lead, startOutbox, zoneAtNoon } from "../support/outbox.js";

/** @typedef {Awaited<ReturnType<typeof startOutbox>>} Running */

/** @param {Running} running @param {import("../../../relay/outbox/types.ts").NewLead} lead */
const accepted = async ({ outbox }, lead) => {
  const acceptance = await outbox.accept(lead);
  assert.ok(acceptance.outcome === "accepted", JSON.stringify(acceptance));
  return acceptance;
};

/** @param {Running} running @param {string} id */
const leadOf = async ({ outbox }, id) => {
  const { leads } = await outbox.list({});
  const found = leads.find((lead) => lead.id === id);
  assert.ok(found);
  return found;
};

test("a lead that is accepted texts its person once, and says so", async (t) => {
  const running = await startOutbox(t);
  const { id, state } = await accepted(running, lead(1));
  assert.equal(state, "queued");
  await running.until({ delivered: 1 });
  assert.deepEqual(running.sandbox.texts, [{ to: "3330000001", text: "Welcome!", by: "submitListener" }]);
  const { receivedAt, changedAt, ...view } = await leadOf(running, id);
  assert.ok(receivedAt <= changedAt && changedAt <= Date.now());
  assert.deepEqual(view, {
    id,
    state: "delivered",
    reason: "The API has taken the lead.",
    attempts: 1,
    repeats: 0,
    via: "form",
    requestId: running.sandbox.submissions[0].requestId,
    submission: lead(1).submission,
  });
  assert.equal(running.sandbox.requests.length, 1);
});

test("the same key is the same lead, whenever it comes back", async (t) => {
  const running = await startOutbox(t, { listener: { dedupeWindowMs: 0 } });
  const { outbox, until, sandbox } = running;
  assert.equal(await outbox.find(lead(1)), null);
  const { id } = await accepted(running, lead(1));
  const during = await outbox.accept(lead(1));
  assert.deepEqual([during.outcome, /** @type {any} */ (during).id], ["duplicate", id]);
  await until({ delivered: 1 });
  assert.deepEqual(await outbox.accept(lead(1)), { outcome: "duplicate", id, state: "delivered" });
  assert.deepEqual(await outbox.find(lead(1)), { outcome: "duplicate", id, state: "delivered" });
  const reordered = { args: { message: "Welcome!" }, visitor: { phoneNumber: "3330000001" } };
  assert.equal((await outbox.accept(lead(1, { submission: reordered }))).outcome, "duplicate");
  assert.equal(sandbox.texts.length, 1);
});

test("a key that comes back with something else is a conflict", async (t) => {
  const running = await startOutbox(t);
  await accepted(running, lead(1));
  assert.deepEqual(await running.outbox.accept(lead(2, { key: "key-1" })), { outcome: "conflict" });
  assert.deepEqual(await running.outbox.find(lead(2, { key: "key-1" })), { outcome: "conflict" });
});

test("the same content within the window is the same lead, and its key is the lead's from then on", async (t) => {
  const running = await startOutbox(t);
  const { outbox } = running;
  const { id } = await accepted(running, lead(1, { key: undefined }));
  const twin = await outbox.accept(lead(1, { key: "another" }));
  assert.deepEqual([twin.outcome, /** @type {any} */ (twin).id], ["duplicate", id]);
  assert.deepEqual(await outbox.accept(lead(2, { key: "another" })), { outcome: "conflict" });
  assert.equal(/** @type {any} */ (await outbox.find(lead(1, { key: "a third" }))).id, id);
  assert.deepEqual(await outbox.accept(lead(2, { key: "a third" })), { outcome: "conflict" });
});

test("without a window, the same content under another key is another lead", async (t) => {
  const running = await startOutbox(t, { listener: { dedupeWindowMs: 0 } });
  await accepted(running, lead(1));
  await accepted(running, lead(1, { key: "another" }));
  await running.until({ delivered: 2 });
});

test("a lead that a guard caught is not sent until its owner says so", async (t) => {
  const running = await startOutbox(t);
  const { outbox, until, sandbox } = running;
  const caught = await accepted(running, lead(1, { caughtBy: "honeypot" }));
  assert.equal(caught.state, "quarantined");
  await accepted(running, lead(2));
  await until({ delivered: 1, quarantined: 1 });
  assert.equal(sandbox.texts.length, 1);
  assert.deepEqual(await outbox.resend([caught.id, "no such id"]), { changed: 1 });
  await until({ delivered: 2, quarantined: 0 });
  assert.deepEqual(await outbox.resend([caught.id]), { changed: 0 });
});

test("no more leads than the daily cap are sent, a restart or a resend in between or not; the others wait", async (t) => {
  // The day does not end meanwhile.
  const timeZone = zoneAtNoon();
  const running = await startOutbox(t, { listener: { dailyCap: 3, timeZone } });
  const { outbox, until, worker, sandbox, told } = running;
  const caught = await accepted(running, lead(9, { caughtBy: "turnstile" }));
  for (const number of [1, 2]) await accepted(running, lead(number));
  await until({ delivered: 2 });
  await worker.kill();
  await worker.restart();
  for (const number of [3, 4, 5]) assert.equal((await accepted(running, lead(number))).state, "queued");
  await until({ delivered: 3, queued: 2 });
  await outbox.resend([caught.id]);
  await worker.scheduled();
  await until({ delivered: 3, queued: 3 });
  assert.equal(sandbox.texts.length, 3);
  await told("lead_quarantined", "daily_cap_reached");
  const { waiting } = await outbox.status();
  assert.match(String(waiting?.reason), /cap/);
  const resumed = new Date(Number(waiting?.until)).toLocaleTimeString("sv-SE", { timeZone });
  assert.equal(resumed, "00:00:00");
});

test("a lead that the API refuses is rejected, with an alert, and goes again only when its owner says so", async (t) => {
  const running = await startOutbox(t);
  const { until, outbox, sandbox, told } = running;
  sandbox.fault({ status: 422, operation: "submitListener" });
  const { id } = await accepted(running, lead(1));
  await until({ rejected: 1 });
  assert.equal((await leadOf(running, id)).status, 422);
  await told("lead_rejected 422");
  await outbox.resend([id]);
  await until({ delivered: 1 });
  const { status, attempts } = await leadOf(running, id);
  assert.deepEqual([status, attempts], [undefined, 2]);
});

test("a lead of which nobody can tell is never sent again by itself", async (t) => {
  const running = await startOutbox(t);
  const { until, outbox, sandbox, told } = running;
  sandbox.fault({ status: 500, when: "after", operation: "submitListener" });
  const { id } = await accepted(running, lead(1));
  await until({ review: 1 });
  await accepted(running, lead(2));
  await until({ delivered: 1, review: 1 });
  assert.equal(sandbox.texts.length, 2);
  await told("lead_uncertain 500");
  assert.deepEqual(await outbox.drop([id]), { changed: 1 });
  await until({ delivered: 1, dropped: 1 });
  assert.deepEqual(await outbox.drop([id]), { changed: 0 });
});

test("a notice of maintenance is not a yes: a lead or two are left to look at, the owner hears of it, the others wait", async (t) => {
  const { outbox, sandbox, until, worker } = await startOutbox(t, { firstWaitMs: 100 });
  sandbox.fault({ html: true, operation: "submitListener", times: 2 });
  for (let number = 1; number <= 8; number += 1) await outbox.accept(lead(number));
  await until({ delivered: 6, review: 2 });
  assert.equal(sandbox.texts.length, 6);
  await worker.prints(/^alert .*"outbox_paused"/m);
});

test("an owner may have such leads sent again, or given up, from the start", async (t) => {
  const resending = await startOutbox(t, { listener: { onAmbiguous: "resend" } });
  resending.sandbox.fault({ reset: true, when: "after", operation: "submitListener" });
  await accepted(resending, lead(1));
  await resending.until({ delivered: 1 });
  assert.equal(resending.sandbox.texts.length, 2);

  const dropping = await startOutbox(t, { listener: { onAmbiguous: "drop" } });
  dropping.sandbox.fault({ reset: true, operation: "submitListener" });
  await accepted(dropping, lead(1));
  await dropping.until({ dropped: 1 });
  assert.deepEqual(dropping.sandbox.texts, []);
  await dropping.told("lead_uncertain");
});

test("nobody is texted without end, whatever the owner chose", async (t) => {
  const { outbox, sandbox, until } = await startOutbox(t, { firstWaitMs: 1, listener: { onAmbiguous: "resend" } });
  sandbox.fault({ status: 500, when: "after", operation: "submitListener", times: 50 });
  await outbox.accept(lead(1));
  await until({ review: 1 });
  assert.equal(sandbox.texts.length, 10);
});

test("a lead that the API could not take goes again, not before the API wants it", async (t) => {
  const running = await startOutbox(t);
  const { until, sandbox } = running;
  sandbox.fault({ status: 503, headers: { "Retry-After": "1" }, operation: "submitListener" });
  sandbox.fault({ status: 429, operation: "submitListener" });
  const { id } = await accepted(running, lead(1));
  await until({ delivered: 1 });
  const view = await leadOf(running, id);
  assert.equal(view.attempts, 3);
  assert.ok(view.changedAt - view.receivedAt >= 1000);
  assert.equal(sandbox.texts.length, 1);
});

test("after two leads failed alike the API is asked without credentials whether it is there", async (t) => {
  // The second is there before the first goes again.
  const running = await startOutbox(t, { firstWaitMs: 1500 });
  const { until, sandbox } = running;
  sandbox.fault({ status: 521, operation: "submitListener", times: 2 });
  await Promise.all([accepted(running, lead(1)), accepted(running, lead(2))]);
  await until({ delivered: 2 });
  assert.deepEqual(
    sandbox.requests.map(({ method }) => method),
    ["POST", "POST", "HEAD", "POST", "POST"],
  );
  assert.equal(sandbox.requests[2]?.headers.authorization, undefined);
});

test("refused credentials end no lead; two leads that say so pause sending, with a word to the owner", async (t) => {
  const running = await startOutbox(t, { firstWaitMs: 60_000 });
  const { until, outbox, worker, sandbox, told } = running;
  sandbox.fault({ status: 401, operation: "submitListener", times: 2 });
  await accepted(running, lead(1));
  await eventually(() => sandbox.requests.length === 1);
  await until({ queued: 1 });
  assert.equal((await outbox.status()).paused, undefined);
  await accepted(running, lead(2));
  await eventually(async () => (await outbox.status()).paused !== undefined);
  // The second refusal is of a kind that was told of.
  await told("lead_refused 401", "outbox_paused 401");
  await worker.kill();
  await worker.restart();
  await worker.scheduled();
  const { counts, paused, waiting, oldestQueuedAt } = await outbox.status();
  assert.match(String(paused), /401/);
  assert.equal(waiting?.reason, paused);
  assert.ok(Number(waiting?.since) <= Date.now() && Number(waiting?.until) > Date.now());
  assert.equal(counts.queued, 2);
  assert.ok(Number(oldestQueuedAt) <= Date.now());
  assert.equal(sandbox.requests.length, 2);
  await outbox.resume();
  await until({ delivered: 2 });
  assert.equal((await outbox.status()).paused, undefined);
});

test("a lead that was on its way at a power cut is not sent again; one that waited is", async (t) => {
  const running = await startOutbox(t);
  const { until, outbox, worker, sandbox, told } = running;
  sandbox.fault({ hang: true, when: "after", operation: "submitListener" });
  const first = await accepted(running, lead(1));
  await eventually(() => sandbox.texts.length === 1);
  await accepted(running, lead(2));
  await worker.kill();
  await worker.restart();
  // Nobody posts anything: the cron finds what waits.
  await worker.scheduled();
  await until({ review: 1, delivered: 1 });
  assert.equal((await leadOf(running, first.id)).state, "review");
  assert.deepEqual(
    sandbox.texts.map(({ to }) => to),
    ["3330000001", "3330000002"],
  );
  await told("lead_uncertain");
  assert.equal((await outbox.accept(lead(1))).outcome, "duplicate");
});

test("an outbox goes on by itself after a power cut", async (t) => {
  const running = await startOutbox(t, { firstWaitMs: 3000 });
  const { outbox, worker, sandbox } = running;
  let leads = 0;
  // On a machine so busy that its wait is over before it is seen, the next lead is looked at.
  for (let queued = 0; queued === 0 && leads < 10; ) {
    leads += 1;
    sandbox.fault({ status: 521, operation: "submitListener" });
    await accepted(running, lead(leads));
    await eventually(async () => {
      const { counts } = await outbox.status();
      ({ queued } = counts);
      return (sandbox.requests.length >= 2 * leads - 1 && counts.sending === 0) || JSON.stringify(counts);
    });
  }
  await worker.kill();
  await worker.restart();
  await eventually(() => sandbox.texts.length === leads);
});

test("the body of a lead that is done with is erased in time, and its key is known for longer", async (t) => {
  const running = await startOutbox(t, { retentionMs: 0 });
  const { until, outbox, worker, sandbox } = running;
  sandbox.fault({ status: 500, operation: "submitListener" });
  const uncertain = await accepted(running, lead(1));
  await until({ review: 1 });
  const { id } = await accepted(running, lead(2));
  await until({ delivered: 1 });
  await worker.scheduled();
  assert.equal((await leadOf(running, id)).submission, undefined);
  assert.equal((await leadOf(running, uncertain.id)).submission, undefined, "retention holds for every state");
  assert.equal((await outbox.accept(lead(2))).outcome, "duplicate");
  assert.deepEqual(await outbox.accept(lead(3, { key: "key-2" })), { outcome: "conflict" });
});

test("in the end a lead is forgotten, with all its keys", async (t) => {
  const running = await startOutbox(t, { retentionMs: 0, keyRetentionMs: 0 });
  const { outbox, sandbox } = running;
  const nothing = async () => (await outbox.list({})).leads.length === 0 && sandbox.requests.length;
  await accepted(running, lead(1));
  await eventually(async () => (await nothing()) === 1 || "it is there");
  await accepted(running, lead(1));
  await eventually(async () => (await nothing()) === 2 || "it is there");
});

test("leads are listed oldest first, by state, page by page", async (t) => {
  const running = await startOutbox(t);
  const { outbox } = running;
  const ids = [];
  for (let number = 0; number < 5; number += 1)
    ids.push((await accepted(running, lead(number, { caughtBy: "honeypot" }))).id);
  const first = await outbox.list({ state: "quarantined", limit: 3 });
  const second = await outbox.list({ state: "quarantined", limit: 3, after: first.next });
  assert.deepEqual([first.leads.length, second.leads.length, second.next], [3, 2, undefined]);
  assert.deepEqual(
    [...first.leads, ...second.leads].map(({ id }) => id),
    ids.sort(),
  );
  assert.deepEqual((await outbox.list({ state: "delivered" })).leads, []);
});

test("outboxes of different listeners know nothing of each other", async (t) => {
  const { worker, outbox, until, sandbox } = await startOutbox(t);
  /** @param {string} listener */
  const accept = async (listener) => {
    const url = `${worker.url}accept?listener=${encodeURIComponent(listener)}`;
    return (await fetch(url, { method: "POST", body: JSON.stringify([lead(1)]) })).json();
  };
  for (const listener of ["welcome", "good bye/€"]) assert.equal((await accept(listener)).outcome, "accepted");
  await until({ delivered: 1 });
  await eventually(() => sandbox.texts.length === 2);
  assert.deepEqual(sandbox.submissions.map(({ listenerId }) => listenerId).sort(), ["good bye/€", "welcome"]);
  assert.equal((await outbox.status()).counts.delivered, 1);
});

test("nothing that an outbox prints or tells names a person, a text or a credential", async (t) => {
  const running = await startOutbox(t);
  const { until, worker, sandbox } = running;
  for (const status of [400, 401, 500])
    sandbox.fault({ status, operation: "submitListener", body: { error: "3330000001 Welcome!" } });
  await accepted(running, lead(1));
  await until({ rejected: 1 });
  await accepted(running, lead(2));
  await until({ review: 1 });
  const { leads } = await running.outbox.list({});
  await running.told("lead_rejected 400", "lead_refused 401", "lead_uncertain 500");
  await worker.kill();
  const told = worker.output + JSON.stringify(leads.map(({ reason }) => reason));
  for (const word of ["333000", "Welcome", "demo", "Basic"]) assert.ok(!told.includes(word), told);
});
