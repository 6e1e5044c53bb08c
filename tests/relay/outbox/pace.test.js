import assert from "node:assert/strict";
import test from "node:test";
import { createPace, LANES } from "../../../relay/outbox/pace.ts";

/** @typedef {import("../../../relay/outbox/pace.ts").Pace} Pace */
/** @typedef {import("../../../relay/outbox/outcome.ts").Verdict} Verdict */

/** @param {import("../../../relay/outbox/outcome.ts").Outcome} outcome @param {Partial<Verdict>} [more] @returns {Verdict} */
const verdict = (outcome, more) => ({ outcome, reason: `It was ${outcome}.`, ...more });

const DELIVERED = verdict("delivered");
const UNCERTAIN = verdict("uncertain");
const FAILED = verdict("uncertain", { status: 500 });
const BUSY = verdict("busy", { status: 429 });
const REFUSED = verdict("refused", { status: 403 });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let names = 0;

/** @param {Pace} pace @param {Verdict} verdict @param {number} now @param {string} [id] one lead goes, and ends so */
const sendOne = (pace, verdict, now, id = `lead-${(names += 1)}`) => {
  const next = pace.next(now);
  assert.ok("send" in next && next.send > 0, `not now: ${JSON.stringify(next)}`);
  return pace.sendEnded(pace.sendsStarted(1), id, verdict, now);
};

/** @param {Pace} pace @param {Verdict} verdict @param {number} now @returns {number} how many went at once */
const sendAll = (pace, verdict, now) => {
  const next = pace.next(now);
  assert.ok("send" in next, `not now: ${JSON.stringify(next)}`);
  const round = pace.sendsStarted(next.send);
  for (let sent = 0; sent < next.send; sent += 1) pace.sendEnded(round, `lead-${(names += 1)}`, verdict, now);
  return next.send;
};

/** @param {Pace} pace @param {number | undefined} status @param {number} now */
const probe = (pace, status, now) => {
  assert.deepEqual(pace.next(now), { probe: true });
  pace.probeStarted();
  pace.probeEnded(status, now);
};

/**
 * Goes on until a lead may go.
 * @param {Pace} pace
 * @param {number | undefined} status of every probe
 * @param {number} now
 * @returns {number} when that is
 */
const untilNext = (pace, status, now) => {
  for (let steps = 0; steps < 10_000; steps += 1) {
    const next = pace.next(now);
    if ("waitUntil" in next) now = next.waitUntil;
    else if ("probe" in next) probe(pace, status, now);
    else return now;
  }
  throw new Error("No lead ever goes.");
};

test("an outbox that begins sends one lead, and twice as many after each success, up to its lanes", () => {
  const pace = createPace();
  assert.deepEqual(
    [1, 2, 3].map(() => sendAll(pace, DELIVERED, 0)),
    [1, 2, 4],
  );
  assert.equal(sendAll(pace, DELIVERED, 0), LANES);
});

test("leads that are in flight take up lanes", () => {
  const pace = createPace();
  pace.sendsStarted(1);
  assert.deepEqual(pace.next(0), { send: 0 });
});

for (const bad of [UNCERTAIN, FAILED, BUSY, REFUSED, verdict("unconfirmed", { status: 200 })]) {
  test(`one lead that is ${bad.outcome} (${bad.status}) holds up nobody, however often; the next goes alone`, () => {
    const pace = createPace();
    while (sendAll(pace, DELIVERED, 0) < LANES);
    for (let times = 0; times < 50; times += 1) {
      assert.deepEqual(sendOne(pace, bad, 0, "poison"), {});
      assert.deepEqual(pace.next(0), { send: 1 });
    }
    assert.equal(pace.paused, undefined);
    assert.equal(pace.waiting(0), undefined);
  });
}

test("when two leads fail alike the API is probed, and then one lead goes ahead", () => {
  const pace = createPace();
  sendOne(pace, UNCERTAIN, 0);
  sendOne(pace, UNCERTAIN, 0);
  assert.ok(pace.waiting(5)?.since === 0);
  const now = untilNext(pace, 404, 0);
  assert.equal(sendAll(pace, DELIVERED, now), 1);
  assert.equal(sendAll(pace, DELIVERED, now), 2);
  assert.equal(pace.waiting(now), undefined);
});

test("a probe waits until no lead is in flight, and is alone", () => {
  const pace = createPace();
  while (sendAll(pace, DELIVERED, 0) < LANES);
  const round = pace.sendsStarted(LANES);
  for (const id of ["a", "b"]) pace.sendEnded(round, id, UNCERTAIN, 0);
  assert.deepEqual(pace.next(0), { send: 0 });
  for (const id of ["c", "d"]) pace.sendEnded(round, id, DELIVERED, 0);
  assert.deepEqual(pace.next(0), { probe: true });
  pace.probeStarted();
  assert.deepEqual(pace.next(0), { send: 0 });
});

