// One description of a call from beginning to end, tests/shared/loop.json, played by the npm package. tests/loop.rs
// plays it by the Rust client and has written down what comes. Both must do and say the same, to the letter.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Botsplash, bodyOf } from "./support/botsplash.js";

/** 6 November 1994, 08:49:37 GMT. */
const NOW_MS = 784_111_777_000;

/** @type {{ calls: any[], refusals: any[] }} */
const { calls, refusals } = JSON.parse(readFileSync(new URL("../shared/loop.json", import.meta.url), "utf8"));

/** @param {any} client @param {any} one @param {AbortSignal} [signal] */
const call = (client, { operation, options, listenerId = "welcome", visitorId = "12345" }, signal) => {
  const all = { ...options, ...(signal && { signal }) };
  const who = { clientVisitorId: visitorId };
  /** @type {Record<string, () => Promise<unknown>>} */
  const methods = {
    sendMessage: () => client.sendMessage({ text: "Hello" }, all),
    listMeetings: () => client.listMeetings(who, all),
    updateVisitor: () => client.updateVisitor(who, {}, all),
    submitListener: () => client.submitListener(listenerId, { visitor: {} }, all),
  };
  return methods[operation]?.();
};

/** @param {any} error an error, as loop.rs shows it */
const shown = (error) => {
  const { message, cause } = error;
  // The words without the hint are JavaScript's alone.
  const { httpStatus, summary, ...fields } = error;
  return JSON.parse(
    JSON.stringify({
      ...fields,
      status: httpStatus,
      message,
      body: bodyOf(error) || undefined,
      cause: cause && [cause.name, cause.code ?? null],
    }),
  );
};

/**
 * A clock that only timers move: each that nothing has taken away by the next turn comes at once.
 * @param {import("node:test").TestContext} t
 * @param {{ ended: (ms: number, isWait: boolean) => number | undefined }} when
 */
const clock = (t, when) => {
  let time = 0;
  let fetches = 0;
  /** @type {Map<number, () => void>} */
  const timers = new Map();
  /** @type {number[]} */
  const set = [];
  t.mock.method(performance, "now", () => time);
  t.mock.method(Date, "now", () => NOW_MS);
  t.mock.method(Math, "random", () => 0.5);
  t.mock.method(globalThis, "clearTimeout", (/** @type {number} */ id) => timers.delete(id));
  t.mock.method(globalThis, "setTimeout", (/** @type {() => void} */ come, /** @type {number} */ ms) => {
    const id = set.push(ms);
    const before = fetches;
    timers.set(id, come);
    setImmediate(() => {
      if (!timers.has(id)) return;
      const late = when.ended(ms, fetches === before);
      if (late === undefined) return;
      time += ms + late;
      come();
    });
    return id;
  });
  return {
    set,
    fetched: () => void fetches++,
    pending: () => timers.size,
  };
};

for (const one of calls) {
  test(`${one.operation}, ${one.name}: the npm package does and says what Rust does`, async (t) => {
    await new Botsplash({ appId: "acme" }).ready();
    const answers = [...one.answers];
    /** @type {string[]} */
    const requests = [];
    /** @type {number[]} */
    const waits = [];
    /** @type {object[]} */
    const events = [];
    const controller = new AbortController();
    if (answers[0].notStarted) controller.abort();

    const times = clock(t, {
      ended(ms, isWait) {
        if (!isWait) return 0;
        waits.push(ms);
        if (one.abandons) return void controller.abort();
        return one.overrunMs ?? 0;
      },
    });
    /** @param {string} url @param {RequestInit} init @returns {any} */
    const fetch = (url, { method }) => {
      times.fetched();
      requests.push(`${method} ${url}`);
      const { status, text, json, lost, hangs, aborted, redirect, retryAfter, requestId } = answers.shift();
      const never = new Promise(() => {});
      const failure = lost && Object.assign(new Error("lost"), { name: lost[0], code: lost[1] });
      if (aborted) controller.abort();
      if (aborted || (hangs && !status)) return never;
      if (lost && !status) return Promise.reject(failure);
      if (redirect) return Promise.resolve({ status: 0, type: "opaqueredirect" });
      const headers = new Map([
        ["retry-after", retryAfter],
        ["x-request-id", requestId],
      ]);
      const body = () => (hangs ? never : lost ? Promise.reject(failure) : Promise.resolve(json ? "{}" : text));
      return Promise.resolve({ status, headers, text: body });
    };
    const client = new Botsplash({
      appId: "acme",
      ...one.client,
      fetch,
      onAttempt: (event) => void events.push(event),
    });
    /** @type {any} */
    const comes = {};
    await call(client, one, controller.signal)?.catch((error) => {
      comes.error = shown(error);
    });
    t.mock.restoreAll();
    assert.equal(times.pending(), 0);
    // Attempts and waits set a timer each, in turn.
    const limits = times.set.filter((_, at) => at % 2 === 0);
    assert.deepEqual({ requests, waits, limits, events, ...comes }, one.comes);
  });
}

for (const one of refusals) {
  test(`${JSON.stringify({ ...one, comes: undefined })}: the npm package says what Rust says`, async () => {
    const client = new Botsplash({ appId: "acme", ...one.client });
    const refused = one.operation ? call(client, one) : client.ready();
    const error = await refused?.then(
      () => assert.fail("it is not refused"),
      (/** @type {any} */ error) => error,
    );
    assert.deepEqual(shown(error), one.comes);
  });
}
