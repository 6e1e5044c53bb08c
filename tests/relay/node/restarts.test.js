// The fate of leads when the process ends, in peace and without it.
import assert from "node:assert/strict";
import test from "node:test";
import { startNodeHost } from "../../../scripts/lib/node-host.js";
import { DEADLINE, takeClock } from "../../http/support/clock.js";
import { phoneNumber, postSteadily, startRelay } from "./support/relay.js";

const LANES = 4;

test("ten restarts by SIGTERM under load: nothing is lost, nobody is texted twice, nothing is left to look at", async (t) => {
  const relay = await startRelay(t);
  const posts = postSteadily(t, relay);
  for (let restart = 0; restart < 10; restart += 1) {
    await posts.more(15);
    assert.equal(await relay.host.end("SIGTERM"), 0);
    await relay.host.restart();
  }
  await posts.stop();
  await relay.settled();
  assert.deepEqual(await relay.judge(posts.accepted), { lost: 0, duplicated: 0, parked: 0 });
});

test("ten restarts by SIGKILL under load: nothing is lost, and nobody is texted twice", async (t) => {
  const relay = await startRelay(t);
  const posts = postSteadily(t, relay);
  for (let restart = 0; restart < 10; restart += 1) {
    await posts.more(15);
    await relay.host.kill();
    await relay.host.restart();
  }
  await posts.stop();
  await relay.settled();
  const { lost, duplicated, parked } = await relay.judge(posts.accepted);
  assert.deepEqual({ lost, duplicated }, { lost: 0, duplicated: 0 });
  assert.ok(parked <= 10 * LANES, `${parked} are parked`);
});

test("a send that takes long is waited for at SIGTERM, and what waits behind it goes after the restart", async (t) => {
  const relay = await startRelay(t);
  const clock = takeClock();
  t.after(clock.giveBack);
  relay.api.sandbox.fault({ operation: "submitListener", delayMs: DEADLINE });
  for (let number = 0; number < 6; number += 1) assert.equal(await relay.post(number), 202);
  await relay.until(async () => clock.pending === 1);
  const ended = relay.host.end("SIGTERM");
  // It takes nothing more.
  await relay.until(() =>
    relay.health().then(
      () => false,
      () => true,
    ),
  );
  clock.pass();
  assert.equal(await ended, 0);
  await relay.host.restart();
  await relay.settled();
  assert.deepEqual(await relay.judge([0, 1, 2, 3, 4, 5]), { lost: 0, duplicated: 0, parked: 0 });
});

test("a second process is kept out, and the first goes on", async (t) => {
  const relay = await startRelay(t);
  const worker = `export class Outbox {} export default { fetch: async () => new Response(), scheduled: async () => {} };`;
  await assert.rejects(
    startNodeHost(process.execPath, { source: worker, disk: relay.host.folder }),
    /Another relay uses/,
  );
  assert.equal(await relay.post(1), 202);
  await relay.settled();
  assert.deepEqual(await relay.judge([1]), { lost: 0, duplicated: 0, parked: 0 });
});

test("a clock that is set eight hours ahead, and back, holds up no lead and doubles none", async (t) => {
  const relay = await startRelay(t);
  const HOURS_MS = 8 * 3_600_000;
  assert.equal(await relay.post(1), 202);
  await relay.settled();
  // While the API is away, one waits for its time.
  relay.api.sandbox.fault({ operation: "submitListener", holding: phoneNumber(2), status: 429, times: 3 });
  await relay.setClockAhead(HOURS_MS);
  assert.equal(await relay.post(2), 202);
  await relay.until(async () =>
    (await relay.leads()).some(({ attempts, state }) => attempts > 0 && state === "queued"),
  );
  await relay.setClockAhead(0);
  assert.equal(await relay.post(3), 202);
  // The host does the same when it sees that the clock has jumped.
  await relay.host.scheduled();
  await relay.settled();
  assert.deepEqual(await relay.judge([1, 2, 3]), { lost: 0, duplicated: 0, parked: 0 });
  await relay.setClockAhead(HOURS_MS);
  await relay.host.scheduled();
  assert.equal(await relay.post(4), 202);
  await relay.settled();
  assert.deepEqual(await relay.judge([1, 2, 3, 4]), { lost: 0, duplicated: 0, parked: 0 });
});
