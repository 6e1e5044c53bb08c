// The guards between the public and the outbox.
import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { networkOf } from "../../../relay/ingress/rate-limit.ts";
import { comes } from "../support/comes.js";
import { ADDRESS, form, navigation, startIngress } from "../support/ingress.js";
import { memoryOutbox } from "../support/memory.js";
import { startSiteverify } from "../support/siteverify.js";

test("a lead that fills the honeypot is quarantined, and its sender does not learn it", async () => {
  const { post, outbox } = startIngress({}, { honeypot: "website", successUrl: "/thanks" });
  const caught = await post(form({ website: "https://spam.example" }), navigation);
  const other = await post(form({ website: "", message: "Hi" }), navigation);
  assert.deepEqual([caught.status, caught.headers.get("location")], [other.status, other.headers.get("location")]);
  assert.deepEqual(
    outbox.leads.map(({ state, caughtBy }) => [state, caughtBy]),
    [
      ["quarantined", "honeypot"],
      ["queued", undefined],
    ],
  );
  assert.doesNotMatch(JSON.stringify(outbox.leads), /website|spam/);
});

const turnstile = { secret: "turnstile-secret", hostname: "www.example.com", action: "lead" };
const token = (/** @type {string} */ value) => form({ "cf-turnstile-response": value });

test("a lead with a good Turnstile token is queued, and the token goes nowhere else", async (t) => {
  const siteverify = await startSiteverify(t);
  const { post, outbox } = startIngress({ siteverifyUrl: siteverify.url }, { turnstile });
  await post(token("good"), { "CF-Connecting-IP": "192.0.2.1" });
  const [{ idempotency_key: key, ...asked }] = siteverify.asked;
  assert.deepEqual(asked, { secret: "turnstile-secret", response: "good", remoteip: "192.0.2.1" });
  assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(
    outbox.leads.map(({ state }) => state),
    ["queued"],
  );
  assert.doesNotMatch(JSON.stringify(outbox.leads), /good|cf-turnstile/);
});

test("a script's JSON brings its token in the query", async (t) => {
  const siteverify = await startSiteverify(t);
  const { postJson, outbox } = startIngress({ siteverifyUrl: siteverify.url }, { turnstile });
  await postJson({ visitor: { phoneNumber: "3334445555" } }, {}, "?cf-turnstile-response=good");
  assert.deepEqual(
    outbox.leads.map(({ state }) => state),
    ["queued"],
  );
});

/** @type {[what: string, body: URLSearchParams, state: string, verdict?: Record<string, unknown>][]} */
const verdicts = [
  ["no token", form(), "quarantined"],
  ["a bad token", token("bad"), "quarantined"],
  ["a bad token, in the service's words", token("bad"), "quarantined", { "error-codes": ["invalid-input-response"] }],
  ["a spent token", token("bad"), "quarantined", { "error-codes": ["timeout-or-duplicate"] }],
  ["a token of another page", token("good"), "held", { hostname: "evil.example" }],
  ["a token of another action", token("good"), "held", { action: "login" }],
  ["a token without a hostname", token("good"), "held", { hostname: undefined }],
  ["a wrong secret", token("bad"), "held", { "error-codes": ["invalid-input-secret"] }],
  ["trouble of the service's own", token("bad"), "held", { "error-codes": ["internal-error"] }],
  ["a success that is none", token("good"), "held", { success: "true" }],
  ["an answer that is not JSON", token("html"), "held"],
  ["an answer that leads elsewhere", token("redirect"), "held"],
  ["no response", token("tear"), "held"],
];
for (const [what, body, state, verdict] of verdicts) {
  test(`Turnstile: with ${what} the lead is ${state}, and its owner hears of trouble that is theirs`, async (t) => {
    const siteverify = await startSiteverify(t, verdict);
    const { post, outbox, alerts } = startIngress({ siteverifyUrl: siteverify.url }, { turnstile });
    const answer = await post(body);
    assert.equal(answer.status, 202);
    assert.deepEqual(
      outbox.leads.map((lead) => [lead.state, lead.caughtBy, lead.heldBy]),
      [state === "held" ? ["held", undefined, "verification"] : ["quarantined", "turnstile", undefined]],
    );
    assert.deepEqual(
      alerts.map(({ code }) => code),
      state === "held" ? ["turnstile_failed"] : [],
    );
    assert.ok(siteverify.asked.length <= 1, "no redirect is followed");
  });
}

test("a lead that comes again with its spent token is the same lead, and the token is not asked about again", async (t) => {
  const siteverify = await startSiteverify(t);
  const { post, outbox } = startIngress({ siteverifyUrl: siteverify.url }, { turnstile });
  const body = token("good");
  body.set("submissionKey", "key-1");
  const first = await (await post(body)).json();
  const second = await (await post(body)).json();
  assert.deepEqual(second, first);
  assert.deepEqual(
    outbox.leads.map(({ state }) => state),
    ["queued"],
  );
  assert.equal(siteverify.asked.length, 1);
});

