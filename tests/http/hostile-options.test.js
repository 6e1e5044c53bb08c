// Every option that cannot be meant so is refused by name, before the first request.
// cspell:ignore onattempt passwrod signla
import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";
import { Botsplash } from "./support/botsplash.js";
import { connect, failure } from "./support/failure.js";
import { allHostile, hostileProxy, revoked, survivor, trapped } from "./support/survivor.js";

/** @typedef {[field: string | RegExp, options: object, says?: RegExp]} Case */

const wrongTexts = [7, true, {}, ["a"], () => "a", Symbol("a"), 1n, new String("a")];
const wrongNumbers = [Number.NaN, Infinity, -Infinity, -1, "5", 1n, true, {}, [5], new Number(5)];

/** @type {Case[]} */
const wrong = [
  ["appId", { appId: undefined }, /required/],
  ...["", ".", "..", "\ud800", null, ...wrongTexts].map((appId) => /** @type {Case} */ (["appId", { appId }])),

  ...["", "x", ["u", "p"], 7, () => {}, new Map([["apiKey", "k"]]), {}, allHostile(), revoked()].map(
    (auth) => /** @type {Case} */ ([/^auth/, { auth }]),
  ),
  ...[
    { username: "u" },
    { password: "p" },
    { username: "", password: "p" },
    { username: "u", password: "" },
    { username: "u:v", password: "p" },
    { username: "u", password: "\ud800" },
    { username: "u", password: "p", apiKey: "k" },
    { apiKey: "k", password: "p" },
    { apiKey: "" },
    { in: "query" },
    { apiKey: "k", in: "header" },
    { apiKey: "k", in: 7 },
    { apiKey: "k", In: "body" },
    { user: "u", pass: "p" },
    { username: null, password: null },
    ...wrongTexts.flatMap((value) => [
      { apiKey: value },
      { username: "u", password: value },
      { username: value, password: "p" },
    ]),
    trapped({}, "apiKey"),
  ].map((auth) => /** @type {Case} */ ([/^auth/, { auth }])),
  ["auth.passwrod", { auth: { username: "u", passwrod: "p" } }, /Did you mean password\?/],

  ...[
    "",
    "api.botsplash.com",
    "relay",
    "javascript:alert(1)",
    "data:,x",
    "file:///etc",
    "ftp://127.0.0.1",
    "ws://127.0.0.1",
    "//127.0.0.1/relay",
    "\\\\127.0.0.1",
    "/\\127.0.0.1",
    "http:/127.0.0.1",
    "http:127.0.0.1",
    "http://",
    "https:///x",
    "HTTP//x",
    "http://user:pass@127.0.0.1",
    "http://user@127.0.0.1",
    "http://127.0.0.1?x=1",
    "http://127.0.0.1/#x",
    "http://127.0.0.1/a b",
    "http://127.0.0.1\r\nX: 1",
    " http://127.0.0.1",
    "http://127.0.0.1\u0000",
    "http://127.0.0.1\\@x",
    "\ud800",
    ...wrongTexts,
    new URL("http://127.0.0.1"),
  ].map((baseUrl) => /** @type {Case} */ (["baseUrl", { baseUrl }])),

  ...[0, 0.5, 2 ** 31, Number.MAX_VALUE, ...wrongNumbers].map(
    (timeoutMs) => /** @type {Case} */ (["timeoutMs", { timeoutMs }]),
  ),
  ...[11, 1.5, 2 ** 32, 2 ** 53, ...wrongNumbers].map((retries) => /** @type {Case} */ (["retries", { retries }])),
  ...["POST /", 7, true, [], ["POST /{appId}/message"], () => {}, revoked()].map(
    (routes) => /** @type {Case} */ ([/^routes/, { routes }]),
  ),
  ...["fetch", 7, {}, [], true, new Request("http://127.0.0.1"), Symbol("fetch")].map(
    (fetch) => /** @type {Case} */ (["fetch", { fetch }]),
  ),
  ...["log", 7, {}, true].map((onAttempt) => /** @type {Case} */ (["onAttempt", { onAttempt }])),
  ...["true", 1, 0, {}, "false"].map(
    (allow) => /** @type {Case} */ (["allowBrowserCredentials", { allowBrowserCredentials: allow }]),
  ),

  ["timeout", { timeout: 5 }, /Did you mean timeoutMs\?/],
  ["baseURL", { baseURL: "http://127.0.0.1" }, /Did you mean baseUrl\?/],
  ["appID", { appID: "acme" }, /Did you mean appId\?/],
  ["onattempt", { onattempt() {} }, /Did you mean onAttempt\?/],
  ["apiKey", { apiKey: "k" }],
  ["verbose", { verbose: undefined }],
  ["__proto__", JSON.parse('{"__proto__":{}}')],
];

