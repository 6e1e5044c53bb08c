// Where a runtime proves that no connection was made, nothing was sent. Each row is a real socket. Bun and Deno, which tell
// of a failure in their own ways, run the same rows in tests/packages.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import test, { before } from "node:test";
import { knowsWhatWasSent } from "../packages/support/sockets.js";
import { connect, failure } from "./support/failure.js";

test("what each failed connection is known to have done", { timeout: 120_000 }, async (t) => {
  await knowsWhatWasSent(t, process.execPath, []);
});

const refused = () =>
  Object.assign(new TypeError("fetch failed"), {
    cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" }),
  });
const nowhere = { url: "" };
before(async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  nowhere.url = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  server.close();
});

test("a fetch of the caller's own may have tried several times: its errors prove nothing", async () => {
  const client = connect(nowhere, { fetch: () => Promise.reject(refused()), retries: 0 });
  assert.equal((await failure(client.submitListener("welcome", { visitor: {} }))).delivery, "unknown");
});

test("so does a fetch that was put in the place of the global one", async (t) => {
  const { fetch } = globalThis;
  t.after(() => void (globalThis.fetch = fetch));
  globalThis.fetch = () => Promise.reject(refused());
  assert.equal((await failure(connect(nowhere).sendMessage({ text: "Hello" }))).delivery, "unknown");
});

test("trustConnectErrors: false takes no failure for proof", async () => {
  const client = connect(nowhere, { trustConnectErrors: false, retries: 0 });
  assert.equal((await failure(client.sendMessage({ text: "Hello" }))).delivery, "unknown");
});

test("what was not sent is sent again, since nobody can be texted twice", async () => {
  /** @type {string[]} */
  const deliveries = [];
  const client = connect(nowhere, { onAttempt: ({ delivery }) => void deliveries.push(delivery) });
  const error = await failure(client.submitListener("welcome", { visitor: {} }));
  assert.deepEqual(deliveries, ["not_sent", "not_sent", "not_sent"]);
  assert.deepEqual([error.code, error.delivery, error.attempts.length], ["network", "not_sent", 3]);
  assert.match(error.message, /No connection was made/);
});
