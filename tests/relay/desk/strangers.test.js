// cspell:ignore Bmessage Dessage ｅｖｉｌ exämple exmple xn cua
// What a stranger tries at the whole relay's door.
import assert from "node:assert/strict";
import test from "node:test";
import { ADDRESS, PAGE, SECRET } from "../support/ingress.js";
import { startVirtualRelay } from "../support/virtual-relay.js";

const WORDS = "Yes, Acme may text me.";
const args = { message: "Thanks, we will text you." };

/** @param {Parameters<typeof startVirtualRelay>[0]} [more] */
const start = (more = {}) => startVirtualRelay({ ...more, listener: { args, honeypot: "website", ...more.listener } });

/** @param {ReturnType<typeof startVirtualRelay>} relay @param {BodyInit} body @param {Record<string, string>} headers */
const raw = (relay, body, headers, query = "") =>
  relay.send(ADDRESS + query, { method: "POST", body, headers: { Origin: PAGE, ...headers } });

const URLENCODED = { "Content-Type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "Content-Type": "application/json" };

/** Words that a stranger would like to have texted. */
const LURE = "Your account is locked, call 900 555 1000";

/** @type {[what: string, body: string, headers: Record<string, string>][]} */
const words = [
  ["a form's message", `phoneNumber=3334440001&message=${LURE}`, URLENCODED],
  [
    "args in a form",
    `phoneNumber=3334440001&args.message=${LURE}&args[message]=${LURE}&args%5Bmessage%5D=${LURE}`,
    URLENCODED,
  ],
  ["a second message", `phoneNumber=3334440001&message=a&message=${LURE}`, URLENCODED],
  ["a message in another case", `phoneNumber=3334440001&Message=${LURE}&MESSAGE=${LURE}&%6Dessage=${LURE}`, URLENCODED],
  ["JSON's args", JSON.stringify({ visitor: { phoneNumber: "3334440001" }, args: { message: LURE } }), JSON_TYPE],
  ["a second args", `{"visitor":{"phoneNumber":"3334440001"},"args":{},"args":{"message":"${LURE}"}}`, JSON_TYPE],
  ["a prototype", `{"visitor":{"phoneNumber":"3334440001"},"__proto__":{"args":{"message":"${LURE}"}}}`, JSON_TYPE],
  ["a visitor's prototype", `{"visitor":{"phoneNumber":"3334440001","__proto__":{"message":"${LURE}"}}}`, JSON_TYPE],
  ["picture", `phoneNumber=3334440001&mediaUrl=https://evil.example/x.png&mediaKey=1`, URLENCODED],
];
for (const [what, body, headers] of words) {
  test(`nobody else's words are texted: ${what}`, async () => {
    const relay = start();
    await raw(relay, body, headers);
    await relay.settle();
    for (const { body } of relay.sent) assert.deepEqual(body.args, args);
  });
}

/** @type {[field: string, value: string][]} */
const names = [
  ["firstName", "Jane http://evil.example"],
  ["firstName", "evil.example/x"],
  ["lastName", "go to evil\u3002com now"],
  ["firstName", "ｅｖｉｌ.ｃｏｍ"],
  ["firstName", "e\u200bvil.c\u200bom"],
  ["firstName", "call 900-555-1000"],
  ["firstName", "call ９００５５５１０００"],
  ["lastName", "https://evil[.]com"],
  ["state", "evil.com"],
  ["tzName", "https://evil.example"],
];
for (const [field, value] of names) {
  test(`a name that is a lure is not sent: ${field} ${JSON.stringify(value)}`, async () => {
    const relay = start();
    await relay.post({ phoneNumber: "3334440001", [field]: value });
    await relay.settle();
    assert.equal(relay.sent.length, 0);
  });
}

/** Fields by which somebody would become somebody else. */
const ids = ["clientVisitorId", "agentClientUserId", "participantAgentIds", "teamCode", "deliveryStatus"];
for (const field of ids) {
  test(`${field} is nobody's to set, in a form or in JSON`, async () => {
    const relay = start();
    assert.equal((await relay.post({ phoneNumber: "3334440001", [field]: "1" })).status, 422);
    const json = JSON.stringify({ visitor: { phoneNumber: "3334440001", [field]: "1" } });
    assert.equal((await raw(relay, json, JSON_TYPE)).status, 422);
    await relay.settle();
    assert.equal(relay.sent.length, 0);
  });
}

/** Bodies of which nobody should be able to tell the relay something else than what it keeps. */
const bodies = [
  [
    "UTF-16",
    Buffer.from("phoneNumber=3334440001&firstName=Jane", "utf16le"),
    `${URLENCODED["Content-Type"]}; charset=utf-16le`,
  ],
  ["UTF-7", "phoneNumber=3334440001&firstName=+AGgAdAB0AHA-", `${URLENCODED["Content-Type"]}; charset=utf-7`],
  ["no charset at all", "phoneNumber=3334440001&firstName=Jane", `${URLENCODED["Content-Type"]}; charset=nonsense`],
  ["_charset_", "phoneNumber=3334440001&firstName=Ren%E9e&_charset_=utf-16", URLENCODED["Content-Type"]],
  [
    "NUL in a message",
    '{"visitor":{"phoneNumber":"3334440001","extendedAttributes":{"message":"a\\u0000b\\ud800"}}}',
    JSON_TYPE["Content-Type"],
  ],
  ["NUL", "phoneNumber=3334440001&firstName=Jane%00", URLENCODED["Content-Type"]],
  ["lone surrogate", '{"visitor":{"phoneNumber":"3334440001","firstName":"\\ud800"}}', JSON_TYPE["Content-Type"]],
  ["a broken percent", "phoneNumber=3334440001&firstName=%", URLENCODED["Content-Type"]],
  [
    "a multipart without an end",
    '--x\r\nContent-Disposition: form-data; name="phoneNumber"\r\n\r\n3334440001',
    "multipart/form-data; boundary=x",
  ],
  ["a huge number of fields", "a&".repeat(20_000), URLENCODED["Content-Type"]],
  ["deep JSON", `${"[".repeat(5000)}${"]".repeat(5000)}`, JSON_TYPE["Content-Type"]],
  ["a number as a name", '{"visitor":{"phoneNumber":3334440001}}', JSON_TYPE["Content-Type"]],
  ["an empty body", "", URLENCODED["Content-Type"]],
];
for (const [what, body, type] of bodies) {
  test(`a body is taken whole or refused in words: ${what}`, async () => {
    const relay = start();
    const answer = await raw(relay, /** @type {any} */ (body), { "Content-Type": String(type) });
    assert.ok([202, 400, 413, 415, 422].includes(answer.status), String(answer.status));
    await relay.settle();
    for (const { body } of relay.sent) {
      const text = JSON.stringify(body);
      assert.doesNotMatch(text, /\\u0000|\\ud8/);
    }
    assert.equal(relay.told("relay_failed").length, 0);
  });
}

test("who adds things to a consent proves nothing: the words are those of the list, or the lead is held", async () => {
  const relay = start({ listener: { consent: { field: "consent", texts: { one: WORDS } } } });
  const post = (/** @type {string} */ more) => raw(relay, `phoneNumber=3334440001&${more}`, URLENCODED);
  for (const without of [
    "",
    "consent=",
    "consent=&consent=",
    "Consent=x",
    "consent[]=x",
    "consentVersion=one",
    "consent=%20",
  ]) {
    assert.equal((await post(without)).status, 422, without);
  }
  assert.equal((await post(`consent=${WORDS.toUpperCase()}`)).status, 202);
  assert.equal((await post(`consent=${WORDS}&consent=Something else&firstName=Joe`)).status, 202);
  await relay.settle();
  assert.deepEqual(
    (await relay.leads()).map(({ state, heldBy }) => [state, heldBy]),
    [
      ["held", "consent"],
      ["held", "consent"],
    ],
  );
});

test("a page of anybody's can neither read nor order at the desk, whatever a browser would send along", async () => {
  const relay = start();
  await relay.post({ phoneNumber: "3334440001" });
  await relay.settle();
  const [lead] = await relay.leads();
  const orders = ["/resend", "/drop", "/undo", "/resume", "/erase", "/do-not-text", "/test-alert"];
  const order = JSON.stringify({ listener: "welcome", ids: [lead?.id], phoneNumber: "3334440001", isOut: true });
  /** The requests that a form or a script of another site's page can send. @type {Record<string, string>[]} */
  const strangers = [
    { Origin: "https://evil.example", "Content-Type": "text/plain" },
    { Origin: "null", "Content-Type": "application/x-www-form-urlencoded" },
    { Origin: PAGE, "Content-Type": "application/json", Cookie: `secret=${SECRET}` },
    { "Content-Type": "text/plain", Authorization: `Basic ${btoa(`:${SECRET}`)}` },
  ];
  const { length } = relay.alerts;
  for (const headers of strangers) {
    for (const path of orders) {
      const answer = await relay.send(`https://relay.example.com/review/api${path}`, {
        method: "POST",
        body: order,
        headers,
      });
      assert.equal(answer.status, 404);
    }
    for (const path of [
      "/status",
      "/leads?listener=welcome",
      "/leads.csv?listener=welcome",
      "/person.jsonl?phoneNumber=3334440001",
    ]) {
      const answer = await relay.send(`https://relay.example.com/review/api${path}`, { headers });
      assert.equal(answer.status, 404);
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
    }
  }
  assert.equal(relay.alerts.length, length);
  assert.deepEqual((await relay.look("/do-not-text")).numbers, []);
  const preflight = await relay.send("https://relay.example.com/review/api/erase", {
    method: "OPTIONS",
    headers: {
      Origin: PAGE,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization",
    },
  });
  assert.equal(preflight.headers.get("access-control-allow-origin"), null);
  const page = await relay.send("https://relay.example.com/review");
  assert.match(String(page.headers.get("content-security-policy")), /frame-ancestors 'none'/);
});

test("an export runs nothing in a spreadsheet, whatever a visitor writes", async () => {
  const relay = start({ listener: { extendedAttributes: ["note"] } });
  const formulas = [
    "=1+1",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "a;=1+1",
    'a",=1+1',
    "a\n=1+1",
    "＝1+1",
    "%0A=cmd|' /C calc'!A0",
  ];
  for (const [index, note] of formulas.entries())
    await relay.post({ phoneNumber: `333444100${index}`.slice(0, 10), note });
  await relay.settle();
  const text = await (await relay.review("/leads.csv?listener=welcome")).text();
  for (const separator of [",", ";", "\t"]) {
    for (const line of text.split(/\r\n|\n|\r/)) {
      for (const cell of line.split(separator)) {
        assert.doesNotMatch(cell, /^["\s]*(?:[=@%\uff1d]|[+-](?!\d{5,15}"?$))/, `${separator}: ${cell}`);
      }
    }
  }
});

