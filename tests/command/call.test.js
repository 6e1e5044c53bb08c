// A call from a shell: the answer on standard output, and the delivery as the exit status. The sandbox's record judges
// what was sent.
// cspell:ignore Listner
import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { showProgress } from "../../command/call/progress.ts";
import { startServer } from "../../sandbox/server.ts";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { samples } from "../sandbox/samples.js";
import { move, ours } from "./documents.js";
import { limits, run, start } from "./run-command.js";

const basic = { BOTSPLASH_USERNAME: "demo", BOTSPLASH_PASSWORD: "demo-password" };
const lead = JSON.stringify(samples.listener);

/** @param {import("node:test").TestContext} t @param {Parameters<typeof startServer>[0]} [options] */
async function serve(t, options) {
  const server = await startServer(options);
  t.after(server.close);
  const env = { ...basic, BOTSPLASH_APP_ID: "acme", BOTSPLASH_BASE_URL: server.url };
  return {
    ...server,
    env,
    call: (/** @type {string[]} */ args, /** @type {import("./run-command.js").Settings} */ settings = {}) =>
      run(t, ["call", ...args], { ...settings, env: { ...env, ...settings.env } }),
  };
}

/** @param {string} name @param {string | Uint8Array} contents */
function saved(name, contents) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), contents);
  return join(folder, name);
}

test("the answer is JSON on standard output, and nothing else is said", limits, async (t) => {
  const { call, sandbox } = await serve(t);
  const { code, stdout, stderr } = await call(["submitListener", "welcome"], { input: lead });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.deepEqual(JSON.parse(stdout), { success: true, requestId: sandbox.submissions[0]?.requestId });
  assert.deepEqual(sandbox.submissions[0]?.visitor, samples.listener.visitor);
});

test("every operation is there", limits, async (t) => {
  const { call, sandbox } = await serve(t);
  const who = ["--client-visitor-id", "12345"];
  const file = saved("card.png", new Uint8Array([1, 2, 3]));
  const followupAt = new Date(Date.now() + 86_400_000).toISOString();
  /** @type {[args: string[], body?: unknown][]} */
  const calls = [
    [["submitListener", "welcome"], samples.listener],
    [["uploadFile", file]],
    [["triggerSequence", "7"], { visitor: { clientVisitorId: "12345" } }],
    [["updateVisitor", "--client-app-id", "9"], { visitor: { firstName: "Jane" } }],
    [["callVisitorAction", "call", ...who]],
    [["listMeetings", ...who]],
    [["scheduleMeeting", ...who], { agentClientUserId: "7", followupAt }],
    [["sendMessage"], { text: "Hello", visitor: { clientVisitorId: "12345" } }],
    [["updatePhoneStatuses"], { items: [{ phoneNumber: "1", status: "send" }] }],
  ];
  for (const [args, body] of calls) {
    const { code, stderr } = await call(args, { ...(body !== undefined && { input: JSON.stringify(body) }) });
    assert.deepEqual([code, stderr], [0, ""], args.join(" "));
  }
  assert.deepEqual(
    sandbox.requests.map(({ operation }) => operation),
    calls.map(([[name]]) => name),
  );
  assert.deepEqual([sandbox.uploads[0]?.filename, sandbox.uploads[0]?.type], ["card.png", "image/png"]);
  assert.equal(sandbox.actions[0]?.actionId, "call");
});

test("an upload comes from standard input too, under the name that is given", limits, async (t) => {
  const { call, sandbox } = await serve(t);
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 256);
  const args = ["uploadFile", "-", "--file-name", "a.bin", "--content-type", "application/x-mine"];
  assert.equal((await call(args, { input: bytes })).code, 0);
  const [upload] = sandbox.uploads;
  assert.deepEqual([upload?.filename, upload?.type], ["a.bin", "application/x-mine"]);
  assert.deepEqual(upload?.bytes, bytes);
});