test("a lead that could not be kept after its token was spent is let through when it comes again", async (t) => {
  const siteverify = await startSiteverify(t);
  const { post, outbox } = startIngress({ siteverifyUrl: siteverify.url }, { turnstile });
  const { get } = outbox;
  outbox.get = (listener) => {
    if (siteverify.asked.length > 0) throw new Error("Network connection lost.");
    return get(listener);
  };
  assert.equal((await post(token("good"))).status, 503);
  outbox.get = get;
  assert.equal((await post(token("good"))).status, 202);
  assert.deepEqual(
    outbox.leads.map(({ state }) => state),
    ["queued"],
  );
});

test("a token is good for one lead", async (t) => {
  const siteverify = await startSiteverify(t);
  const { post, outbox } = startIngress({ siteverifyUrl: siteverify.url }, { turnstile });
  await post(token("good"));
  await post(form({ "cf-turnstile-response": "good", message: "Another" }));
  assert.deepEqual(
    outbox.leads.map(({ state }) => state),
    ["queued", "quarantined"],
  );
});

test("posts are limited by listener and address", async () => {
  /** @type {string[]} */
  const keys = [];
  const limit = async (/** @type {{ key: string }} */ { key }) => ({ success: keys.push(key) < 3 });
  const { send, outbox } = startIngress({ rateLimit: { limit }, listeners: { welcome: {}, reminder: {} } });
  const post = (/** @type {string} */ listener, /** @type {string} */ ip) =>
    send(ADDRESS.replace("welcome", listener), {
      method: "POST",
      body: form({ message: listener }),
      headers: { "CF-Connecting-IP": ip },
    });
  await post("welcome", "192.0.2.1");
  await post("reminder", "192.0.2.2");
  const answer = await post("welcome", "2001:db8:1:2:3:4:5:6");
  assert.deepEqual(keys, ["welcome 192.0.2.1", "reminder 192.0.2.2", "welcome 2001:db8:1:2"]);
  assert.deepEqual([answer.status, (await answer.json()).code], [429, "rate_limited"]);
  assert.equal(answer.headers.get("retry-after"), "60");
  assert.equal(outbox.leads.length, 2);
});

test("a post from a foreign page counts, and a preflight does not", async () => {
  let asked = 0;
  const limit = async () => ({ success: (asked += 1) <= 2 });
  const { post, send } = startIngress({ rateLimit: { limit } });
  const foreign = { Origin: "https://elsewhere.example" };
  assert.equal((await post(form(), foreign)).status, 403);
  await send(ADDRESS, { method: "OPTIONS", headers: foreign });
  assert.equal((await post(form(), foreign)).status, 403);
  assert.equal((await post(form(), foreign)).status, 429);
});

/** A relay whose posts are refused, and what its coordinator is told. */
const startRefusing = () => {
  /** @type {Promise<unknown>[]} */
  const waits = [];
  /** @type {any[][]} */
  const notes = [];
  const outbox = memoryOutbox();
  const get = outbox.get;
  outbox.get = (listener) => ({
    fetch: async (url, init) => {
      if (new URL(url).pathname === "/note") notes.push(JSON.parse(init.body));
      return get(listener).fetch(url, init);
    },
  });
  const { relay } = startIngress({ outbox });
  const env = {};
  return {
    waits,
    notes,
    /** @param {number} index */
    post: async (index) => {
      const headers = { Origin: `https://elsewhere${index}.example` };
      const path = index % 2 === 0 ? ADDRESS : `https://relay.example.com/nowhere/${index}`;
      const request = new Request(path, { method: "POST", body: form(), headers });
      await relay.fetch(request, env, { waitUntil: (promise) => void waits.push(promise) });
    },
  };
};

test("a flood of refused posts asks the coordinator once, and again a second later with their count", async (t) => {
  const { post, waits, notes } = startRefusing();
  t.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  for (let index = 0; index < 50; index += 1) await post(index);
  await comes(() => notes.length > 0);
  t.mock.timers.tick(999);
  for (let turns = 0; turns < 100; turns += 1) await turn();
  assert.equal(notes.length, 1);
  t.mock.timers.tick(1);
  await Promise.all(waits);
  assert.equal(notes.length, 2);
  const total = notes.flat().reduce((sum, { count = 1 }) => sum + count, 0);
  assert.equal(total, 50, "none is lost");
  assert.deepEqual(
    notes[1]?.map(({ reason, count }) => [reason, count]),
    [
      ["not_found", 25],
      ["origin_refused", 24],
    ],
  );
});

test("refusals that a request gathers are told, though the platform ends that request", async (t) => {
  const { post, waits, notes } = startRefusing();
  t.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  await post(0);
  await post(1);
  // The timer of the first never fires.
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ["Date"], now: 11_000 });
  await post(2);
  await waits[2];
  assert.deepEqual(
    notes.map((note) => note.map(({ reason, count = 1 }) => [reason, count])),
    [
      [["origin_refused", 1]],
      [
        ["not_found", 1],
        ["origin_refused", 1],
      ],
    ],
  );
});

