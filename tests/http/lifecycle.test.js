// A client gives back all that it holds: timers, listeners, memory, the process.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import test from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";
import { answer, hang, later, reset, torn } from "./support/behaviors.js";
import { DEADLINE, takeClock } from "./support/clock.js";
import { connect, failure } from "./support/failure.js";
import { operations, submitted } from "./support/operation-cases.js";
import { serve } from "./support/scripted-server.js";
import { survivor } from "./support/survivor.js";

/** A signal that counts who listens. */
class CountingTarget extends EventTarget {
  aborted = false;
  listeners = 0;
  added = 0;

  /** @param {Parameters<EventTarget["addEventListener"]>} args */
  addEventListener(...args) {
    this.listeners += 1;
    this.added += 1;
    super.addEventListener(...args);
  }

  /** @param {Parameters<EventTarget["removeEventListener"]>} args */
  removeEventListener(...args) {
    this.listeners -= 1;
    super.removeEventListener(...args);
  }
}

const ends = {
  "with success": answer(200),
  "with a refusal": answer(400),
  "with a lost connection": reset,
  "with a lost response": torn(200),
  "with a redirect": answer(302),
  "with no JSON": answer(200, ""),
  "after its retries": later(429, "0"),
};
for (const [name, behave] of Object.entries(ends)) {
  test(`a call that ends ${name} leaves no timer and no listener`, { timeout: 20_000 }, async (t) => {
    const clock = takeClock();
    t.after(clock.giveBack);
    const server = await serve(t, behave);
    const client = connect(server, { timeoutMs: DEADLINE });
    for (const one of operations) {
      const signal = new CountingTarget();
      await one.call(client, { signal: /** @type {any} */ (signal) }).catch(() => {});
      assert.ok(signal.added > 0);
      assert.equal(signal.listeners, 0, one.name);
      assert.equal(clock.pending, 0, one.name);
    }
  });
}

test("a call that is aborted or runs out of time leaves no timer and no listener", { timeout: 20_000 }, async (t) => {
  const clock = takeClock();
  t.after(clock.giveBack);
  for (const end of ["abort", "timeout"]) {
    const signal = new CountingTarget();
    const server = await serve(t, (response, received) => {
      hang(response, received);
      if (end === "abort") signal.dispatchEvent(new Event("abort"));
      else clock.pass();
    });
    const client = connect(server, { timeoutMs: DEADLINE, retries: 0 });
    await failure(client.sendMessage({ text: "Hello" }, { signal: /** @type {any} */ (signal) }));
    assert.equal(signal.listeners, 0, end);
    assert.equal(clock.pending, 0, end);
  }
});

test("the fetch of a call that has ended early is aborted", { timeout: 20_000 }, async (t) => {
  const clock = takeClock();
  t.after(clock.giveBack);
  for (const end of ["abort", "timeout"]) {
    const controller = new AbortController();
    /** @type {AbortSignal | undefined} */
    let given;
    const client = connect(
      { url: "http://127.0.0.1" },
      {
        timeoutMs: DEADLINE,
        retries: 0,
        fetch: (_, { signal }) => {
          given = signal ?? undefined;
          setImmediate(() => (end === "abort" ? controller.abort("why") : clock.pass()));
          return new Promise(() => {});
        },
      },
    );
    await failure(client.sendMessage({ text: "Hello" }, { signal: controller.signal }));
    assert.equal(given?.aborted, true, end);
    assert.notEqual(given?.reason, "why");
  }
});

/** @param {string} script */
async function run(script) {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), 80_000);
  const [code] = await new Promise((resolve) => child.once("close", (...args) => resolve(args)));
  clearTimeout(timer);
  return { code, output };
}

const index = JSON.stringify(new URL("../../pkg/dist/index.js", import.meta.url).href);

test("a process that made a call ends by itself", { timeout: 90_000 }, async (t) => {
  // Both have a timeout that is far longer than the process may live.
  const good = await serve(t, answer(200, submitted, { connection: "close", "content-type": "application/json" }));
  const bad = await serve(t, answer(400, "{}", { connection: "close" }));
  const { code, output } = await run(`
    import { Botsplash } from ${index};
    for (const baseUrl of ${JSON.stringify([good.url, bad.url])}) {
      const client = new Botsplash({ appId: "acme", baseUrl, timeoutMs: 2147483647 });
      await client.sendMessage({ text: "Hello" }, { signal: new AbortController().signal })
        .then(() => console.log("answered"), (error) => console.log(error.code));
    }
  `);
  assert.deepEqual([code, output], [0, "answered\nhttp\n"]);
});