test("the relay's answers tell a stranger nothing of who is in it", async () => {
  const relay = start();
  const first = await relay.post({ phoneNumber: "3334440001" });
  await relay.settle();
  await relay.order("/do-not-text", { phoneNumber: "3334440002" });
  const answers = [
    await relay.post({ phoneNumber: "3334440001", message: "x" }),
    await relay.post({ phoneNumber: "3334440002" }),
    await relay.post({ phoneNumber: "3334440003", website: "x" }),
  ];
  const shape = async (/** @type {Response} */ answer) => [answer.status, Object.keys(await answer.json())];
  const expected = await shape(first);
  for (const answer of answers) assert.deepEqual(await shape(answer), expected);
});

test("each public path is limited", async () => {
  /** @type {string[]} */
  const asked = [];
  const limit = async (/** @type {{ key: string }} */ { key }) => {
    asked.push(key.split(" ")[0] ?? "");
    return { success: false };
  };
  const relay = start({
    options: { rateLimit: { limit }, operations: ["sendMessage"], authorize: () => false },
  });
  const at = (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) =>
    relay.send(`https://relay.example.com${path}`, { headers: { Origin: PAGE, ...JSON_TYPE }, ...init });
  assert.equal((await at("/demo/listener/botsplash/welcome", { method: "POST", body: "{}" })).status, 429);
  assert.equal((await at("/demo/message", { method: "POST", body: "{}" })).status, 429);
  assert.equal((await at("/review")).status, 429);
  assert.equal((await at("/review/api/status")).status, 429);
  assert.deepEqual(asked, ["welcome", "sendMessage", "review", "review"]);
});

