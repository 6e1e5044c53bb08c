// The additions of the entry files to the class that Rust exports.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Botsplash, BotsplashError, isBotsplashError } from "botsplash";
import * as slim from "botsplash/slim";
import { createSandbox } from "../../sandbox/index.ts";

const submission = { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } };

/** @param {unknown} promise @returns {Promise<any>} what it rejects with */
const failure = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail("it did not reject");
};

const connected = () => {
  const sandbox = createSandbox({ credentials: false });
  return { sandbox, client: new Botsplash({ appId: "demo", fetch: sandbox.fetch }) };
};

/** @type {any[]} */
const garbage = [
  undefined,
  null,
  1,
  "demo",
  [],
  {},
  { appId: 1 },
  { appId: "demo", retires: 1 },
  new Proxy(
    {},
    {
      get() {
        throw new Error("hostile");
      },
      ownKeys() {
        throw new Error("hostile");
      },
    },
  ),
];

test("whatever the options, the constructor does not throw; ready() and the calls say what is wrong", async () => {
  for (const options of garbage) {
    const client = new Botsplash(options);
    for (const attempt of [client.ready(), client.submitListener("welcome", submission), client.ready()]) {
      const error = await failure(attempt);
      assert.ok(error instanceof BotsplashError, String(error));
      assert.equal(error.code, "configuration");
      assert.equal(error.delivery, "not_sent");
    }
  }
});

test("ready() resolves for a good configuration, and sends nothing", async () => {
  const { sandbox, client } = connected();
  assert.equal(await client.ready(), undefined);
  assert.equal(sandbox.requests.length, 0);
});

test("many first calls at once are that many requests", async () => {
  const { sandbox, client } = connected();
  await Promise.all(["a", "b", "c"].map((id) => client.submitListener(id, submission)));
  assert.deepEqual(
    sandbox.submissions.map(({ listenerId }) => listenerId),
    ["a", "b", "c"],
  );
});

test("a call sends its arguments as they were when it was made", async () => {
  const { sandbox, client } = connected();
  await client.ready();
  const changing = structuredClone(submission);
  const call = client.submitListener("welcome", changing);
  changing.visitor.phoneNumber = "2223334444";
  await call;
  assert.deepEqual(
    sandbox.texts.map(({ to }) => to),
    ["3334445555"],
  );
});

test("what changes after a call changes nothing, also before the WebAssembly is up", async () => {
  const sandbox = createSandbox({ credentials: false });
  const shared = { appId: "demo", fetch: sandbox.fetch };
  // A copy of the package that has not started anything yet.
  const cold = await import(`${import.meta.resolve("botsplash").replace("index.js", "inlined.js")}?cold`);
  const client = new cold.Botsplash(shared);
  shared.appId = "another";
  const reused = structuredClone(submission);
  const calls = ["111", "222", "333"].map((phoneNumber) => {
    reused.visitor.phoneNumber = phoneNumber;
    return client.submitListener("welcome", reused);
  });
  await Promise.all(calls);
  assert.deepEqual(
    sandbox.texts.map(({ to }) => to),
    ["111", "222", "333"],
  );
  assert.match(sandbox.requests[0].path, /\/demo\//);
});

test("after free() calls are refused and say so, and free() may be called again", async () => {
  const { sandbox, client } = connected();
  await client.submitListener("welcome", submission);
  client.free();
  client.free();
  const error = await failure(client.submitListener("welcome", submission));
  assert.ok(error instanceof BotsplashError);
  const { code, delivery, operation, attempts } = error;
  assert.deepEqual(
    { code, delivery, operation, attempts },
    {
      code: "configuration",
      delivery: "not_sent",
      operation: "submitListener",
      attempts: [],
    },
  );
  assert.match(error.message, /free\(\)/);
  assert.equal((await failure(client.ready())).code, "configuration");
  assert.equal(sandbox.requests.length, 1);
});

test("free() before the first call frees as well", async () => {
  const { client } = connected();
  client.free();
  assert.equal((await failure(client.listMeetings({ clientVisitorId: "12345" }))).operation, "listMeetings");
});

test("a call in flight when free() is called still finishes", async () => {
  const { sandbox, client } = connected();
  const call = client.submitListener("welcome", submission);
  client.free();
  assert.equal((await call).success, true);
  assert.equal(sandbox.requests.length, 1);

  const again = connected();
  await again.client.ready();
  const later = again.client.submitListener("welcome", submission);
  again.client.free();
  assert.equal((await later).success, true);
});

test("a client disposes of itself", async () => {
  const { client } = connected();
  client[Symbol.dispose]();
  assert.match((await failure(client.ready())).message, /free\(\)/);
});

test("the class looks like one that was written by hand", () => {
  assert.equal(Botsplash.name, "Botsplash");
  assert.equal(BotsplashError.name, "BotsplashError");
  assert.equal(Botsplash.prototype.submitListener.name, "submitListener");
  assert.deepEqual(Object.keys(new Botsplash({ appId: "demo" })), []);
  assert.deepEqual(Object.keys(Botsplash.prototype), []);
});

test("errors of the CommonJS copy are recognized too", async () => {
  const copy = createRequire(import.meta.url)("botsplash");
  const error = await failure(new copy.Botsplash({}).ready());
  assert.equal(error instanceof BotsplashError, false);
  assert.equal(isBotsplashError(error), true);
});

test("botsplash/slim takes the WebAssembly from the caller, and starts as soon as it has it", async () => {
  const sandbox = createSandbox({ credentials: false });
  const client = new slim.Botsplash({ appId: "demo", fetch: sandbox.fetch });
  const early = await failure(client.submitListener("welcome", submission));
  assert.ok(early instanceof BotsplashError);
  assert.equal(early.code, "configuration");
  assert.equal(early.operation, "submitListener");
  assert.match(/** @type {string} */ (early.hint), /provideWasm/);

  const bytes = readFileSync(createRequire(import.meta.url).resolve("botsplash/botsplash.wasm"));
  slim.provideWasm(new Uint8Array([0, 1, 2, 3]));
  const broken = await failure(client.ready());
  assert.equal(broken.code, "configuration");
  assert.ok(broken.cause instanceof WebAssembly.CompileError);

  slim.provideWasm(() => WebAssembly.compile(bytes));
  assert.equal((await client.submitListener("welcome", submission)).success, true);
});

test("botsplash/slim asks again, with the next call, for a WebAssembly that it did not get", async () => {
  const sandbox = createSandbox({ credentials: false });
  // A copy of the package that has not started anything yet.
  const fresh = await import(`${import.meta.resolve("botsplash/slim")}?again`);
  const client = new fresh.Botsplash({ appId: "demo", fetch: sandbox.fetch });
  let asked = 0;
  fresh.provideWasm(async () => {
    asked += 1;
    if (asked === 1) throw new TypeError("Failed to fetch");
    return readFileSync(createRequire(import.meta.url).resolve("botsplash/botsplash.wasm"));
  });
  assert.equal((await failure(client.submitListener("welcome", submission))).delivery, "not_sent");
  assert.equal((await client.submitListener("welcome", submission)).success, true);
  assert.equal((await client.submitListener("welcome", submission)).success, true);
  assert.equal(asked, 2);
  assert.equal(sandbox.requests.length, 2);
});