test("a client that makes no call keeps no process alive", async () => {
  const { code, output } = await run(`
    import { Botsplash } from ${index};
    new Botsplash({ appId: "acme" });
    await new Botsplash({ appId: "acme" }).ready();
    console.log("ready");
  `);
  assert.deepEqual([code, output], [0, "ready\n"]);
});

test("an error that nobody catches says what is known about the delivery", { timeout: 90_000 }, async (t) => {
  const server = await serve(t, answer(400, '{"phone":"3334445555"}', { connection: "close" }));
  const { code, output } = await run(`
    import { Botsplash } from ${index};
    const auth = { apiKey: "Xylophone77Quartz" };
    await new Botsplash({ appId: "acme", baseUrl: ${JSON.stringify(server.url)}, auth }).sendMessage({ text: "Welcome!" });
  `);
  assert.notEqual(code, 0);
  assert.match(output, /BotsplashError: sendMessage: /);
  assert.match(output, /delivery: 'rejected'/);
  assert.doesNotMatch(output, /Xylophone77Quartz|Welcome!|3334445555/);
});

test("free() during a call lets it finish", { timeout: 20_000 }, async (t) => {
  /** @type {import("./support/scripted-server.js").Response[]} */
  const waiting = [];
  const server = await serve(t, (response) => void waiting.push(response));
  const client = connect(server);
  const calls = operations.map((one) => one.call(client));
  // As long as the test may take.
  while (waiting.length < calls.length) await turn();
  client.free();
  for (const response of waiting) response.writeHead(200).end(submitted);
  assert.deepEqual(await Promise.all(calls), Array(calls.length).fill(JSON.parse(submitted)));
});

test("free() between a call's attempts lets it finish", { timeout: 20_000 }, async (t) => {
  const { client, server } = await survivor(t);
  const freed = connect(server, {
    fetch: async (...request) => {
      if (server.received.length > 0) return fetch(...request);
      await client.sendMessage({ text: "count" });
      freed.free();
      return new Response("", { status: 429, headers: { "retry-after": "0" } });
    },
  });
  assert.deepEqual(await freed.sendMessage({ text: "Hello" }), JSON.parse(submitted));
});

test("a call after free() is refused clearly", { timeout: 20_000 }, async (t) => {
  const { client, server, refuses } = await survivor(t);
  await client.ready();
  client.free();
  client.free();
  await refuses(client.ready(), { code: "configuration", says: /free\(\)/ });
  for (const one of operations) {
    const error = await refuses(one.call(client), { code: "configuration", says: /free\(\)/ });
    assert.equal(error.operation, one.name);
  }
  assert.equal(server.received.length, 0);
});

test("a client that is freed before its first call is freed", { timeout: 20_000 }, async (t) => {
  const { client, server } = await survivor(t);
  client.free();
  const error = await failure(client.sendMessage({ text: "Hello" }));
  assert.deepEqual([error.code, error.delivery, error.operation], ["configuration", "not_sent", "sendMessage"]);
  assert.equal(server.received.length, 0);
});

test("Symbol.dispose is free()", { timeout: 20_000 }, async (t) => {
  const { client } = await survivor(t);
  client[Symbol.dispose]();
  assert.match((await failure(client.ready())).message, /free\(\)/);
});

test("an observer that throws, rejects or frees the client does not touch the call", { timeout: 20_000 }, async (t) => {
  /** @type {any} */
  let observe;
  const { client, works } = await survivor(t, { onAttempt: (event) => observe(event) });
  const observers = [
    () => {
      throw new Error("hostile");
    },
    () => {
      throw undefined;
    },
    async () => {
      throw new Error("hostile");
    },
    (/** @type {any} */ event) => Object.assign(event, { delivery: "accepted", operation: 7 }),
    () => Object.freeze({ then: () => assert.fail("nobody waits for it") }),
  ];
  for (observe of observers) await works();
  observe = () => client.free();
  assert.deepEqual(await client.sendMessage({ text: "Hello" }), JSON.parse(submitted));
});

test("thousands of failing calls leave nothing behind", { timeout: 60_000 }, async () => {
  setFlagsFromString("--expose_gc");
  const collect = vm.runInNewContext("gc");
  const large = "x".repeat(10_000);
  let status = 500;
  const client = /** @type {any} */ (
    connect(
      { url: "http://127.0.0.1" },
      {
        auth: { apiKey: "k" },
        retries: 0,
        fetch: async () => (status === 0 ? Promise.reject(large) : new Response(large, { status })),
      },
    )
  );
  const round = async () => {
    for (let call = 0; call < 500; call += 1) {
      await client.sendMessage({ text: large, unknown: 1 }).catch(() => {});
      for (status of [0, 200, 500])
        await client.sendMessage({ text: large }, { signal: new AbortController().signal }).catch(() => {});
    }
    collect();
    await turn();
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + external + arrayBuffers;
  };
  const warm = await round();
  const after = await round();
  assert.ok(after - warm < 4 * 2 ** 20, `${warm} became ${after}`);
});

