// Operations that are passed on.
import assert from "node:assert/strict";
import test from "node:test";
import { Botsplash, isBotsplashError } from "botsplash";
import { demoCredentials } from "../../../sandbox/index.ts";
import { startServer } from "../../../sandbox/server.ts";
import { PAGE, startIngress } from "../support/ingress.js";

const message = { text: "See you tomorrow.", visitor: { clientVisitorId: "12345", phoneNumber: "3334445555" } };
const authorize = (/** @type {Request} */ request) => request.headers.get("authorization") === "Bearer crm-secret";

/**
 * A relay that passes on, before a sandbox that knows a visitor.
 * @param {import("node:test").TestContext} t
 * @param {Partial<import("../../../relay/index.ts").RelayOptions>} [options]
 */
const start = async (t, options) => {
  const { url, sandbox, close } = await startServer();
  t.after(close);
  const [auth] = demoCredentials;
  const api = new Botsplash({ appId: "demo", baseUrl: url, auth });
  await api.submitListener("welcome", { visitor: { clientVisitorId: "12345", phoneNumber: "3334445555" } });
  const known = sandbox.requests.length;
  const relay = startIngress({ auth, baseUrl: url, operations: ["sendMessage"], authorize, ...options });

  /** @param {string} path @param {RequestInit} [init] with the owner's secret */
  const pass = (path, init) =>
    relay.send(`https://relay.example.com/demo${path}`, {
      method: "POST",
      ...init,
      headers: { Authorization: "Bearer crm-secret", "Content-Type": "application/json", ...init?.headers },
    });
  return { ...relay, sandbox, pass, requests: () => sandbox.requests.slice(known) };
};

const body = JSON.stringify(message);

test("a listed operation passes for whom the owner lets, once, with the relay's credentials", async (t) => {
  const { pass, sandbox, requests, outbox } = await start(t);
  const answer = await pass("/message", { body });
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).clientVisitorId, "12345");
  assert.equal(sandbox.messages.length, 1);
  const [{ headers } = { headers: {} }, ...others] = requests();
  assert.equal(others.length, 0);
  assert.doesNotMatch(JSON.stringify(headers), /crm-secret/);
  assert.equal(outbox.asked.length, 0);
});

test("a field that the client does not know passes where the owner lets it through, and nowhere else", async (t) => {
  const extraFields = { sendMessage: ["visitor.nickname"] };
  const { url, sandbox, close } = await startServer({ extraFields });
  t.after(close);
  const withNickname = JSON.stringify({ ...message, visitor: { ...message.visitor, nickname: "JJ" } });

  const strict = await start(t, { baseUrl: url });
  assert.equal((await (await strict.pass("/message", { body: withNickname })).json()).code, "validation");
  assert.equal(sandbox.requests.length, 0);

  const wider = await start(t, { baseUrl: url, extraFields });
  await wider.pass("/message", { body: withNickname });
  assert.deepEqual(
    sandbox.requests.map(({ body }) => body),
    [withNickname],
  );
});

test("an operation that is not listed is nowhere, whoever asks", async (t) => {
  const { pass, requests } = await start(t);
  for (const path of ["/phone/status", "/sequence/1", "/upload", "/visitor/clientVisitorId/12345"]) {
    assert.equal((await pass(path, { body })).status, 404);
  }
  assert.equal(requests().length, 0);
});

/** @type {[what: string, authorize: any][]} */
const refusing = [
  ["no", () => false],
  ["nothing", () => undefined],
  ["what is merely truthy", () => "yes"],
  ["a promise of no", async () => false],
  [
    "an error",
    () => {
      throw new Error();
    },
  ],
  ["a rejection", () => Promise.reject(new Error())],
];
for (const [what, authorize] of refusing) {
  test(`an operation passes for nobody when authorize says ${what}`, async (t) => {
    const { pass, requests } = await start(t, { authorize });
    const answer = await pass("/message", { body });
    assert.deepEqual([answer.status, (await answer.json()).code], [403, "not_authorized"]);
    assert.equal(requests().length, 0);
  });
}

test("authorize is given env, and a copy of the request whose body it may read", async (t) => {
  /** @type {string[]} */
  const read = [];
  const { pass, sandbox } = await start(t, {
    authorize: async (request, env) => read.push(await request.text(), typeof env) > 0,
  });
  assert.equal((await pass("/message", { body })).status, 200);
  assert.deepEqual(read, [body, "object"]);
  assert.equal(sandbox.messages.length, 1);
});

test("a page of another origin passes nothing on, whatever it knows", async (t) => {
  const { pass, requests } = await start(t);
  assert.equal((await pass("/message", { body, headers: { Origin: "https://evil.example" } })).status, 403);
  assert.equal(requests().length, 0);
  const answer = await pass("/message", { body, headers: { Origin: PAGE } });
  assert.equal(answer.headers.get("access-control-allow-origin"), PAGE);
});

test("a broken, misspelt or large body goes nowhere", async (t) => {
  const { pass, requests } = await start(t, { maxBodyBytes: 1000 });
  /** @type {[string, number, string][]} */
  const bodies = [
    ['{"text":', 400, "json_broken"],
    [JSON.stringify({ txt: "x" }), 422, "validation"],
    [JSON.stringify({ text: "x".repeat(1000) }), 413, "body_too_large"],
  ];
  for (const [body, status, code] of bodies) {
    const answer = await pass("/message", { body });
    assert.deepEqual([answer.status, (await answer.json()).code], [status, code]);
  }
  assert.equal((await pass("/message", { body, headers: { "Content-Type": "text/plain" } })).status, 415);
  assert.equal(requests().length, 0);
});

