import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { test } from "node:test";
import { startServer } from "../../sandbox/server.ts";
import { basic, json } from "./box.js";
import { samples } from "./samples.js";

const limits = { timeout: 20_000 };

/** @param {import("node:test").TestContext} t @param {Parameters<typeof startServer>[0]} [options] */
async function start(t, options) {
  const server = await startServer(options);
  t.after(server.close);
  return server;
}

/** @param {string} url */
const submit = (url) =>
  fetch(`${url}/app/listener/botsplash/welcome`, {
    method: "POST",
    body: JSON.stringify(samples.listener),
    headers: { ...json, Authorization: basic },
  });

test("the server says where it is", limits, async (t) => {
  const { url, origin } = await start(t, { basePath: "/elsewhere/" });
  assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(url, `${origin}/elsewhere`);
  assert.equal((await submit(url)).status, 200);
});

test("another process reads the ledger, requests, texts and state, and resets", limits, async (t) => {
  const { url, origin, sandbox } = await start(t);
  const control = async (/** @type {string} */ path, init = {}) =>
    (await fetch(`${origin}/_sandbox/${path}`, init)).json();
  await submit(url);
  assert.deepEqual(await control("ledger"), sandbox.ledger);
  assert.deepEqual(withoutHeaders(await control("requests")), withoutHeaders(sandbox.requests));
  assert.deepEqual(await control("texts"), sandbox.texts);
  const { visitors, submissions } = await control("state");
  assert.deepEqual(visitors, sandbox.visitors);
  assert.deepEqual(submissions, sandbox.submissions);
  assert.equal(sandbox.requests.length, 1);
  await control("reset", { method: "POST" });
  assert.deepEqual(await control("ledger"), []);
  assert.deepEqual(sandbox.visitors, []);
});

/** @param {import("../../sandbox/types.ts").RequestRecord[]} requests */
const withoutHeaders = (requests) => requests.map(({ headers, ...request }) => request);

test("another process sees no credential, wherever it traveled", limits, async (t) => {
  const { url, origin, sandbox } = await start(t);
  await submit(url);
  const body = JSON.stringify({ api_key: 'demo"-key', text: "Hello" });
  await fetch(`${url}/app/message?a=1&api_key=demo-key&b=2`, { method: "POST", body, headers: json });
  await fetch(`${url}/app/message`, { method: "POST", headers: { Authorization: "demo-key" } });
  const seen = await (await fetch(`${origin}/_sandbox/requests`)).json();
  const authorizations = seen.map((/** @type {any} */ { headers }) => headers.authorization);
  assert.deepEqual(authorizations, ["Basic [redacted]", undefined, "[redacted]"]);
  assert.equal(seen[1].query, "a=1&api_key=[redacted]&b=2");
  assert.deepEqual(JSON.parse(seen[1].body), { api_key: "[redacted]", text: "Hello" });
  assert.equal(sandbox.requests[0]?.headers.authorization, basic, "the one who made the sandbox sees all");
});

test("a page of another origin can neither read the record nor reset it", limits, async (t) => {
  const { url, origin, sandbox } = await start(t);
  await submit(url);
  /** @param {string} path @param {string} from @param {string} [method] */
  const control = (path, from, method = "GET") =>
    fetch(`${origin}/_sandbox/${path}`, { method, headers: { Origin: from } });
  for (const from of ["http://localhost:5173", "null", `${origin}.evil.example`, "http://127.0.0.1"]) {
    const answers = [
      await control("requests", from),
      await control("reset", from, "POST"),
      await control("texts", from, "OPTIONS"),
    ];
    for (const { status, headers } of answers) {
      assert.equal(status, 403, from);
      assert.deepEqual(
        [...headers.keys()].filter((name) => name.startsWith("access-control")),
        [],
      );
    }
  }
  assert.equal(sandbox.requests.length, 1);
  assert.equal((await control("requests", origin)).status, 200, "the page's own server may hand it on");
});

test("another process injects faults, and hears of senseless ones", limits, async (t) => {
  const { url, origin } = await start(t);
  const fault = (/** @type {string} */ body) => fetch(`${origin}/_sandbox/fault`, { method: "POST", body });
  assert.equal((await fault(JSON.stringify({ status: 503, times: Infinity }))).status, 200);
  assert.equal((await submit(url)).status, 503);
  assert.equal((await submit(url)).status, 503);
  const wrong = await fault('{"hangs":true}');
  assert.equal(wrong.status, 400);
  assert.match((await wrong.json()).error.message, /"hangs" is not one of/);
  assert.equal((await fault("{")).status, 400);
  assert.equal((await fetch(`${origin}/_sandbox/other`)).status, 404);
});

test("the request target is recorded as it was sent", limits, async (t) => {
  const { url, sandbox } = await start(t);
  const path = "/open/v1/app/./x/../listener/%2e%2E?a=%20&b";
  const sent = request(new URL(url), { path, method: "POST" });
  sent.end();
  const [response] = await once(sent, "response");
  response.resume();
  assert.equal(response.statusCode, 404);
  assert.equal(sandbox.requests[0]?.path, "/open/v1/app/./x/../listener/%2e%2E");
  assert.equal(sandbox.requests[0]?.query, "a=%20&b");
});

test("a body without end is a 413", limits, async (t) => {
  const { url, sandbox } = await start(t);
  const sent = request(`${url}/app/message`, { method: "POST", headers: { ...json, Authorization: basic } });
  sent.on("error", () => {});
  const answered = once(sent, "response");
  const chunk = Buffer.alloc(1024 * 1024, " ");
  let going = true;
  answered.finally(() => (going = false)).catch(() => {});
  for (let count = 0; going && count < 80; count += 1) {
    if (!sent.write(chunk)) await Promise.race([once(sent, "drain"), answered]);
  }
  const [response] = await answered;
  assert.equal(response.statusCode, 413);
  assert.deepEqual(sandbox.ledger, []);
  sent.destroy();
});

test("close() ends requests that hang", limits, async (t) => {
  const { url, sandbox, close } = await start(t);
  sandbox.fault({ hang: true });
  const call = submit(url);
  call.catch(() => {});
  while (sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await close();
  await assert.rejects(call, TypeError);
});

test("a port that is taken is refused", limits, async (t) => {
  const { origin } = await start(t);
  await assert.rejects(startServer({ port: Number(new URL(origin).port) }), { code: "EADDRINUSE" });
});