/** @type {[what: string, fault: import("../../sandbox/index.ts").Fault, code: number, delivery: string][]} */
const outcomes = [
  ["a refusal", { status: 422 }, 11, "rejected"],
  ["a 500", { status: 500 }, 12, "unknown"],
  ["a torn connection after the effect", { reset: true, when: "after" }, 12, "unknown"],
  ["an answer that cannot be read", { html: true }, 13, "accepted"],
  ["a response that breaks off", { truncate: true, when: "after" }, 13, "accepted"],
];
for (const [what, fault, status, delivery] of outcomes) {
  test(`${what} is the status ${status}, ${delivery}`, limits, async (t) => {
    const { call, sandbox } = await serve(t);
    sandbox.fault(fault);
    const said = await call(["submitListener", "welcome"], { input: lead });
    assert.deepEqual([said.code, said.stdout], [status, ""]);
    assert.match(said.stderr, /^botsplash call: submitListener/);
    assert.equal(sandbox.requests.length, 1);
    sandbox.fault(fault);
    const { code, stderr, stdout } = await call(["submitListener", "welcome", "--json"], { input: lead });
    assert.deepEqual([code, stdout], [status, ""]);
    const fields = JSON.parse(stderr);
    assert.deepEqual([fields.delivery, fields.operation], [delivery, "submitListener"]);
    assert.ok(said.stderr.includes(fields.message));
    for (const secret of ["demo-password", "Jane", "3334445555", "Welcome!"]) {
      assert.ok(!`${said.stderr}${stderr}`.includes(secret), secret);
    }
  });
}

/** @type {[what: string, args: string[], settings: import("./run-command.js").Settings, said: RegExp][]} */
const notSent = [
  ["no operation", [], {}, /The argument operation is missing/],
  [
    "a misspelt operation",
    ["submitListner", "welcome"],
    {},
    /There is no such operation: did you mean submitListener\?/,
  ],
  ["no listener", ["submitListener"], { input: lead }, /The argument <listenerId> is missing/],
  ["an argument too many", ["sendMessage", "x"], { input: "{}" }, /sendMessage takes no argument/],
  ["no body", ["sendMessage"], {}, /Standard input is empty/],
  ["a body that is not JSON", ["sendMessage"], { input: "{secret" }, /Standard input is not valid JSON/],
  ["a body that does not fit", ["sendMessage"], { input: '{"txt":"secret"}' }, /sendMessage.*txt/],
  ["no visitor", ["listMeetings"], {}, /give one of --client-visitor-id and --client-app-id/],
  ["two visitors", ["listMeetings", "--client-visitor-id", "1", "--client-app-id", "1"], {}, /give one of/],
  ["a file that is missing", ["uploadFile", "C:\\none.png"], {}, /The file cannot be read \(ENOENT\)/],
  ["a folder", ["uploadFile", tmpdir()], {}, /That is not a file that can be uploaded/],
  [
    "a body's file that is missing",
    ["sendMessage", "--body", "none"],
    {},
    /The file of --body cannot be read \(ENOENT\)/,
  ],
  [
    "a password as an argument",
    ["sendMessage", "--password", "secret"],
    { input: "{}" },
    /Credentials never go into arguments/,
  ],
  ["a key as an argument", ["sendMessage", "--api-key=secret"], { input: "{}" }, /Credentials never go into arguments/],
  [
    "half of the credentials",
    ["sendMessage"],
    { input: "{}", env: { BOTSPLASH_PASSWORD: "" } },
    /BOTSPLASH_PASSWORD is not set/,
  ],
  [
    "two kinds of credentials",
    ["sendMessage"],
    { input: "{}", env: { BOTSPLASH_API_KEY: "secret" } },
    /unset one or the other/,
  ],
  ["no account", ["sendMessage"], { input: "{}", env: { BOTSPLASH_APP_ID: "" } }, /The account is missing/],
  ["a base URL that is none", ["sendMessage", "--base-url", "nowhere"], { input: '{"text":"x"}' }, /baseUrl/],
  ["a number that is none", ["sendMessage", "--retries", "many"], { input: "{}" }, /--retries must be a number/],
  [
    "routes that are missing",
    ["sendMessage", "--routes", "none"],
    { input: "{}" },
    /The file of --routes cannot be read/,
  ],
];
for (const [what, args, settings, said] of notSent) {
  test(`${what} is the status 10, and nothing is sent`, limits, async (t) => {
    const { call, sandbox } = await serve(t);
    const { code, stdout, stderr } = await call(args, settings);
    assert.deepEqual([code, stdout], [10, ""]);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /secret/);
    assert.deepEqual(sandbox.requests, []);
  });
}

test("without credentials nothing goes to the API itself", limits, async (t) => {
  const { code, stderr } = await run(t, ["call", "sendMessage", "--app-id", "acme"], { input: '{"text":"x"}' });
  assert.equal(code, 10);
  assert.match(stderr, /wants credentials/);
});