for (const [name, probeStatus, bad] of /** @type {const} */ ([
  ["probes that are answered", 200, FAILED],
  ["probes that hang where leads get answers", undefined, FAILED],
  ["probes that hang, and always did", undefined, UNCERTAIN],
  ["probes that say no, and always did", 500, FAILED],
  ["probes that hang, and leads that cost nothing", undefined, BUSY],
])) {
  test(`with ${name}, no minute passes without a lead`, () => {
    const pace = createPace();
    let now = 0;
    let longest = 0;
    for (let lead = 0; lead < 60; lead += 1) {
      sendOne(pace, bad, now);
      const next = untilNext(pace, probeStatus, now);
      longest = Math.max(longest, next - now);
      now = next;
    }
    assert.ok(longest > 30 * SECOND && longest <= 50 * SECOND, String(longest));
  });
}

test("where a probe that was right before agrees with the leads, they go but every quarter of an hour", () => {
  for (const [probeStatus, bad] of /** @type {const} */ ([
    [undefined, UNCERTAIN],
    [500, FAILED],
  ])) {
    const pace = createPace();
    pace.calibrated(404, 0);
    for (let lead = 0; lead < 3; lead += 1) sendOne(pace, bad, untilNext(pace, 404, 0));
    const from = untilNext(pace, 404, 0);
    sendOne(pace, bad, from);
    const wait = untilNext(pace, probeStatus, from) - from;
    assert.ok(wait >= 15 * MINUTE && wait < 16 * MINUTE, String(wait));
    // It turns out to be wrong, and is not believed the next time.
    sendOne(pace, DELIVERED, from + wait);
    sendOne(pace, bad, from + wait);
    sendOne(pace, bad, from + wait);
    assert.ok(untilNext(pace, probeStatus, from + wait) - from - wait <= 50 * SECOND);
  }
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
  [undefined, false],
])) {
  test(`a probe that is answered with ${status} says that the API is ${isThere ? "there" : "not there"}`, () => {
    const pace = createPace(undefined, 100);
    sendOne(pace, UNCERTAIN, 0);
    sendOne(pace, UNCERTAIN, 0);
    probe(pace, status, 0);
    assert.deepEqual(pace.next(0), isThere ? { send: 1 } : { waitUntil: 100 });
  });
}

for (const bad of [REFUSED, verdict("refused", { status: 401 }), verdict("unconfirmed", { status: 200 })]) {
  test(`two leads in a row that are ${bad.outcome} (${bad.status}) pause sending; a lead goes every minute`, () => {
    const pace = createPace();
    sendOne(pace, bad, 0);
    assert.deepEqual(sendOne(pace, bad, 0), { paused: bad.reason });
    assert.equal(pace.paused, bad.reason);
    let now = 0;
    for (let lead = 0; lead < 20; lead += 1) {
      const next = untilNext(pace, undefined, now);
      assert.ok(next - now <= 50 * SECOND);
      now = next;
      assert.deepEqual(sendOne(pace, bad, now), {});
    }
    now = untilNext(pace, undefined, now);
    assert.deepEqual(sendOne(pace, DELIVERED, now), { recoveredSince: 0 });
    assert.equal(pace.paused, undefined);
  });
}

test("an outage during a pause is an outage: a probe goes ahead of each lead, and the pause comes back after it", () => {
  const pace = createPace();
  for (let lead = 0; lead < 2; lead += 1) sendOne(pace, REFUSED, 0);
  let now = 0;
  for (let lead = 0; lead < 2; lead += 1) {
    now = untilNext(pace, 404, now);
    sendOne(pace, FAILED, now);
  }
  assert.equal(pace.paused, undefined);
  assert.deepEqual([pace.waiting(now)?.reason, pace.waiting(now)?.since], [FAILED.reason, 0]);
  probe(pace, 503, now);
  now = untilNext(pace, 404, now);
  assert.deepEqual(sendOne(pace, REFUSED, now), { paused: REFUSED.reason });
  now = untilNext(pace, undefined, now);
  assert.deepEqual(sendOne(pace, DELIVERED, now), { recoveredSince: 0 });
  assert.equal(pace.waiting(now), undefined);
});

test("contents that the API rejects are people's own, unless five in a row are", () => {
  const pace = createPace();
  while (sendAll(pace, DELIVERED, 0) < LANES);
  const rejected = verdict("rejected", { status: 422 });
  for (let lead = 0; lead < 4; lead += 1) {
    assert.deepEqual(sendOne(pace, rejected, 0), {});
    assert.deepEqual(pace.next(0), { send: LANES });
  }
  assert.deepEqual(sendOne(pace, rejected, 0), { paused: rejected.reason });
});

