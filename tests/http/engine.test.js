// The WebAssembly may fail at any moment, and a caller may have no stack left. The client tells truthfully what was sent, and
// the next call works.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import test from "node:test";
import { survivor } from "./support/survivor.js";

const inlined = new URL("../../pkg/dist/inlined.js", import.meta.url).href;
const message = { text: "Hello" };

let copies = 0;

/**
 * A copy of the package whose wasm is watched. Its instances come one after another.
 * @param {import("node:test").TestContext} t
 * @param {(exports: WebAssembly.Exports, instance: number) => WebAssembly.Exports} watch
 */
const watched = async (t, watch) => {
  const { instantiate } = WebAssembly;
  let instances = 0;
  /** @type {any} */
  const webAssembly = WebAssembly;
  webAssembly.instantiate = async (/** @type {any} */ ...args) => {
    const made = /** @type {any} */ (await Reflect.apply(instantiate, WebAssembly, args));
    // The platform has some wasm of its own, which it compiles before.
    if (!made.instance) return made;
    return { instance: { exports: watch(made.instance.exports, instances++) } };
  };
  t.after(() => void (webAssembly.instantiate = instantiate));
  copies += 1;
  /** @type {typeof import("../../pkg/dist/index.js")} */
  const copy = await import(`${inlined}?watched=${copies}`);
  return { Botsplash: copy.Botsplash, instances: () => instances };
};

/** @param {Promise<unknown>} call @returns {Promise<any>} what it comes to */
const outcome = (call) =>
  call.then(
    (value) => ({ value }),
    (error) => error,
  );

test("a trap at any crossing ends the calls in flight truthfully, and the next one starts anew", async (t) => {
  let left = Number.POSITIVE_INFINITY;
  const { Botsplash, instances } = await watched(t, (exports) => {
    /** @type {Record<string, unknown>} */
    const trapping = {};
    for (const [name, value] of Object.entries(exports)) {
      trapping[name] =
        typeof value === "function"
          ? (/** @type {unknown[]} */ ...args) => {
              if (left-- <= 0) throw new WebAssembly.RuntimeError("unreachable");
              return value(...args);
            }
          : value;
    }
    return /** @type {WebAssembly.Exports} */ (trapping);
  });

  let requests = 0;
  let crossings = 0;
  /** @type {Set<string>} */
  const ends = new Set();
  for (let at = 0; at < 200; at += 1) {
    requests = 0;
    const client = new Botsplash({
      appId: "acme",
      baseUrl: "https://api.test",
      auth: { apiKey: "k" },
      fetch: async () => {
        requests += 1;
        return requests === 1
          ? new Response("{}", { status: 429, headers: { "retry-after": "0" } })
          : new Response("{}", { status: 400 });
      },
    });
    left = Number.POSITIVE_INFINITY;
    await client.ready();
    const before = instances();
    left = at;
    const [one, other] = await Promise.all([
      outcome(client.sendMessage(message)),
      outcome(client.sendMessage(message)),
    ]);
    const trapped = left < 0;
    left = Number.POSITIVE_INFINITY;
    if (!trapped) break;
    crossings += 1;
    for (const error of [one, other]) {
      assert.equal(error.name, "BotsplashError", String(error));
      const { delivery, attempts } = error;
      ends.add(`${error.code} ${delivery}`);
      // One of the two may have come to its end before.
      if (error.code === "http") continue;
      assert.equal(delivery, attempts.length > 0 ? "unknown" : "not_sent", error.message);
      assert.ok(attempts.length <= requests);
      assert.match(error.message, /the WebAssembly part stopped/);
    }
    requests = 1;
    const { httpStatus } = await outcome(client.sendMessage(message));
    assert.equal(httpStatus, 400);
    assert.equal(instances(), before + 1);
  }
  assert.ok(crossings > 10, `${crossings} crossings`);
  assert.ok(ends.has("network unknown") && ends.has("configuration not_sent"), [...ends].join());
});

