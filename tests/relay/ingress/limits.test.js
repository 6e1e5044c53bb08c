// The limits: on the API's responses, on guesses at a secret, and on the bytes that are read before a caller is let in.
// cspell:ignore tracestate
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { PAGE, SECRET, startIngress } from "../support/ingress.js";

/** An API whose response never ends. @param {import("node:test").TestContext} t @param {(response: import("node:http").ServerResponse) => void} begin */
const endless = async (t, begin) => {
  let sent = 0;
  const chunk = Buffer.alloc(65_536, 0x20);
  const server = createServer((request, response) => {
    request.resume();
    begin(response);
    const more = () => {
      while (!response.destroyed && sent < 64 * 1024 * 1024) {
        sent += chunk.length;
        if (!response.write(chunk)) return response.once("drain", more);
      }
      response.destroy();
    };
    more();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, sent: () => sent };
};

/** @type {[status: number, delivery: string][]} */
const cases = [
  [200, "accepted"],
  [400, "rejected"],
];
for (const [status, delivery] of cases) {
  test(`an endless ${status} of the API is not read to its end`, async (t) => {
    const api = await endless(t, (response) => response.writeHead(status, { "content-type": "application/json" }));
    const { send } = startIngress({ baseUrl: api.url, operations: ["listMeetings"], authorize: () => true });
    const answer = await send("https://relay.example.com/demo/visitor/clientVisitorId/1/meeting");
    assert.equal((await answer.json()).delivery, delivery);
    assert.ok(api.sent() < 32 * 1024 * 1024, `${api.sent()} bytes`);
  });
}

test("a packed response of the API that unpacks without end is not unpacked to its end", async (t) => {
  const packed = gzipSync(Buffer.alloc(256 * 1024 * 1024, 0x20));
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": packed.length,
    });
    response.end(packed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const before = process.memoryUsage().arrayBuffers;
  const { send } = startIngress({
    ...{ baseUrl: `http://127.0.0.1:${port}`, operations: ["listMeetings"], authorize: () => true },
  });
  const answer = await send("https://relay.example.com/demo/visitor/clientVisitorId/1/meeting");
  assert.equal((await answer.json()).delivery, "accepted");
  assert.ok(process.memoryUsage().arrayBuffers - before < 64 * 1024 * 1024);
});

/** A limiter that lets so many requests of a key through. @param {number} most */
const limiter = (most) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return {
    counts,
    limit: async (/** @type {{ key: string }} */ { key }) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return { success: (counts.get(key) ?? 0) <= most };
    },
  };
};

test("whoever guesses a bearer or the review secret is limited, and the owner is not", async () => {
  const rateLimit = limiter(10);
  const { send } = startIngress({
    ...{ rateLimit, reviewSecret: SECRET, operations: ["listMeetings"] },
    authorize: ({ headers }) => headers.get("authorization") === "Bearer right",
  });
  for (const path of ["/demo/visitor/clientVisitorId/1/meeting", "/review/api/status"]) {
    const statuses = [];
    for (let guess = 0; guess < 30; guess += 1) {
      const headers = { Authorization: `Bearer ${guess}`, "CF-Connecting-IP": "192.0.2.1" };
      statuses.push((await send(`https://relay.example.com${path}`, { headers })).status);
    }
    assert.equal(statuses.filter((status) => status === 429).length, 20, path);
  }
  const headers = { Authorization: `Bearer ${SECRET}`, "CF-Connecting-IP": "192.0.2.1" };
  assert.equal((await send("https://relay.example.com/review/api/status", { headers })).status, 200);
});

test("authorization is asked before a body is read", async () => {
  let reads = 0;
  const body = () =>
    new ReadableStream(
      {
        pull(controller) {
          reads += 1;
          controller.enqueue(new TextEncoder().encode("{}"));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  const headers = { Origin: PAGE, "Content-Type": "application/json" };
  const url = "https://relay.example.com/demo/message";
  const closed = startIngress({ operations: ["sendMessage"], authorize: () => false });
  assert.equal((await closed.send(url, { method: "POST", body: body(), headers })).status, 403);
  assert.equal(reads, 0);
  /** @type {string[]} */
  const seen = [];
  const signed = startIngress({
    operations: ["sendMessage"],
    authorize: async (request) => {
      seen.push(await request.text());
      return true;
    },
  });
  assert.equal((await signed.send(url, { method: "POST", body: body(), headers })).status, 422, "what the client says");
  assert.deepEqual([reads, seen], [1, ["{}"]]);
});

test("a monitoring script's headers pass a preflight of a listed page", async () => {
  const asked = "traceparent, tracestate, baggage, sentry-trace, x-datadog-trace-id, content-type";
  const answer = await startIngress().send("https://relay.example.com/demo/listener/botsplash/welcome", {
    method: "OPTIONS",
    headers: { Origin: PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": asked },
  });
  assert.equal(answer.headers.get("access-control-allow-headers"), asked);
  assert.match(answer.headers.get("vary") ?? "", /Origin/);
});

test("a page without a referrer is the page itself where the browser says so, and no other is", async () => {
  const { post, outbox } = startIngress();
  const body = () => new URLSearchParams({ phoneNumber: "3334445555" });
  for (const [headers, status] of /** @type {[Record<string, string>, number][]} */ ([
    [{ Origin: "null", "Sec-Fetch-Site": "same-origin" }, 202],
    [{ Origin: "null", "Sec-Fetch-Site": "same-site" }, 403],
    [{ Origin: "null", "Sec-Fetch-Site": "cross-site" }, 403],
    [{ Origin: "null" }, 403],
    [{ Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" }, 403],
  ])) {
    assert.equal((await post(body(), headers)).status, status, JSON.stringify(headers));
  }
  assert.equal(outbox.leads.length, 1);
});