test("Retry-After binds everybody for a quarter of an hour at most", () => {
  for (const [asked, wait] of /** @type {const} */ ([
    [5 * SECOND, 5 * SECOND],
    [24 * HOUR, 15 * MINUTE],
    [1e15, 15 * MINUTE],
  ])) {
    const pace = createPace();
    sendOne(pace, { ...BUSY, retryAfterMs: asked }, 0, "one");
    assert.deepEqual(pace.next(0), { waitUntil: wait });
    assert.match(String(pace.waiting(1)?.reason), /asked to wait/);
    assert.deepEqual(pace.next(wait), { send: 1 });
  }
});

test("a Retry-After that turns out to be one lead's own makes the next one be taken so, until two leads agree", () => {
  const pace = createPace();
  const asked = { ...BUSY, retryAfterMs: 24 * HOUR };
  sendOne(pace, asked, 0, "one");
  const now = untilNext(pace, undefined, 0);
  sendOne(pace, DELIVERED, now);
  sendOne(pace, asked, now, "other");
  assert.deepEqual(pace.next(now), { send: 1 });
  sendOne(pace, asked, now, "third");
  assert.ok("waitUntil" in pace.next(now));
});

test("its owner ends every wait, and one lead goes in any case", () => {
  for (const bad of [UNCERTAIN, FAILED, BUSY, REFUSED, { ...BUSY, retryAfterMs: HOUR }]) {
    const pace = createPace();
    sendOne(pace, bad, 0);
    if (!bad.retryAfterMs) sendOne(pace, bad, 0);
    pace.resume();
    assert.equal(pace.paused, undefined);
    assert.equal(sendAll(pace, DELIVERED, 0), 1);
  }
  const probing = createPace();
  sendOne(probing, UNCERTAIN, 0);
  sendOne(probing, UNCERTAIN, 0);
  probing.next(0);
  probing.probeStarted();
  probing.resume();
  assert.deepEqual(probing.next(0), { send: 1 });
});

test("a pause and a wait outlive a restart", () => {
  const pace = createPace();
  sendOne(pace, REFUSED, 0);
  sendOne(pace, REFUSED, 0);
  const again = createPace(JSON.parse(JSON.stringify(pace.kept())));
  assert.equal(again.paused, REFUSED.reason);
  assert.deepEqual(again.next(0), pace.next(0));

  const failing = createPace();
  for (let lead = 0, now = 0; lead < 8; lead += 1) {
    now = untilNext(failing, 200, now);
    sendOne(failing, UNCERTAIN, now);
  }
  const resumed = createPace(JSON.parse(JSON.stringify(failing.kept())));
  assert.deepEqual(resumed.next(0), failing.next(0));
});

test("a clock that is set back keeps nothing waiting", () => {
  const pace = createPace();
  sendOne(pace, { ...BUSY, retryAfterMs: HOUR }, 100 * HOUR);
  pace.clampTo(0);
  const next = pace.next(0);
  assert.ok("waitUntil" in next && next.waitUntil <= MINUTE);
});

/**
 * A thousand leads through an outage, on a clock that jumps from one event to the next.
 * @param {object} outage
 * @param {number} outage.from milliseconds
 * @param {number} outage.to
 * @param {number | undefined} outage.probeStatus what a probe meets during it
 * @param {Verdict} outage.bad
 */
const weather = ({ from, to, probeStatus, bad }) => {
  const pace = createPace();
  pace.calibrated(404, 0);
  const LATENCY = 20;
  let now = 0;
  let queued = 1000;
  let uncertain = 0;
  /** @type {{ at: number, round: number, id: string }[]} */
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
      for (let sent = 0; sent < count; sent += 1) underWay.push({ at: now + LATENCY, round, id: String(steps + sent) });
    } else if (underWay.length > 0) {
      const { at, round, id } = /** @type {(typeof underWay)[0]} */ (underWay.shift());
      now = Math.max(now, at);
      const verdict = isOut() ? bad : DELIVERED;
      pace.sendEnded(round, id, verdict, now);
      if (verdict.outcome === "uncertain") uncertain += 1;
      if (verdict.outcome === "busy") queued += 1;
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
    const gone = weather({ from, to, probeStatus: undefined, bad: UNCERTAIN });
    assert.ok(gone.uncertain <= LANES, `${gone.uncertain} without answers`);
    assert.ok(gone.afterwards < MINUTE + 10 * SECOND);

    const failing = weather({ from, to, probeStatus: 404, bad: FAILED });
    const minutes = seconds / 60;
    assert.ok(failing.uncertain <= 12 + 1.5 * minutes, `${failing.uncertain} in ${seconds} s, errors to leads alone`);

    assert.equal(weather({ from, to, probeStatus: 404, bad: BUSY }).uncertain, 0);
  }
});
