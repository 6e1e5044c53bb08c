// The pages that only the owner of a relay sees.
import assert from "node:assert/strict";
import test from "node:test";
import { isSecret } from "../../../relay/ingress/review/secret.ts";
import { form, SECRET, startIngress } from "../support/ingress.js";

const options = { reviewSecret: SECRET, listeners: { welcome: {}, reminder: {} } };

/** @param {unknown} value */
const order = (value) => ({ method: "POST", body: JSON.stringify(value) });

test("without a secret in the configuration, review is nowhere", async () => {
  const { review } = startIngress();
  for (const path of ["", "/api/status", "/api/leads?listener=welcome"]) {
    assert.equal((await review(path)).status, 404);
  }
});

/** @type {[what: string, headers: Record<string, string>][]} */
const strangers = [
  ["nothing", {}],
  ["another secret", { Authorization: "Bearer other" }],
  ["an empty secret", { Authorization: "Bearer " }],
  ["the secret's beginning", { Authorization: `Bearer ${SECRET.slice(0, -1)}` }],
  ["the secret and more", { Authorization: `Bearer ${SECRET}x` }],
  ["the secret as a password", { Authorization: `Basic ${btoa(`:${SECRET}`)}` }],
  ["the secret in a cookie", { Cookie: `secret=${SECRET}` }],
  ["the API's credentials", { Authorization: `Basic ${btoa("user:hunter2")}` }],
];
for (const [what, headers] of strangers) {
  test(`for who brings ${what}, the review API is not there`, async () => {
    const { post, send, outbox } = startIngress(options);
    await post(form());
    const before = outbox.asked.length;
    const nowhere = await (await send("https://relay.example.com/nowhere")).text();
    for (const path of ["status", "leads?listener=welcome", "leads.csv?listener=welcome", "nothing"]) {
      const answer = await send(`https://relay.example.com/review/api/${path}`, { headers });
      assert.equal(answer.status, 404);
      assert.equal(await answer.text(), nowhere);
    }
    for (const path of ["resend", "drop", "resume"]) {
      const answer = await send(`https://relay.example.com/review/api/${path}`, {
        headers,
        ...order({ listener: "welcome", ids: [] }),
      });
      assert.equal(answer.status, 404);
    }
    assert.equal(outbox.asked.length, before);
  });
}

test("secrets are compared whole, as digests of one length", async () => {
  assert.equal(await isSecret(SECRET, SECRET), true);
  for (const given of ["", SECRET.slice(1), `${SECRET} `, SECRET.toUpperCase(), "\0".repeat(SECRET.length)]) {
    assert.equal(await isSecret(given, SECRET), false);
  }
});

test("a secret is compared in a way that does not end early", async (t) => {
  /** @type {number[]} */
  const lengths = [];
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  t.mock.method(
    crypto.subtle,
    "digest",
    async (/** @type {string} */ name, /** @type {Uint8Array<ArrayBuffer>} */ data) => {
      const bytes = await digest(name, data);
      lengths.push(bytes.byteLength);
      return bytes;
    },
  );
  await isSecret("short", SECRET);
  assert.deepEqual(lengths, [32, 32]);
});

test("the page has nothing in it before there is a secret", async () => {
  const { post, send, outbox } = startIngress(options);
  await post(form());
  const before = outbox.asked.length;
  const answer = await send("https://relay.example.com/review");
  const html = await answer.text();
  assert.equal(answer.status, 200);
  assert.doesNotMatch(html, /Jane|3334445555|welcome|reminder|demo|www\.example\.com/);
  assert.equal(outbox.asked.length, before);
  const policy = answer.headers.get("content-security-policy") ?? "";
  const [, nonce = ""] = /script-src 'nonce-([\w-]+)'/.exec(policy) ?? [];
  assert.match(
    policy,
    /default-src 'none'.*connect-src 'self'.*base-uri 'none'.*form-action 'none'.*frame-ancestors 'none'/,
  );
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.ok(html.includes(`<script type="module" nonce="${nonce}">`));
  assert.doesNotMatch(html, /\b(src|href)=/);
  assert.notEqual(
    (await send("https://relay.example.com/review")).headers.get("content-security-policy"),
    policy,
    "a new nonce each time",
  );
});

test("all listeners are counted, those without leads too", async () => {
  const { post, review, outbox } = startIngress(options);
  await post(form());
  outbox.paused = "The API refused the credentials or this address (401).";
  const { listeners } = await (await review("/api/status")).json();
  assert.deepEqual(
    listeners.map((/** @type {any} */ { id, counts, paused }) => [id, counts.queued, paused]),
    [
      ["welcome", 1, outbox.paused],
      ["reminder", 1, outbox.paused],
    ],
  );
});

test("leads are listed by state, a page at a time", async () => {
  const { post, review } = startIngress(options, {});
  for (let index = 0; index < 101; index += 1) await post(form({ message: `Message ${index}` }));
  const first = await (await review("/api/leads?listener=welcome&state=queued")).json();
  assert.equal(first.leads.length, 100);
  assert.equal(first.leads[0].submission.visitor.extendedAttributes.message, "Message 100", "the newest first");
  const second = await (await review(`/api/leads?listener=welcome&state=queued&before=${first.next}`)).json();
  assert.deepEqual(
    second.leads.map((/** @type {any} */ { submission }) => submission.visitor.extendedAttributes.message),
    ["Message 0"],
  );
  assert.deepEqual((await (await review("/api/leads?listener=welcome&state=review")).json()).leads, []);
});

