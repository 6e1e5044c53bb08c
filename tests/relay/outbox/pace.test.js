import assert from "node:assert/strict";
import test from "node:test";
import { createPace, LANES } from "../../../relay/outbox/pace.ts";

const WELL = /** @type {const} */ ({ health: "well", state: "delivered", reason: "" });
const UNCERTAIN = /** @type {const} */ ({ health: "unwell", state: "review", reason: "" });
const BUSY = /** @type {const} */ ({ health: "unwell", state: "queued", reason: "" });
const CLOSED = /** @type {const} */ ({ health: "closed", state: "queued", reason: "The API refused the credentials." });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * As many leads as may go now go, and end so.
 * @param {import("../../../relay/outbox/pace.ts").Pace} pace
 * @param {Parameters<import("../../../relay/outbox/pace.ts").Pace["sendEnded"]>[1]} verdict
 * @param {number} now
 * @returns {number} how many went
 */
const sendAll = (pace, verdict, now) => {
  const next = pace.next(now);
  assert.ok("send" in next, `not now: ${JSON.stringify(next)}`);
  const round = pace.sendsStarted(next.send);
  for (let sent = 0; sent < next.send; sent += 1) pace.sendEnded(round, verdict, now);
  return next.send;
};

/** @param {import("../../../relay/outbox/pace.ts").Pace} pace @param {number | undefined} status @param {number} now */
const probe = (pace, status, now) => {
  assert.deepEqual(pace.next(now), { probe: true });
  pace.probeStarted();
  pace.probeEnded(status, now);
};

test("an outbox that begins sends one lead, and twice as many after each success, up to its lanes", () => {
  const pace = createPace();
  assert.deepEqual(
    [1, 2, 3].map(() => sendAll(pace, WELL, 0)),
    [1, 2, 4],
  );
  assert.equal(sendAll(pace, WELL, 0), LANES);
});

test("leads that are on their way take up lanes", () => {
  const pace = createPace();
  pace.sendsStarted(1);
  assert.deepEqual(pace.next(0), { send: 0 });
});

test("after a failure the API is probed, and then one lead goes ahead", () => {
  const pace = createPace();
  while (sendAll(pace, WELL, 0) < LANES);
  sendAll(pace, UNCERTAIN, 0);
  probe(pace, 404, 0);
  assert.equal(sendAll(pace, WELL, 0), 1);
  assert.equal(sendAll(pace, WELL, 0), 2);
});

test("a probe waits until no lead is on its way, and is alone", () => {
  const pace = createPace();
  while (sendAll(pace, WELL, 0) < LANES);
  const round = pace.sendsStarted(LANES);
  pace.sendEnded(round, UNCERTAIN, 0);
  assert.deepEqual(pace.next(0), { send: 0 });
  for (let left = 1; left < LANES; left += 1) pace.sendEnded(round, WELL, 0);
  assert.deepEqual(pace.next(0), { probe: true });
  pace.probeStarted();
  assert.deepEqual(pace.next(0), { send: 0 });
});

test("leads that went together and failed together are one failure, whatever the others of them did", () => {
  const pace = createPace(undefined, 100);
  while (sendAll(pace, WELL, 0) < LANES);
  const round = pace.sendsStarted(4);
  for (const verdict of [UNCERTAIN, WELL, UNCERTAIN, WELL]) pace.sendEnded(round, verdict, 0);
  assert.equal(pace.kept().failures, 1);
  probe(pace, 200, 0);
  assert.equal(sendAll(pace, WELL, 0), 1);
});

test("canaries that fail one after another wait twice as long each time", () => {
  const pace = createPace(undefined, 100);
  let now = 0;
  const waits = [];
  sendAll(pace, UNCERTAIN, now);
  for (let canary = 0; canary < 5; canary += 1) {
    probe(pace, 200, now);
    sendAll(pace, UNCERTAIN, now);
    const next = pace.next(now);
    assert.ok("waitUntil" in next);
    waits.push(next.waitUntil - now);
    now = next.waitUntil;
  }
  assert.deepEqual(waits, [100, 200, 400, 800, 1600]);
});

test("a canary that may cost a lead waits up to a quarter of an hour, one that costs nothing up to a minute", () => {
  for (const [verdict, longest] of /** @type {const} */ ([
    [UNCERTAIN, 15 * MINUTE],
    [BUSY, MINUTE],
  ])) {
    const pace = createPace();
    let now = 0;
    let wait = 0;
    for (let canary = 0; canary < 40; canary += 1) {
      if ("probe" in pace.next(now)) probe(pace, 200, now);
      sendAll(pace, verdict, now);
      const next = pace.next(now);
      wait = "waitUntil" in next ? next.waitUntil - now : 0;
      now += wait;
    }
    assert.equal(wait, longest);
  }
});

test("no lead goes while probes are not answered; they wait up to a minute", () => {
  const pace = createPace(undefined, 100);
  let now = 0;
  sendAll(pace, UNCERTAIN, now);
  const waits = [];
  for (let miss = 0; miss < 12; miss += 1) {
    probe(pace, undefined, now);
    const next = pace.next(now);
    assert.ok("waitUntil" in next);
    waits.push(next.waitUntil - now);
    now = next.waitUntil;
  }
  assert.deepEqual(waits.slice(0, 4), [100, 200, 400, 800]);
  assert.equal(waits.at(-1), MINUTE);
});