for (const [at, [field, options, says]] of wrong.entries()) {
  test(`the ${at + 1}. wrong option, of ${field}: ${Object.keys(options)}`, async (t) => {
    const { server, refuses } = await survivor(t);
    const made = Object.defineProperties(
      { appId: "acme", baseUrl: server.url },
      Object.getOwnPropertyDescriptors(options),
    );
    const client = /** @type {any} */ (new Botsplash(/** @type {any} */ (made)));
    // Whoever asks first hears of it, and so does everybody after.
    const what = inspect(options, { depth: 1 }).slice(0, 100);
    for (const ask of [client.ready, client.sendMessage, client.sendMessage]) {
      await refuses(ask.call(client, { text: "Hello" }), { code: "configuration", field, says, what });
    }
    client.free();
    assert.equal(server.received.length, 0);
  });
}

test("options that are none", async (t) => {
  const { refuses } = await survivor(t);
  const none = [
    undefined,
    null,
    "acme",
    7,
    true,
    1n,
    Symbol("x"),
    [],
    ["acme"],
    () => {},
    allHostile(),
    revoked(),
    hostileProxy({}, "ownKeys"),
  ];
  for (const options of none) {
    const client = new Botsplash(/** @type {any} */ (options));
    await refuses(client.ready(), { code: "configuration", what: typeof options });
  }
});

test("options whose getters throw", async (t) => {
  const { server, refuses } = await survivor(t);
  for (const name of [
    "appId",
    "auth",
    "baseUrl",
    "timeoutMs",
    "retries",
    "routes",
    "fetch",
    "onAttempt",
    "allowBrowserCredentials",
  ]) {
    const options = trapped(
      { ...(name !== "appId" && { appId: "acme" }), ...(name !== "baseUrl" && { baseUrl: server.url }) },
      name,
    );
    await refuses(new Botsplash(options).ready(), { code: "configuration", field: new RegExp(`^(options|${name})$`) });
  }
});

test("null and undefined are as if the option were not there", async (t) => {
  const { server } = await survivor(t);
  for (const nothing of [undefined, null]) {
    const names = ["auth", "timeoutMs", "retries", "routes", "fetch", "onAttempt", "allowBrowserCredentials"];
    const options = /** @type {any} */ (Object.fromEntries(names.map((name) => [name, nothing])));
    await connect(server, options).sendMessage({ text: "Hello" });
  }
  assert.equal(server.received.length, 2);
});

test("a slash at the end of the base URL is not doubled", async (t) => {
  const { server } = await survivor(t);
  await connect({ url: `${server.url}/` }).sendMessage({ text: "Hello" });
  await connect({ url: `${server.origin}//` }).sendMessage({ text: "Hello" });
  assert.deepEqual(
    server.received.map(({ target }) => target),
    ["/open/v1/acme/message", "/acme/message"],
  );
});

/** @type {Case[]} */
const wrongCalls = [
  ...["fast", 7, true, [], ["retries"], () => {}, 1n, Symbol("x"), allHostile(), revoked()].map(
    (call) => /** @type {Case} */ ([/^(call|options)/, /** @type {any} */ (call)]),
  ),
  ...[0, 2 ** 31, ...wrongNumbers].map((timeoutMs) => /** @type {Case} */ (["timeoutMs", { timeoutMs }])),
  ...[11, 1.5, ...wrongNumbers].map((retries) => /** @type {Case} */ (["retries", { retries }])),
  ...[
    "abort",
    7,
    true,
    [],
    {},
    () => {},
    new AbortController(),
    { aborted: true },
    allHostile(),
    trapped({}, "addEventListener"),
  ].map((signal) => /** @type {Case} */ (["signal", { signal }])),
  ["signla", { signla: new AbortController().signal }, /Did you mean signal\?/],
  ["timeout", { timeout: 5 }, /Did you mean timeoutMs\?/],
  ["fileName", { fileName: "a.txt" }],
  ["appId", { appId: "other" }],
  [/^(call|signal)$/, trapped({}, "signal")],
  [/^(call|retries)$/, trapped({}, "retries")],
];

test("what a single call cannot be told is refused by name, and the client lives on", async (t) => {
  const { client, refuses, works } = await survivor(t);
  for (const [at, [field, call, says]] of wrongCalls.entries()) {
    await t.test(`the ${at + 1}., of ${field}`, async () => {
      const error = await refuses(client.sendMessage({ text: "Hello" }, call), { code: "configuration", field, says });
      assert.equal(error.operation, "sendMessage");
      await works();
    });
  }
});

test("a wrong argument is told before a wrong option, and both before anything is sent", async (t) => {
  const { client, server } = await survivor(t);
  const error = await failure(client.submitListener("", { visitor: {} }, { retries: -1 }));
  assert.ok(["validation", "configuration"].includes(error.code));
  assert.equal(server.received.length, 0);
});

test("an operation that is called without arguments", async (t) => {
  const { client, refuses, works } = await survivor(t);
  const names = ["submitListener", "uploadFile", "triggerSequence", "updateVisitor", "callVisitorAction"];
  for (const name of [...names, "listMeetings", "scheduleMeeting", "sendMessage", "updatePhoneStatuses"]) {
    const error = await refuses(client[name](), { what: name });
    assert.equal(error.operation, name);
  }
  await works();
});
