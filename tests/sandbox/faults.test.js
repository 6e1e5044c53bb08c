import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../../sandbox/index.ts";
import { DEADLINE, takeClock } from "../http/support/clock.js";
import { inBothModes, submitJane } from "./box.js";
import { samples } from "./samples.js";

/**
 * @typedef {import("./box.js").Box} Box
 * @typedef {import("../../sandbox/index.ts").Fault} Fault
 */

const listener = "/app/listener/botsplash/welcome";

/** @param {Box} box @param {RequestInit} [init] */
const submit = (box, init) => box.post(listener, samples.listener, init);

/**
 * Aborts once the request has had its say, and asserts that only the abort ends what hangs.
 * @param {Box} box @param {(signal: AbortSignal) => Promise<unknown>} hangs
 */
async function assertHangs({ sandbox }, hangs) {
  const controller = new AbortController();
  const outcome = hangs(controller.signal).then(
    () => "ended",
    (error) => error,
  );
  await until(() => sandbox.requests.length > 0);
  const first = await Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, 30, "still going"))]);
  assert.equal(first, "still going");
  const reason = new Error("enough");
  controller.abort(reason);
  assert.equal(await outcome, reason);
}

/** @param {() => boolean} condition */
async function until(condition) {
  for (const deadline = Date.now() + 15_000; !condition(); ) {
    assert.ok(Date.now() < deadline, "waited too long");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The caller's view of each fault. @type {[Fault, (box: Box) => Promise<void>][]} */
const seen = [
  [
    { status: 503, headers: { "Retry-After": "7" } },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 503);
      assert.equal(response.headers.get("retry-after"), "7");
      assert.equal((await response.json()).error.code, "fault_injected");
    },
  ],
  [
    { status: 422, body: { reason: "because" } },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 422);
      assert.deepEqual(await response.json(), { reason: "because" });
    },
  ],
  [
    { status: 502, body: "Bad Gateway" },
    async (box) => {
      const response = await submit(box);
      assert.match(response.headers.get("content-type") ?? "", /^text\/plain/);
      assert.equal(await response.text(), "Bad Gateway");
    },
  ],
  [
    { status: 204 },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 204);
      assert.equal(await response.text(), "");
    },
  ],
  [{ hang: true }, (box) => assertHangs(box, (signal) => submit(box, { signal }))],
  [
    { reset: true },
    async (box) => {
      await assert.rejects(submit(box), TypeError);
    },
  ],
  [
    { truncate: true },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 200);
      await assert.rejects(response.text(), TypeError);
    },
  ],
  [
    { slowBody: true },
    async (box) => {
      await assertHangs(box, async (signal) => {
        const response = await submit(box, { signal });
        assert.equal(response.status, 200);
        await response.text();
      });
    },
  ],
  [
    { brokenJson: true },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "application/json");
      await assert.rejects(response.json(), SyntaxError);
    },
  ],
  [
    { html: true },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 200);
      assert.match(response.headers.get("content-type") ?? "", /^text\/html/);
      assert.match(await response.text(), /^<!doctype html>/);
    },
  ],
  [
    { html: true, status: 502 },
    async (box) => {
      assert.equal((await submit(box)).status, 502);
    },
  ],
  [
    { empty: true },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 200);
      assert.equal(await response.text(), "");
    },
  ],
  [
    { redirect: "https://elsewhere.invalid/" },
    async (box) => {
      const response = await submit(box);
      assert.equal(response.status, 302);
      assert.equal(response.headers.get("location"), "https://elsewhere.invalid/");
    },
  ],
];

for (const [fault, look] of seen) {
  for (const when of /** @type {const} */ (["before", "after"])) {
    inBothModes(`${JSON.stringify(fault)} ${when} the effect`, async (box) => {
      box.sandbox.fault({ ...fault, when });
      await look(box);
      const effects = when === "after" ? 1 : 0;
      assert.equal(box.sandbox.ledger.length, effects);
      assert.equal(box.sandbox.texts.length, effects);
      assert.equal(box.sandbox.requests.length, 1);
      await submitJane(box);
      assert.equal(box.sandbox.ledger.length, effects + 1);
    });
  }
}

inBothModes("a delay ends in the normal answer", async (box) => {
  box.sandbox.fault({ delayMs: 20 });
  box.sandbox.fault({ delayMs: 20, when: "after" });
  assert.equal((await submit(box)).status, 200);
  assert.equal((await submit(box)).status, 200);
  assert.equal(box.sandbox.ledger.length, 2);
});

inBothModes("a caller who leaves during a delay before the effect prevents it, after it does not", async (box) => {
  for (const [when, effects] of /** @type {const} */ ([
    ["before", 0],
    ["after", 1],
  ])) {
    box.sandbox.reset();
    const clock = takeClock();
    try {
      box.sandbox.fault({ delayMs: DEADLINE, when });
      const controller = new AbortController();
      const call = submit(box, { signal: controller.signal });
      await until(() => clock.pending === 1);
      assert.equal(box.sandbox.ledger.length, effects, when);
      controller.abort();
      await assert.rejects(call, { name: "AbortError" });
      await until(() => clock.pending === 0);
    } finally {
      clock.giveBack();
    }
    assert.equal(box.sandbox.ledger.length, effects, when);
  }
});

inBothModes("a caller who has left before the start sends nothing", async (box) => {
  const reason = new Error("no longer needed");
  await assert.rejects(submit(box, { signal: AbortSignal.abort(reason) }), reason);
  assert.deepEqual(box.sandbox.requests, []);
});