for (const [status, isThere] of /** @type {const} */ ([
  [200, true],
  [301, true],
  [401, true],
  [404, true],
  [405, true],
  [501, true],
  [429, false],
  [500, false],
  [502, false],
  [503, false],
])) {
  test(`a probe that is answered with ${status} says that the API is ${isThere ? "there" : "not there"}`, () => {
    const pace = createPace(undefined, 100);
    sendAll(pace, UNCERTAIN, 0);
    probe(pace, status, 0);
    assert.deepEqual(pace.next(0), isThere ? { send: 1 } : { waitUntil: 100 });
  });
}

test("a server that answers every probe with an error gets a canary once an hour", () => {
  const pace = createPace();
  sendAll(pace, UNCERTAIN, 0);
  let now = 0;
  for (let probes = 0; probes < 200; probes += 1) {
    const next = pace.next(now);
    if ("send" in next) break;
    if ("probe" in next) probe(pace, 500, now);
    else now = next.waitUntil;
  }
  assert.ok(now >= HOUR && now < HOUR + 2 * MINUTE, String(now));
  assert.equal(sendAll(pace, WELL, now), 1);
});

test("Retry-After is waited for, even if it comes with a failure that is already known; an absurd one is not", () => {
  const pace = createPace();
  while (sendAll(pace, WELL, 0) < LANES);
  const round = pace.sendsStarted(2);
  pace.sendEnded(round, BUSY, 0);
  pace.sendEnded(round, { ...BUSY, retryAfterMs: 5 * SECOND }, 0);
  assert.deepEqual(pace.next(0), { waitUntil: 5 * SECOND });
  assert.deepEqual(pace.next(5 * SECOND), { probe: true });

  const patient = createPace();
  sendAll(patient, { ...BUSY, retryAfterMs: 1e15 }, 0);
  assert.deepEqual(patient.next(0), { waitUntil: 24 * HOUR });
});

test("refused credentials pause everything; every hour one lead tries again", () => {
  const pace = createPace();
  sendAll(pace, CLOSED, 0);
  assert.equal(pace.paused, CLOSED.reason);
  assert.deepEqual(pace.next(0), { waitUntil: HOUR });
  assert.equal(sendAll(pace, CLOSED, HOUR), 1);
  assert.deepEqual(pace.next(HOUR), { waitUntil: 2 * HOUR });
  sendAll(pace, WELL, 2 * HOUR);
  assert.equal(pace.paused, undefined);
});

test("its owner ends a pause, and then one lead goes ahead", () => {
  const pace = createPace();
  sendAll(pace, CLOSED, 0);
  pace.resume();
  assert.equal(pace.paused, undefined);
  assert.equal(sendAll(pace, WELL, 0), 1);
});

test("a pause and a wait outlive a restart", () => {
  const pace = createPace();
  sendAll(pace, CLOSED, 0);
  const again = createPace(pace.kept());
  assert.equal(again.paused, CLOSED.reason);
  assert.deepEqual(again.next(0), { waitUntil: HOUR });

  const failing = createPace();
  sendAll(failing, { ...UNCERTAIN, retryAfterMs: SECOND }, 0);
  const resumed = createPace(failing.kept());
  assert.deepEqual(resumed.next(0), { waitUntil: SECOND });
  probe(resumed, 200, SECOND);
  assert.equal(sendAll(resumed, WELL, SECOND), 1);
});

/**
 * A thousand leads through an outage, on a clock that jumps from one event to the next.
 * @param {object} outage
 * @param {number} outage.from milliseconds
 * @param {number} outage.to
 * @param {number | undefined} outage.probeStatus what a probe meets during it
 * @param {typeof UNCERTAIN | typeof BUSY} outage.verdict
 */
const weather = ({ from, to, probeStatus, verdict }) => {
  const pace = createPace();
  const LATENCY = 20;
  let now = 0;
  let queued = 1000;
  let uncertain = 0;
  /** @type {{ at: number, round: number }[]} */
  const underWay = [];
  const isOut = () => now >= from && now < to;
  for (let steps = 0; queued + underWay.length > 0; steps += 1) {
    assert.ok(steps < 100_000, "it never ends");
    const next = pace.next(now);
    if ("probe" in next) {
      pace.probeStarted();
      pace.probeEnded(isOut() ? probeStatus : 404, now);
    } else if ("send" in next && next.send > 0 && queued > 0) {
      const count = Math.min(next.send, queued);
      queued -= count;
      const round = pace.sendsStarted(count);
      for (let sent = 0; sent < count; sent += 1) underWay.push({ at: now + LATENCY, round });
    } else if (underWay.length > 0) {
      const { at, round } = /** @type {(typeof underWay)[0]} */ (underWay.shift());
      now = Math.max(now, at);
      const verdictNow = isOut() ? verdict : WELL;
      pace.sendEnded(round, verdictNow, now);
      if (verdictNow === UNCERTAIN) uncertain += 1;
      if (verdictNow === BUSY) queued += 1;
    } else {
      assert.ok("waitUntil" in next);
      now = next.waitUntil;
    }
  }
  return { uncertain, afterwards: now - to };
};

test("an outage leaves few leads uncertain, and soon after it all have gone", () => {
  for (const seconds of [6, 60, 600]) {
    const [from, to] = [1000, 1000 + seconds * SECOND];
    const gone = weather({ from, to, probeStatus: undefined, verdict: UNCERTAIN });
    assert.ok(gone.uncertain <= LANES, `${gone.uncertain} without answers`);
    assert.ok(gone.afterwards < MINUTE + 10 * SECOND);

    const failing = weather({ from, to, probeStatus: 404, verdict: UNCERTAIN });
    assert.ok(failing.uncertain <= 10 + Math.log2(seconds / 6), `${failing.uncertain} with errors to leads alone`);

    assert.equal(weather({ from, to, probeStatus: 404, verdict: BUSY }).uncertain, 0);
  }
});