test("leads are resent, dropped, and sending resumed, by order of the owner", async () => {
  const { post, review, outbox } = startIngress(options);
  for (const message of ["1", "2", "3"]) await post(form({ message }));
  const [one, two] = outbox.leads.map(({ id }) => id);
  outbox.paused = "paused";
  const drop = await review("/api/drop", order({ listener: "welcome", ids: [one, two] }));
  assert.deepEqual(await drop.json(), { changed: 2 });
  assert.deepEqual(
    outbox.leads.map(({ state }) => state),
    ["dropped", "dropped", "queued"],
  );
  assert.deepEqual(await (await review("/api/resend", order({ listener: "welcome", ids: [one] }))).json(), {
    changed: 1,
  });
  assert.equal(outbox.leads[0]?.state, "queued");
  assert.equal((await review("/api/resume", order({ listener: "welcome" }))).status, 200);
  assert.equal(outbox.paused, undefined);
});

test("an order that makes no sense changes nothing", async () => {
  const { post, review, outbox } = startIngress(options);
  await post(form());
  const before = outbox.asked.length;
  const answers = [
    await review("/api/leads?listener=other"),
    await review("/api/leads?listener=__proto__"),
    await review("/api/leads?listener=welcome&state=none"),
    await review("/api/drop", order({ listener: "other", ids: [] })),
    await review("/api/drop", order({ listener: "welcome", ids: "all" })),
    await review("/api/drop", order({ listener: "welcome", ids: [1] })),
    await review("/api/drop", order({ listener: "welcome", ids: Array(501).fill("x") })),
    await review("/api/drop", order(null)),
    await review("/api/drop", { method: "POST", body: "{" }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 400, 400, 400, 400, 400, 413, 400, 400],
  );
  assert.equal((await review("/api/drop")).status, 404);
  assert.equal(outbox.asked.length, before);
});

test("an export has every lead of the state, in parts of a thousand", async () => {
  const { post, review } = startIngress({
    reviewSecret: SECRET,
    listeners: { welcome: { extendedAttributes: ["color"] } },
  });
  for (let index = 0; index < 1001; index += 1) await post(form({ message: `Message ${index}`, color: "red" }));
  const query = "/api/leads.csv?listener=welcome&state=queued";
  const first = await review(query);
  const [head = [], ...leads] = parse(await first.text());
  assert.match(first.headers.get("content-type") ?? "", /^text\/csv/);
  assert.equal(leads.length, 1000);
  const last = await review(`${query}&before=${first.headers.get("next")}`);
  const rest = parse(await last.text());
  assert.equal(last.headers.get("next"), null);
  assert.equal(rest.length, 1);
  /** @param {string} column */
  const all = (column) => [...leads, ...rest].map((row) => row[head.indexOf(column)]);
  assert.deepEqual(
    all("message"),
    Array.from({ length: 1001 }, (_, index) => `Message ${1000 - index}`),
  );
  assert.deepEqual(new Set(all("phoneNumber")), new Set(["3334445555"]));
  assert.deepEqual(new Set(all("color")), new Set(["red"]));
  assert.deepEqual(new Set(all("state")), new Set(["queued"]));
});

test("no formula that people write is one in an export, whatever a spreadsheet takes for a separator", async () => {
  const { post, review } = startIngress({
    reviewSecret: SECRET,
    listeners: { welcome: { extendedAttributes: ["=1+1"] } },
  });
  const nasty = [
    '=HYPERLINK("https://evil.example")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=2",
    " =3",
    "|calc",
    "%0A=1",
    "\uFF1D1",
    "Hello;=1+1",
    'x";"=1+1',
    "x|=1",
    "x\t@1",
    "x\n=1+1",
    "x, -1+1",
  ];
  for (const message of nasty) await post(form({ message, "=1+1": message }));
  const csv = await (await review("/api/leads.csv?listener=welcome")).text();
  for (const separator of [",", ";", "\t", "|"]) {
    for (const piece of csv.split(/[\r\n]/).flatMap((line) => line.split(separator))) {
      assert.doesNotMatch(piece, /^[\s"]*[=+\-@%\uff1d]/, `${JSON.stringify(separator)}: ${piece}`);
    }
  }
});

test("a number in full stays one in an export, and text stays what it is", async () => {
  const harmless = 'a "quoted",\nmessage = -1; x';
  const listener = { phoneFormat: /** @type {const} */ ("any") };
  const relay = startIngress({ reviewSecret: SECRET, listeners: { welcome: listener } });
  await relay.post(form({ phoneNumber: "+13334445555", message: harmless }));
  const [head = [], row = []] = parse(await (await relay.review("/api/leads.csv?listener=welcome")).text());
  assert.equal(row[head.indexOf("phoneNumber")], "+13334445555");
  assert.equal(row[head.indexOf("message")], harmless);
});

test("leads are exported as JSON Lines, exactly as they are", async () => {
  const { post, review } = startIngress({ reviewSecret: SECRET });
  await post(form({ message: "=1+1" }));
  await post(form({ message: "2" }));
  const answer = await review("/api/leads.jsonl?listener=welcome");
  const lines = (await answer.text()).trim().split("\n");
  assert.match(answer.headers.get("content-type") ?? "", /jsonl/);
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).submission.visitor.extendedAttributes.message),
    ["2", "=1+1"],
  );
});

test("an attribute that is no longer configured is in an export all the same", async () => {
  const { post, outbox, review } = startIngress({ reviewSecret: SECRET });
  await post(form());
  outbox.leads[0].submission.visitor.extendedAttributes = { color: "red" };
  const [head = [], row = []] = parse(await (await review("/api/leads.csv?listener=welcome")).text());
  assert.equal(row[head.indexOf("extendedAttributes")], '{"color":"red"}');
});

/** @param {string} csv @returns {string[][]} */
const parse = (csv) =>
  csv
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .filter((line) => line !== "")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
        (quoted ?? plain ?? "").replaceAll('""', '"'),
      ),
    );