test("calls leave nothing behind in the wasm's memory", { timeout: 90_000 }, async () => {
  const { code, output } = await run(`
    /** @type {WebAssembly.Memory} */
    let memory;
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...args) => {
      const made = await instantiate(...args);
      memory ??= Object.values(made.instance?.exports ?? {}).find((value) => value instanceof WebAssembly.Memory);
      return made;
    };
    const { Botsplash } = await import(${index});
    let count = 0;
    const client = new Botsplash({
      appId: "acme",
      baseUrl: "http://127.0.0.1",
      fetch: async () => new Response("{}", { status: (count += 1) % 3 ? 200 : 400 }),
    });
    const call = async (times) => {
      for (let at = 0; at < times; at += 1) await client.sendMessage({ text: "Hello" }).catch(() => {});
    };
    await call(300);
    const before = memory.buffer.byteLength;
    await call(9000);
    console.log(memory.buffer.byteLength - before);
  `);
  assert.deepEqual([code, output], [0, "0\n"]);
});

test("a URL that is none is found out before a fetch of the caller's own is called", async (t) => {
  const { refuses } = await survivor(t);
  let calls = 0;
  const client = connect(
    { url: "http://127.0.0.1:99999" },
    {
      fetch: async () => {
        calls += 1;
        return new Response("{}");
      },
    },
  );
  await refuses(client.sendMessage({ text: "Hello" }), { code: "configuration" });
  assert.equal(calls, 0);
});

test("a platform without a clock, or without headers, is told as what it is", { timeout: 90_000 }, async () => {
  const { code, output } = await run(`
    import { Botsplash } from ${index};
    const options = { appId: "acme", baseUrl: "http://127.0.0.1", fetch: async () => new Response("{}") };
    const client = new Botsplash(options);
    await client.ready();
    const { performance, Headers } = globalThis;
    Object.defineProperty(globalThis, "performance", { value: undefined, configurable: true });
    console.log(JSON.stringify(await client.sendMessage({ text: "Hello" })));
    Object.defineProperty(globalThis, "performance", { value: performance, configurable: true });
    Object.defineProperty(globalThis, "Headers", { value: undefined, configurable: true });
    await new Botsplash(options).sendMessage({ text: "Hello" }).catch(({ code, delivery }) => console.log(code, delivery));
  `);
  assert.deepEqual([code, output], [0, "{}\nconfiguration not_sent\n"]);
});

test("Headers that are none, or that make a call, cost no client its life", { timeout: 20_000 }, async (t) => {
  const { Headers } = globalThis;
  const server = await serve(t, ...Array(4).fill(answer(200)));
  const client = connect(server);
  await client.ready();
  t.after(() => void (globalThis.Headers = Headers));
  const none = [
    class {},
    class {
      set() {}
    },
    class extends Headers {
      /** @returns {never} */
      set() {
        throw new Error("hostile");
      }
    },
  ];
  for (const one of none) {
    globalThis.Headers = /** @type {any} */ (one);
    for (let times = 0; times < 1000; times++) {
      const error = await failure(client.sendMessage({ text: "Hello" }));
      assert.deepEqual([error.code, error.delivery], ["configuration", "not_sent"]);
    }
  }

  /** @type {Promise<unknown> | undefined} */
  let inner;
  globalThis.Headers = class extends Headers {
    constructor() {
      super();
      inner ??= client.sendMessage({ text: "inner" });
    }
  };
  await client.sendMessage({ text: "outer" });
  await inner;
  globalThis.Headers = Headers;
  await client.sendMessage({ text: "Hello" });
  assert.equal(server.received.length, 3);
});

test("the trace of an error leads to the call, and through no wasm", { timeout: 20_000 }, async (t) => {
  const server = await serve(t, answer(400));
  const client = connect(server, { retries: 0 });
  const caller = async (/** @type {any} */ message) => await client.sendMessage(message);
  for (const message of [{ text: 7 }, { text: "Hello" }]) {
    const { stack = "" } = await failure(caller(message));
    assert.match(stack, /at async caller /);
    assert.doesNotMatch(stack, /wasm/);
  }
});