test("credentials come from files too", limits, async (t) => {
  const { url, sandbox } = await serve(t);
  const args = ["call", "sendMessage", "--app-id", "acme", "--base-url", url];
  /** @type {[args: string[], env: Record<string, string>][]} */
  const ways = [
    [["--credentials", saved("a.json", JSON.stringify({ username: "demo", password: "demo-password" }))], {}],
    [["--credentials", saved("b.json", JSON.stringify({ apiKey: "demo-key", in: "body" }))], {}],
    [[], { BOTSPLASH_API_KEY: "demo-key" }],
    [[], { BOTSPLASH_USERNAME: "demo", BOTSPLASH_PASSWORD_FILE: saved("password", "demo-password\n") }],
  ];
  for (const [more, env] of ways) {
    const { code, stderr } = await run(t, [...args, ...more], { env, input: '{"text":"x"}' });
    // Nobody is on file: the sandbox refuses the message, and not the credentials.
    assert.equal(code, 11, stderr);
    assert.match(stderr, /400/);
  }
  assert.equal(sandbox.requests.length, ways.length);
  const wrong = saved("c.json", '{"username":"secret"}');
  const { code, stderr } = await run(t, [...args, "--credentials", wrong], { input: "{}" });
  assert.equal(code, 10);
  assert.match(stderr, /--credentials must hold/);
  assert.doesNotMatch(stderr, /secret/);
});

test("routes come from the file that botsplash contract writes", limits, async (t) => {
  const routes = { sendMessage: "PUT /{appId}/texts" };
  const { call, sandbox } = await serve(t, { routes });
  const file = saved("routes.json", JSON.stringify(routes));
  await call(["sendMessage", "--routes", file], { input: '{"text":"x"}' });
  assert.equal(sandbox.requests[0]?.operation, "sendMessage");
});

test("routes and fields come from a description too", limits, async (t) => {
  const document = ours();
  move(document, { sendMessage: "PUT /{appId}/texts" });
  document.components.schemas.MessageSend.properties.priority = { type: "integer" };
  const { call, sandbox } = await serve(t, { routes: { sendMessage: "PUT /{appId}/texts" } });
  const file = saved("openapi.json", JSON.stringify(document));
  const input = '{"text":"x","priority":1}';
  await call(["sendMessage", "--contract", file], { input });
  assert.equal(sandbox.requests[0]?.operation, "sendMessage");
  assert.equal(sandbox.requests[0]?.body, input);
  const { code, stderr } = await call(["sendMessage", "--contract", "none"], { input });
  assert.equal(code, 10);
  assert.match(stderr, /--contract: There is no such file/);
});

test("the same submission key is the same lead", limits, async (t) => {
  const { call, sandbox, url } = await serve(t, { credentials: false });
  for (let count = 0; count < 2; count += 1) {
    const args = ["submitListener", "welcome", "--submission-key", "one", "--base-url", url];
    const { code, stderr } = await call(args, { input: lead, env: { BOTSPLASH_USERNAME: "", BOTSPLASH_PASSWORD: "" } });
    assert.equal(code, 0, stderr);
  }
  assert.equal(sandbox.texts.length, 1);
});

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  test(`${signal} ends a call, and its outcome is unknown`, limits, async (t) => {
    const { sandbox, env } = await serve(t);
    sandbox.fault({ hang: true });
    const child = start(t, ["call", "submitListener", "welcome"], { env });
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.stdin.end(lead);
    const deadline = Date.now() + 60_000;
    while (sandbox.requests.length === 0 && Date.now() < deadline)
      await new Promise((resolve) => setImmediate(resolve));
    child.kill(signal);
    const [code] = await once(child, "close");
    assert.equal(code, 12);
    assert.match(stderr, /abort/i);
  });
}

test("a reader that goes away does not change the exit status", limits, async (t) => {
  const { env, sandbox } = await serve(t);
  const child = start(t, ["call", "submitListener", "welcome"], { env });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  child.stdin.end(lead);
  const [code] = await once(child, "close");
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(sandbox.texts.length, 1);
});

test("progress is drawn on a terminal alone", () => {
  /** @type {string[]} */
  const written = [];
  const stream = { isTTY: true, write: (/** @type {string} */ text) => written.push(text) > 0 };
  showProgress(1000, { ...stream, isTTY: false })();
  assert.deepEqual(written, []);
  showProgress(1000, stream)();
  assert.deepEqual(written, ["\rUploading: 0%", "\r\u001b[K"]);
});