/** Other spellings of numbers that are not to be texted, as `phoneFormat: "any"` takes them. */
const spellings = [
  "+12222345678",
  "001 222 234 5678",
  "222-234-5678 x1",
  "+1 222 234 5678;ext=9",
  "222-234-5678 # 3",
  "\u2461\u2461\u24612345678",
  "tel:222-234-5678",
  "0044 7700 900123",
  "011 44 7700 900123",
  "+44 (0)7700 900123",
];
for (const phoneNumber of spellings) {
  test(`a number that is not to be texted is not, however it is written: ${phoneNumber}`, async () => {
    const relay = start({ listener: { phoneFormat: "any" } });
    for (const number of ["222-234-5678 ext. 7", "+44 7700 900123"]) {
      await relay.order("/do-not-text", { phoneNumber: number, isOut: true });
    }
    await relay.post({ phoneNumber });
    await relay.settle();
    assert.equal(relay.sent.length, 0);
    assert.equal((await relay.leads())[0]?.state, "dropped");
  });
}

test("one entry of the list is one number", async () => {
  const relay = start();
  const order = (/** @type {string} */ phoneNumber) => relay.order("/do-not-text", { phoneNumber, isOut: true });
  assert.equal((await order("222-234-5678 / 222-234-5679")).code, "number_wrong");
  assert.deepEqual(await order("\u0662\u0662\u06622345670"), { failed: [] });
  assert.deepEqual(
    (await relay.look("/do-not-text")).numbers.map((/** @type {any} */ { number }) => number),
    ["2222345670"],
  );
});

