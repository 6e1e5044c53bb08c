// Bodies that are too large, too many, broken, or nasty.
import assert from "node:assert/strict";
import test from "node:test";
import { form, PAGE, startIngress, submission } from "../support/ingress.js";

const MIB = 1024 * 1024;

/** @param {number} size @param {() => void} [onChunk] a body whose length nobody tells */
const streamed = (size, onChunk) => {
  const chunk = new TextEncoder().encode("a".repeat(16 * 1024));
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= size) return controller.close();
      sent += chunk.length;
      onChunk?.();
      controller.enqueue(chunk);
    },
  });
};

const URLENCODED = { "Content-Type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "Content-Type": "application/json" };

/** @param {Response} answer */
const outcome = async (answer) => [answer.status, (await answer.json()).code];

test("8 MiB in chunks, of no stated length, are refused, and the rest of them is never read", async () => {
  const { post, outbox } = startIngress();
  let chunks = 0;
  const answer = await post(
    streamed(8 * MIB, () => (chunks += 1)),
    URLENCODED,
  );
  assert.deepEqual(await outcome(answer), [413, "body_too_large"]);
  assert.ok(chunks <= 8, `${chunks} chunks of 16 KiB were read`);
  assert.equal(outbox.asked.length, 0);
});

test("a body that is stated to be too large is refused unread", async () => {
  let chunks = 0;
  const answer = await startIngress().post(
    streamed(MIB, () => (chunks += 1)),
    { ...URLENCODED, "Content-Length": String(MIB) },
  );
  assert.equal(answer.status, 413);
  assert.ok(chunks <= 1);
});

test("a body that is larger than stated is refused as well", async () => {
  const answer = await startIngress().post(streamed(MIB), { ...URLENCODED, "Content-Length": "10" });
  assert.equal(answer.status, 413);
});

test("the largest body that is allowed is taken", async () => {
  const body = form({ message: "" }).toString();
  const { post } = startIngress({ maxBodyBytes: 1000 });
  assert.equal((await post(body + "a".repeat(1000 - body.length), URLENCODED)).status, 202);
  assert.equal((await post(body + "a".repeat(1001 - body.length), URLENCODED)).status, 413);
});

/** @param {number} count */
const many = (count) => Array.from({ length: count }, (_, index) => `f${index}`);

test("200,000 fields are refused, whatever the content type", async () => {
  const { post, outbox } = startIngress({ maxBodyBytes: 32 * MIB });
  const names = many(200_000);
  const part = (/** @type {string} */ name) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n\r\n`;
  const bodies = [
    await post(names.join("&"), URLENCODED),
    await post(`${names.map(part).join("")}--b--\r\n`, { "Content-Type": "multipart/form-data; boundary=b" }),
    await post(JSON.stringify({ visitor: Object.fromEntries(names.map((name) => [name, ""])) }), JSON_TYPE),
    await post(JSON.stringify(names), JSON_TYPE),
  ];
  for (const answer of bodies) assert.deepEqual(await outcome(answer), [413, "too_many_fields"]);
  assert.equal(outbox.asked.length, 0);
});

test("a hundred fields are taken, and one more is not", async () => {
  const { post } = startIngress();
  const fill = (/** @type {number} */ count) => `${form()}&${many(count - 3).join("&")}`;
  assert.equal((await post(fill(100), URLENCODED)).status, 202);
  assert.equal((await post(fill(101), URLENCODED)).status, 413);
});

test("JSON that is nested without end is refused", async () => {
  const deep = `${'{"visitor":'.repeat(5000)}1${"}".repeat(5000)}`;
  for (const maxFields of [100, 100_000]) {
    const answer = await startIngress({ maxFields }).post(deep, JSON_TYPE);
    assert.deepEqual(await outcome(answer), [413, "too_deep"]);
  }
});

const BOUNDARY = { "Content-Type": "multipart/form-data; boundary=b" };
const part = '--b\r\nContent-Disposition: form-data; name="firstName"\r\n\r\nJane\r\n';

/** @type {[what: string, body: string | Uint8Array, headers: Record<string, string>, outcome: [number, string]][]} */
const broken = [
  ["multipart that breaks off in a part", part.slice(0, -4), BOUNDARY, [400, "multipart_broken"]],
  ["multipart that breaks off after a part", part, BOUNDARY, [400, "multipart_broken"]],
  ["multipart that is none", "firstName=Jane", BOUNDARY, [400, "multipart_broken"]],
  [
    "multipart without a boundary",
    `${part}--b--\r\n`,
    { "Content-Type": "multipart/form-data" },
    [400, "multipart_broken"],
  ],
  ["JSON that breaks off", '{"visitor":{"firstName":"Ja', JSON_TYPE, [400, "json_broken"]],
  ["no JSON at all", "", JSON_TYPE, [400, "json_broken"]],
  ["JSON that is not an object", "null", JSON_TYPE, [422, "validation"]],
  ["no form at all", "", URLENCODED, [422, "phone_or_email_required"]],
  ["another content type", "<lead/>", { "Content-Type": "application/xml" }, [415, "content_type_unknown"]],
  [
    "plain text, which a page may send unasked",
    '{"visitor":{}}',
    { "Content-Type": "text/plain" },
    [415, "content_type_unknown"],
  ],
  ["two content types", "{}", { "Content-Type": "text/plain, application/json" }, [415, "content_type_unknown"]],
  ["a content type that is none", "{}", { "Content-Type": "json" }, [415, "content_type_unknown"]],
];
for (const [what, body, headers, expected] of broken) {
  test(`a broken body is refused and never an error of ours: ${what}`, async () => {
    const { post, outbox, alerts } = startIngress();
    assert.deepEqual(await outcome(await post(/** @type {BodyInit} */ (body), headers)), expected);
    assert.deepEqual([outbox.asked, alerts], [[], []]);
  });
}

test("a body without a content type is refused", async () => {
  const { send, outbox } = startIngress();
  const address = "https://relay.example.com/demo/listener/botsplash/welcome";
  const answer = await send(address, {
    method: "POST",
    body: new TextEncoder().encode("{}"),
    headers: { Origin: PAGE },
  });
  assert.equal(answer.status, 415);
  assert.equal(outbox.asked.length, 0);
});

test("a body that breaks off on the way is refused", async () => {
  const torn = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError("terminated"));
    },
  });
  assert.deepEqual(await outcome(await startIngress().post(torn, URLENCODED)), [400, "body_broken"]);
});

test("a body of stated length that breaks off on the way is refused", async () => {
  const torn = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(form().toString()));
    },
    pull(controller) {
      controller.error(new TypeError("terminated"));
    },
  });
  const answer = await startIngress().post(torn, { ...URLENCODED, "Content-Length": "1000" });
  assert.deepEqual(await outcome(answer), [400, "body_broken"]);
});

test("a file is refused", async () => {
  const data = new FormData();
  data.append("firstName", "Jane");
  data.append("picture", new File(["x"], "x.png"));
  const answer = await startIngress().post(data);
  assert.deepEqual([answer.status, (await answer.json()).field], [400, "picture"]);
});

test("a form's names that stand for nothing are left out", async () => {
  const { post, outbox } = startIngress({}, { extendedAttributes: ["color"] });
  const nasty = [
    "__proto__",
    "constructor",
    "__proto__[polluted]",
    "visitor[teamCode]",
    "visitor.teamCode",
    "args",
    "visitor",
    "extendedAttributes",
    "api_key",
    "url",
  ];
  const body = form({ color: "red", ...Object.fromEntries(nasty.map((name) => [name, "x"])) });
  body.append("__proto__", "x");
  assert.equal((await post(body)).status, 202);
  const [{ submission: kept } = { submission: {} }] = outbox.leads;
  assert.deepEqual(kept, {
    ...submission,
    visitor: { ...submission.visitor, extendedAttributes: { color: "red", message: "Hello" } },
  });
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("a name that is given twice is refused", async () => {
  const body = form();
  body.append("phoneNumber", "2223334444");
  const { post, outbox } = startIngress();
  const answer = await post(body);
  assert.deepEqual([answer.status, (await answer.json()).field], [422, "visitor.phoneNumber"]);
  assert.equal(outbox.asked.length, 0);
});

/** @type {[what: string, json: string, field: string][]} */
const nasty = [
  ["__proto__ beside the visitor", '{"visitor":{"firstName":"Jane"},"__proto__":{"x":1}}', "__proto__"],
  ["__proto__ in the visitor", '{"visitor":{"firstName":"Jane","__proto__":{"teamCode":"333"}}}', "visitor.__proto__"],
  ["__proto__ in args", '{"visitor":{"firstName":"Jane"},"args":{"__proto__":{"x":1}}}', "args.__proto__"],
  [
    "__proto__ in extendedAttributes",
    '{"visitor":{"firstName":"Jane","extendedAttributes":{"__proto__":"x"}}}',
    "visitor.extendedAttributes.__proto__",
  ],
  ["constructor in args", '{"visitor":{"firstName":"Jane"},"args":{"constructor":"x"}}', "args.constructor"],
  [
    "an attribute that is not configured",
    '{"visitor":{"extendedAttributes":{"priority":"high"}}}',
    "visitor.extendedAttributes.priority",
  ],
  [
    "an object in an attribute",
    '{"visitor":{"extendedAttributes":{"color":{"red":1}}}}',
    "visitor.extendedAttributes.color",
  ],
  [
    "an object in a list in an attribute",
    '{"visitor":{"extendedAttributes":{"color":[{"red":1}]}}}',
    "visitor.extendedAttributes.color",
  ],
  ["an object for a message", '{"visitor":{"firstName":"Jane"},"args":{"message":{"text":"x"}}}', "args.message"],
  ["an object for a name", '{"visitor":{"firstName":{"x":1}}}', "visitor.firstName"],
  ["an argument of the account's own", '{"visitor":{"firstName":"Jane"},"args":{"template":"x"}}', "args.template"],
];
for (const [what, json, field] of nasty) {
  test(`JSON that sets what the public may not is refused: ${what}`, async () => {
    const { post, outbox } = startIngress({}, { extendedAttributes: ["color"] });
    const answer = await post(json, JSON_TYPE);
    assert.deepEqual([answer.status, (await answer.json()).field], [422, field]);
    assert.equal(outbox.asked.length, 0);
  });
}

test("a name that JSON gives twice is kept once", async () => {
  const { post, outbox } = startIngress();
  await post('{"visitor":{"phoneNumber":"1","phoneNumber":"3334445555"}}', JSON_TYPE);
  assert.deepEqual(outbox.leads[0]?.submission, { visitor: { phoneNumber: "3334445555" } });
});

for (const field of [
  "clientVisitorId",
  "agentClientUserId",
  "participantAgentIds",
  "teamCode",
  "deliveryStatus",
  "mediaUrl",
  "mediaKey",
]) {
  test(`${field} can be set by the public only where the listener lists it`, async () => {
    const body = form({ [field]: "202" });
    const strict = startIngress();
    const answer = await strict.post(body);
    assert.deepEqual([answer.status, (await answer.json()).code], [422, "field_refused"]);
    assert.equal(strict.outbox.asked.length, 0);

    const fields = /** @type {any} */ (["firstName", "phoneNumber", "message", field]);
    const open = startIngress({}, { fields });
    assert.equal((await open.post(body)).status, 202);
    assert.match(JSON.stringify(open.outbox.leads[0]?.submission), new RegExp(`"${field}":"?202`));
  });
}