/** @type {[what: string, fault: any, status: number, delivery: string][]} */
const outcomes = [
  ["a refusal", { status: 422 }, 422, "rejected"],
  ["refused credentials, which were not the caller's", { status: 401 }, 403, "rejected"],
  ["too much", { status: 429, headers: { "Retry-After": "0" } }, 429, "rejected"],
  ["not now", { status: 503, headers: { "Retry-After": "7" } }, 503, "unknown"],
  ["a failure", { status: 500, when: "after" }, 502, "unknown"],
  ["a torn connection", { reset: true, when: "after" }, 502, "unknown"],
  ["a redirect", { redirect: "http://127.0.0.1:9/" }, 502, "unknown"],
  ["silence", { hang: true }, 504, "unknown"],
  ["a yes whose rest is lost", { brokenJson: true, when: "after" }, 202, "accepted"],
];
for (const [what, fault, status, delivery] of outcomes) {
  test(`what is known about a delivery reaches the caller: ${what}`, async (t) => {
    const timeoutMs = "hang" in fault ? 2000 : 20_000;
    const { pass, sandbox, requests, alerts } = await start(t, { timeoutMs });
    sandbox.fault({ operation: "sendMessage", ...fault });
    const answer = await pass("/message", { body });
    assert.doesNotMatch(await answer.clone().text(), /error\.body/, "the API's answer stays in the relay");
    const told = await answer.json();
    assert.deepEqual([answer.status, told.delivery, told.operation], [status, delivery, "sendMessage"]);
    assert.equal(answer.headers.get("retry-after"), fault.headers?.["Retry-After"] ?? null);
    assert.equal(answer.headers.get("location"), null);
    assert.equal(requests().length, 1, "never again by itself");
    assert.deepEqual(
      alerts.map(({ code, operation }) => [code, operation]),
      [["operation_failed", "sendMessage"]],
    );
    assert.doesNotMatch(JSON.stringify([told, alerts]), /3334445555|tomorrow|demo-password/);
  });
}

test("a client behind the relay learns the same as one before the API", async (t) => {
  const { relay, sandbox } = await start(t, { timeoutMs: 2000 });
  const client = new Botsplash({
    appId: "demo",
    baseUrl: "https://relay.example.com",
    retries: 0,
    fetch: (url, init) => {
      const request = new Request(url, init);
      request.headers.set("Authorization", "Bearer crm-secret");
      return relay.fetch(request, {});
    },
  });
  assert.equal((await client.sendMessage(message)).clientVisitorId, "12345");
  for (const [fault, delivery] of /** @type {const} */ ([
    [{ status: 422 }, "rejected"],
    [{ status: 401 }, "rejected"],
    [{ status: 500 }, "unknown"],
    [{ hang: true }, "unknown"],
  ])) {
    sandbox.fault({ operation: "sendMessage", ...fault });
    const error = await client.sendMessage(message).catch((error) => error);
    assert.ok(isBotsplashError(error));
    assert.equal(error.delivery, delivery);
  }
});

test("every operation can be passed on", async (t) => {
  const { pass, sandbox, requests } = await start(t, {
    operations: [
      "uploadFile",
      "triggerSequence",
      "updateVisitor",
      "callVisitorAction",
      "listMeetings",
      "scheduleMeeting",
      "sendMessage",
      "updatePhoneStatuses",
    ],
  });
  const who = "/visitor/clientVisitorId/12345";
  const file = new FormData();
  file.append("file", new File(["x"], "x.png", { type: "image/png" }));
  const upload = new Response(file);
  const answers = [
    await pass("/upload", {
      body: await upload.arrayBuffer(),
      headers: { "Content-Type": upload.headers.get("content-type") ?? "" },
    }),
    await pass("/sequence/1", { body: JSON.stringify({ visitor: { clientVisitorId: "12345" } }) }),
    await pass(who, { body: JSON.stringify({ visitor: { firstName: "Jane" } }) }),
    await pass(`${who}/action/1`),
    await pass(`${who}/meeting`, { method: "GET" }),
    await pass(`${who}/meeting`, {
      body: JSON.stringify({ agentClientUserId: "1", followupAt: "2999-01-01T00:00:00Z" }),
    }),
    await pass("/message", { body }),
    await pass("/phone/status", { body: JSON.stringify({ items: [{ phoneNumber: "3334445555", status: "send" }] }) }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array(8).fill(200),
  );
  assert.deepEqual(
    requests().map(({ status }) => status),
    Array(8).fill(200),
  );
  assert.deepEqual(
    sandbox.uploads.map(({ filename, size }) => [filename, size]),
    [["x.png", 1]],
  );
  assert.equal((await pass(`${who}/meeting`, { method: "DELETE" })).status, 405);
  // A name that would end the header which carries it, on the way to the API.
  for (const name of ["a\\", 'a"b.png', "a\\\\.png"]) {
    const body = [
      `--b\r\nContent-Disposition: form-data; name="file"; filename="${name.replaceAll('"', "%22")}"`,
      "Content-Type: image/png\r\n\r\nx\r\n--b--\r\n",
    ].join("\r\n");
    const answer = await pass("/upload", { body, headers: { "Content-Type": "multipart/form-data; boundary=b" } });
    assert.equal(answer.status, 200, `${name}: ${await answer.text()}`);
    assert.doesNotMatch(sandbox.uploads.at(-1)?.filename ?? "", /["\\]/);
  }
});