test("what is limited is not read", async () => {
  const { post } = startIngress({ rateLimit: { limit: async () => ({ success: false }) } });
  assert.equal((await post("{", { "Content-Type": "application/json" })).status, 429);
});

test("all addresses that one host of IPv6 has count as one", () => {
  /** @type {[string, string][]} */
  const addresses = [
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:1:2::", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["1::2:3:4:5:6:7", "1:0:2:3"],
    ["::1", "0:0:0:0"],
    ["2001:0db8:0001:0002::1", "2001:db8:1:2"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    // One IPv4 address is one bucket, also where IPv6 writes it.
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:C000:0201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:c000:201", "192.0.2.1"],
    ["0000:0000:0000:0000:0000:ffff:192.0.2.1", "192.0.2.1"],
    ["64:ff9b::192.0.2.1", "64:ff9b:0:0"],
  ];
  for (const [address, network] of addresses) assert.equal(networkOf(address), network);
});

test("a rate limit that fails costs no lead", async () => {
  const limit = async () => {
    throw new Error("3334445555");
  };
  const { post, outbox, alerts } = startIngress({ rateLimit: { limit } });
  assert.equal((await post(form())).status, 202);
  assert.equal(outbox.leads.length, 1);
  assert.deepEqual(
    alerts.map(({ code }) => code),
    ["rate_limit_failed"],
  );
});

test("nobody can be redirected to where the configuration does not say", async () => {
  const { post } = startIngress({}, { successUrl: "/thanks", errorUrl: "/sorry" });
  const evil = "https://evil.example";
  const fields = { redirect: evil, next: evil, successUrl: evil, _next: evil, errorUrl: evil };
  const headers = { ...navigation, Referer: evil, Host: "evil.example", "X-Forwarded-Host": "evil.example" };
  const query = `?${new URLSearchParams(fields)}`;
  for (const [body, location] of /** @type {const} */ ([
    [form(fields), "/thanks"],
    [form({ ...fields, teamCode: "1" }), "/sorry"],
  ])) {
    assert.equal((await post(body, headers, query)).headers.get("location"), location);
  }
});

test("a script is never redirected", async () => {
  const { post, postJson } = startIngress({}, { successUrl: "/thanks", errorUrl: "/sorry" });
  for (const answer of [
    await post(form()),
    await postJson({ visitor: { firstName: "Jane" } }),
    await post("{"),
    await post(form({ teamCode: "1" })),
  ]) {
    assert.equal(answer.headers.get("location"), null);
  }
});

test("no phone number, message or secret is in an alert or a log, whatever fails", async (t) => {
  /** @type {string[]} */
  const lines = [];
  for (const method of /** @type {const} */ (["log", "info", "warn", "error", "debug"])) {
    t.mock.method(console, method, (/** @type {unknown[]} */ ...args) => void lines.push(args.map(String).join(" ")));
  }
  const siteverify = await startSiteverify(t);
  const onAlert = undefined;
  const limit = async () => {
    throw new Error("rate limit of 192.0.2.1 hunter2");
  };
  const authorize = () => {
    throw new Error("hunter2 3334445555");
  };
  const options = { onAlert, rateLimit: { limit }, siteverifyUrl: siteverify.url, authorize };
  const { post, postJson, outbox, send, relay, alerts } = startIngress(
    { ...options, operations: ["sendMessage"] },
    { turnstile, honeypot: "website" },
  );
  await post(token("tear"), { "CF-Connecting-IP": "192.0.2.1" });
  await post(form({ website: "x", message: "Hi" }));
  await post('{"visitor":{"phoneNumber":"3334445555"', { "Content-Type": "application/json" });
  await postJson({ visitor: { phone: "3334445555" } });
  await send("https://relay.example.com/demo/message", { method: "POST", body: "{}" });
  outbox.broken = true;
  await post(form({ message: "Hello again" }));
  await relay.scheduled({}, {});
  const { send: sendTo } = startIngress({ onAlert, auth: /** @type {any} */ ({ username: "hunter2" }) });
  await sendTo(ADDRESS, { method: "POST", body: form() });

  for (const alert of alerts) lines.push(`botsplash relay: ${JSON.stringify(alert)}`);
  assert.ok(lines.length >= 7, lines.join("\n"));
  for (const line of lines) {
    assert.match(line, /^botsplash relay: \{"code":"[a-z_]+","message":"[^"]+"(,"\w+":("\w+"|\d+))*\}$/);
    assert.doesNotMatch(line, /3334445555|Jane|Hello|Hi\b|hunter2|turnstile-secret|192\.0\.2\.1|example\.com/);
  }
});

test("an onAlert that fails costs no lead", async (t) => {
  t.mock.method(console, "error", () => {});
  for (const onAlert of [
    () => Promise.reject(new Error()),
    () => {
      throw new Error();
    },
  ]) {
    const { post, outbox } = startIngress({ onAlert, rateLimit: { limit: () => Promise.reject(new Error()) } });
    assert.equal((await post(form())).status, 202);
    assert.equal(outbox.leads.length, 1);
  }
});
