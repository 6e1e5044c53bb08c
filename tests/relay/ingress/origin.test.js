// Whose pages may post, and what a browser is told.
import assert from "node:assert/strict";
import test from "node:test";
import { ADDRESS, form, PAGE, SECRET, startIngress } from "../support/ingress.js";

test("a page of a listed origin may post, and may read the answer", async () => {
  const { post } = startIngress({ origins: [PAGE, "http://127.0.0.1:8788"] });
  for (const Origin of [PAGE, "http://127.0.0.1:8788"]) {
    const answer = await post(form(), { Origin });
    assert.equal(answer.status, 202);
    assert.equal(answer.headers.get("access-control-allow-origin"), Origin);
    assert.equal(answer.headers.get("vary"), "Origin");
  }
});

/** @type {[what: string, origin: string][]} */
const others = [
  ["an opaque one", "null"],
  ["none in the header", ""],
  ["a suffix", "https://www.example.com.evil.example"],
  ["a longer name", "https://evil-www.example.com"],
  ["a prefix", "https://www.example.co"],
  ["a subdomain", "https://a.www.example.com"],
  ["a parent", "https://example.com"],
  ["another port", "https://www.example.com:8443"],
  ["the default port", "https://www.example.com:443"],
  ["another scheme", "http://www.example.com"],
  ["another case", "https://WWW.example.com"],
  ["a path", "https://www.example.com/"],
  ["a user", "https://www.example.com@evil.example"],
  ["a pattern", "*"],
  ["two in one", `${PAGE}, ${PAGE}`],
  ["two with a space", `${PAGE} ${PAGE}`],
];
for (const [what, Origin] of others) {
  test(`an origin that is not on the list is refused: ${what}`, async () => {
    const { post, outbox } = startIngress();
    const answer = await post(form(), { Origin });
    assert.deepEqual([answer.status, (await answer.json()).code], [403, "origin_refused"]);
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    assert.equal(answer.headers.get("vary"), "Origin");
    assert.equal(outbox.asked.length, 0);
  });
}

test("two Origin headers are refused, though both are listed", async () => {
  const { relay, outbox } = startIngress();
  const headers = new Headers([
    ["Origin", PAGE],
    ["Origin", PAGE],
  ]);
  const answer = await relay.fetch(new Request(ADDRESS, { method: "POST", body: form(), headers }), {});
  assert.equal(answer.status, 403);
  assert.equal(outbox.asked.length, 0);
});

test("a post without an Origin does not come from a page, and goes on to the other guards", async () => {
  const { send, outbox } = startIngress();
  const answer = await send(ADDRESS, { method: "POST", body: form() });
  assert.equal(answer.status, 202);
  assert.equal(answer.headers.get("access-control-allow-origin"), null);
  assert.equal(outbox.leads.length, 1);
});

test("a listed page's preflight is answered, without credentials", async () => {
  const answer = await startIngress().send(ADDRESS, {
    method: "OPTIONS",
    headers: { Origin: PAGE, "Access-Control-Request-Method": "POST" },
  });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers.get("access-control-allow-origin"), PAGE);
  assert.equal(answer.headers.get("access-control-allow-methods"), "POST");
  assert.match(answer.headers.get("access-control-allow-headers") ?? "", /Content-Type/);
  assert.equal(answer.headers.get("access-control-allow-credentials"), null);
  assert.equal(answer.headers.get("vary"), "Origin");
});

test("another page's preflight is refused", async () => {
  const answer = await startIngress().send(ADDRESS, { method: "OPTIONS", headers: { Origin: "https://evil.example" } });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers.get("access-control-allow-origin"), null);
});

test("a listed page can read a refusal, and when to come again", async () => {
  const { post } = startIngress({ rateLimit: { limit: async () => ({ success: false }) } });
  const answer = await post(form());
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get("access-control-allow-origin"), PAGE);
  assert.match(answer.headers.get("access-control-expose-headers") ?? "", /Retry-After/);
});

test("no page of another origin can read the review API, not even a listed one", async () => {
  const { send } = startIngress({ reviewSecret: SECRET });
  const headers = { Origin: PAGE, Authorization: `Bearer ${SECRET}` };
  for (const path of ["", "/api/status", "/api/nothing"]) {
    const answer = await send(`https://relay.example.com/review${path}`, { headers });
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
  }
  const url = "https://relay.example.com/review/api/status";
  const preflight = await send(url, {
    method: "OPTIONS",
    headers: { Origin: PAGE, "Access-Control-Request-Headers": "authorization" },
  });
  assert.equal(preflight.status, 404);
  assert.equal(preflight.headers.get("access-control-allow-headers"), null);
});

test("no answer is cached or sniffed", async () => {
  const { post, send } = startIngress();
  for (const answer of [await post(form()), await send("https://relay.example.com/")]) {
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  }
});