/** @type {Record<string, string>[]} */
const people = [
  { email: "Jane@exämple.de" },
  { email: "jane@xn--exmple-cua.de" },
  { phoneNumber: "٣٣٣٤٤٤٠٠٠١" },
  { phoneNumber: "001 333 444 0001" },
  { phoneNumber: "333-444-0001 x5" },
];
for (const who of people) {
  test(`a person is erased, however they are written: ${JSON.stringify(who)}`, async () => {
    const relay = start();
    await relay.post({ phoneNumber: "3334440001", email: "jane@exämple.de" });
    await relay.settle();
    assert.equal((await relay.lines(`/person.jsonl?${new URLSearchParams(who)}`)).length, 1);
    await relay.order("/erase", who);
    assert.equal((await relay.leads())[0]?.submission, undefined);
  });
}

test("two people in one order are refused", async () => {
  const { code } = await start().order("/erase", { phoneNumber: "333-444-0001, 333-444-0002" });
  assert.equal(code, "person_wrong");
});

test("a token that is too long is a bad one, and no fault of the owner's", async () => {
  let asked = 0;
  const relay = start({
    listener: { turnstile: { secret: "s", hostname: "www.example.com", action: "lead" } },
    verify: () => {
      asked += 1;
      return Response.json({ success: false, "error-codes": ["bad-request"] });
    },
  });
  await relay.post({ phoneNumber: "3334440001", "cf-turnstile-response": "x".repeat(2049) });
  await relay.settle();
  assert.deepEqual(
    [(await relay.leads())[0]?.caughtBy, asked, relay.told("turnstile_failed").length],
    ["turnstile", 0, 0],
  );
});

test("a field whose name is somebody's number is in no alert", async () => {
  const relay = start();
  await relay.post({ phoneNumber: "3334440001", "p555-234-5678": "x", nickname: "x" });
  await raw(relay, JSON.stringify({ visitor: { phoneNumber: "3334440001", p5552345678: "x" } }), JSON_TYPE);
  await relay.settle();
  await relay.pass(26 * 3_600_000);
  assert.match(JSON.stringify(relay.told("fields_unknown")), /nickname/);
  assert.equal(relay.told("post_refused").length, 1);
  assert.doesNotMatch(JSON.stringify(relay.alerts), /5678/);
});

test("a lead that was dropped, and came again, does not go as well when the drop is taken back", async () => {
  const relay = start({ answer: () => Response.json({}, { status: 429 }) });
  await relay.post({ phoneNumber: "3334440001" });
  await relay.settle();
  const ids = (await relay.leads()).map(({ id }) => id);
  assert.deepEqual(await relay.order("/drop", { listener: "welcome", ids }), { changed: 1 });
  let taken = 0;
  relay.world.answer = () => {
    taken += 1;
    return Response.json({ success: true });
  };
  await relay.post({ phoneNumber: "3334440001", website: "x" });
  assert.deepEqual(
    await relay.order("/undo", { listener: "welcome", ids }),
    { changed: 1 },
    "a caught one changes nothing",
  );
  await relay.order("/drop", { listener: "welcome", ids });
  await relay.post({ phoneNumber: "3334440001" });
  await relay.pass(20 * 60_000);
  assert.equal(taken, 1);
  assert.deepEqual(await relay.order("/undo", { listener: "welcome", ids }), { changed: 0 });
  await relay.pass(20 * 60_000);
  assert.equal(taken, 1);
});