inBothModes("an aborted caller gets its own reason, whatever that is", async (box) => {
  box.sandbox.fault({ hang: true });
  const controller = new AbortController();
  const call = submit(box, { signal: controller.signal });
  await until(() => box.sandbox.requests.length === 1);
  controller.abort("stop");
  assert.equal(
    await call.then(
      () => "answered",
      (reason) => reason,
    ),
    "stop",
  );
});

inBothModes("faults queue in order, each for its operation and its times", async (box) => {
  const { sandbox, post } = box;
  sandbox.fault({ operation: "sendMessage", status: 500 });
  sandbox.fault({ status: 501, times: 2 });
  sandbox.fault({ operation: "submitListener", status: 502 });
  const statuses = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await submit(box)).status);
  assert.deepEqual(statuses, [501, 501, 502, 200]);
  const message = { text: "Hello", visitor: samples.visitorInfo };
  assert.equal((await post("/app/message", message)).status, 500);
  assert.equal((await post("/app/message", message)).status, 200);
});

inBothModes("a fault for one person's requests lets the others go", async (box) => {
  box.sandbox.fault({ holding: samples.listener.visitor.phoneNumber, status: 403, times: Infinity });
  const other = { ...samples.listener, visitor: { phoneNumber: "3334445556" } };
  for (const [submission, status] of /** @type {const} */ ([
    [samples.listener, 403],
    [other, 200],
    [samples.listener, 403],
  ])) {
    assert.equal((await box.post(listener, submission)).status, status);
  }
});

inBothModes("a fault can last until reset()", async (box) => {
  box.sandbox.fault({ status: 503, times: Infinity });
  for (let count = 0; count < 3; count += 1) assert.equal((await submit(box)).status, 503);
  box.sandbox.reset();
  assert.equal((await submit(box)).status, 200);
});

inBothModes("a request that leads to no operation leaves the fault to the next", async (box) => {
  box.sandbox.fault({ status: 503 });
  assert.equal((await box.post("/favicon.ico", {})).status, 404);
  assert.equal((await submit(box)).status, 503);
});

inBothModes("a refused request has no effect for the fault to come after", async (box) => {
  box.sandbox.fault({ reset: true, when: "after" });
  await assert.rejects(box.post(listener, { visitor: 1 }), TypeError);
  assert.deepEqual(box.sandbox.ledger, []);
});

inBothModes("a redirect that is followed turns a POST into a GET, as fetch does", async (box) => {
  const meetings = "/app/visitor/clientVisitorId/12345/meeting";
  await submitJane(box);
  box.sandbox.fault({ redirect: box.url + meetings });
  const response = await submit(box, { redirect: "follow" });
  assert.equal(response.status, 200);
  assert.equal((await response.json()).count, 0);
  assert.deepEqual(
    box.sandbox.requests.map(({ method, body }) => [method, body !== ""]),
    [
      ["POST", true],
      ["POST", true],
      ["GET", false],
    ],
  );
});

inBothModes("a 307 that is followed repeats the POST", async (box) => {
  box.sandbox.fault({ redirect: box.url + listener, status: 307 });
  assert.equal((await submit(box, { redirect: "follow" })).status, 200);
  assert.deepEqual(
    box.sandbox.requests.map(({ status }) => status),
    [307, 200],
  );
  assert.equal(box.sandbox.texts.length, 1);
});

inBothModes("a redirect fails where none is wanted, or when it goes round in circles", async (box) => {
  box.sandbox.fault({ redirect: box.url + listener, status: 307, times: Infinity });
  await assert.rejects(submit(box, { redirect: "error" }), TypeError);
  await assert.rejects(submit(box, { redirect: "follow" }), TypeError);
  assert.deepEqual(box.sandbox.ledger, []);
});

inBothModes(
  "latency keeps the answer from the caller, not the effect",
  async (box) => {
    const controller = new AbortController();
    const call = submit(box, { signal: controller.signal });
    await until(() => box.sandbox.ledger.length === 1);
    controller.abort();
    await assert.rejects(call, { name: "AbortError" });
  },
  { latencyMs: 60_000 },
);

/** @type {[unknown, RegExp][]} */
const senseless = [
  [undefined, /expected an object/],
  [{}, /say what goes wrong/],
  [{ hangs: true }, /"hangs" is not one of/],
  [{ status: 403, holding: "" }, /holding is a text/],
  [{ hang: true, reset: true }, /hang and reset exclude each other/],
  [{ hang: false }, /hang is true or left out/],
  [{ status: 99 }, /status is an integer/],
  [{ status: 500, when: "during" }, /when is/],
  [{ status: 500, times: 0 }, /times is/],
  [{ status: 500, operation: "submit" }, /operation is one of submitListener/],
  [{ html: true, body: "x" }, /body needs a status alone/],
  [{ delayMs: -1 }, /delayMs is/],
];
for (const [fault, message] of senseless) {
  test(`fault(${JSON.stringify(fault)}) is refused`, () => {
    assert.throws(() => createSandbox().fault(/** @type {any} */ (fault)), { name: "TypeError", message });
  });
}

/** @type {[unknown, RegExp][]} */
const senselessOptions = [
  [{ appid: "x" }, /"appid" is not one of appId/],
  [{ credentials: true }, /credentials is false, or a list/],
  [{ credentials: [{ username: "x" }] }, /credentials is false, or a list/],
  [{ basePath: "open" }, /basePath looks like/],
  [{ latencyMs: NaN }, /latencyMs/],
];
for (const [options, message] of senselessOptions) {
  test(`createSandbox(${JSON.stringify(options)}) is refused`, () => {
    assert.throws(() => createSandbox(/** @type {any} */ (options)), { name: "TypeError", message });
  });
}