test("memory that runs out ends the calls in flight, and the next one starts anew", async (t) => {
  /** @type {WebAssembly.Memory[]} */
  const memories = [];
  const { Botsplash } = await watched(t, (exports) => {
    const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    if (memory instanceof WebAssembly.Memory) memories.push(memory);
    return exports;
  });
  /** @type {((response: Response) => void) | undefined} */
  let settle;
  const client = new Botsplash({
    appId: "acme",
    fetch: (url) =>
      url.endsWith("/message") ? new Promise((resolve) => (settle = resolve)) : Promise.resolve(new Response("{}")),
  });
  const waiting = outcome(client.sendMessage(message));
  await client.listMeetings({ clientAppId: "1" });
  // All that there can be, and none of it the allocator's.
  memories[0]?.grow(65_536 - memories[0].buffer.byteLength / 65_536);
  const large = await outcome(client.listMeetings({ clientAppId: "x".repeat(2 ** 24) }));
  assert.deepEqual([large.code, large.delivery], ["configuration", "not_sent"]);
  settle?.(new Response("{}"));
  const { code, delivery } = await waiting;
  assert.deepEqual([code, delivery], ["network", "unknown"]);
  assert.deepEqual(await client.listMeetings({ clientAppId: "1" }), {});
  assert.equal(memories.length, 2);
});

test("a call at every depth of a full stack settles, and the client lives on", async () => {
  // Apart, since Node prints what overflows in its own accounting of rejections.
  const script = `
    import { Botsplash } from ${JSON.stringify(inlined.replace("inlined", "index"))};
    const client = new Botsplash({ appId: "acme", fetch: async () => new Response("{}") });
    process.on("unhandledRejection", () => {});
    for (const state of ["cold", "warm"]) {
      const calls = [];
      let made = 0;
      let thrown;
      const dive = () => {
        try {
          dive();
        } catch {}
        if (made++ > 600) return;
        try {
          calls[made] = client.scheduleMeeting({ clientAppId: "1" }, { agentClientUserId: "1", followupAt: new Date(0) });
        } catch (error) {
          thrown = error;
        }
      };
      dive();
      const ends = await Promise.allSettled(calls);
      const names = ends.map(({ status, reason }) => reason?.name ?? status);
      const next = await client.sendMessage({ text: "Hello" });
      console.log(state, thrown?.name, [...new Set(names)].sort().join(), JSON.stringify(next));
    }
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  assert.equal(code, 0);
  assert.match(output, /^cold RangeError .*fulfilled.* \{\}\nwarm RangeError .*fulfilled.* \{\}\n$/);
});

test("what is read is the same before and after the WebAssembly has started", async () => {
  class Lead {
    phoneNumber = "";
    /** @param {string} phoneNumber */
    constructor(phoneNumber) {
      this.phoneNumber = phoneNumber;
    }
  }
  copies += 1;
  const { Botsplash } = await import(`${inlined}?cold=${copies}`);
  /** @type {string[]} */
  const sent = [];
  const client = new Botsplash({
    appId: "acme",
    fetch: async (/** @type {string} */ _, /** @type {RequestInit} */ { body }) => {
      sent.push(JSON.parse(String(body)).visitor.phoneNumber);
      return new Response("{}");
    },
  });
  for (const state of ["cold", "warm"]) {
    sent.length = 0;
    const visitor = new Lead("111");
    const first = client.submitListener("welcome", { visitor });
    visitor.phoneNumber = "222";
    await Promise.all([first, client.submitListener("welcome", { visitor })]);
    assert.deepEqual(sent, ["111", "222"], state);
  }
});

test("free() at any moment lets the calls in flight finish", async (t) => {
  const { client: other } = await survivor(t);
  const frees = [
    "while its arguments are read",
    "right after it was made",
    "while it is sent",
    "while it waits",
    "while an observer is told",
  ];
  for (const when of frees) {
    let requests = 0;
    /** @type {any} */
    const client = new (await import(inlined)).Botsplash({
      appId: "acme",
      fetch: async () => {
        requests += 1;
        if (when === frees[2] && requests === 1) client.free();
        if (when === frees[3]) setTimeout(() => client.free());
        return requests === 1
          ? new Response("{}", { status: 429, headers: { "retry-after": "0" } })
          : new Response('{"done":true}');
      },
      onAttempt: () => void (when === frees[4] && client.free()),
    });
    const text = {
      get text() {
        if (when === frees[0]) client.free();
        return "Hello";
      },
    };
    const call = client.sendMessage(text);
    if (when === frees[1]) client.free();
    assert.deepEqual(await call, { done: true }, when);
    assert.equal(requests, 2, when);
    // Another client's memory is not given back instead.
    await other.ready();
  }
});
