import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { startServer } from "../../sandbox/server.ts";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { operations } from "../http/support/operation-cases.js";
import { json } from "../sandbox/box.js";
import { samples } from "../sandbox/samples.js";
import { move, ours } from "./documents.js";
import { limits, printed, run, start } from "./run-command.js";

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  test(`the sandbox prints its address and ends at ${signal} while a request hangs`, limits, async (t) => {
    const child = start(t, ["sandbox", "--app-id", "mine", "--no-auth"]);
    const url = await printed(child, /http:\S+/);
    const path = `${url}/mine/listener/botsplash/welcome`;
    const post = () => fetch(path, { method: "POST", body: JSON.stringify(samples.listener), headers: json });
    assert.equal((await post()).status, 200);
    assert.equal((await fetch(path.replace("mine", "yours"), { method: "POST" })).status, 404);
    const { origin } = new URL(url);
    await fetch(`${origin}/_sandbox/fault`, { method: "POST", body: '{"hang":true}' });
    const hanging = post().catch((error) => error);
    for (let count = 0; count < 2; ) count = (await (await fetch(`${origin}/_sandbox/requests`)).json()).length - 1;
    child.kill(signal);
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
    assert.ok((await hanging) instanceof TypeError);
  });
}

test("a port that is taken is said in a sentence", limits, async (t) => {
  const taken = await startServer();
  t.after(taken.close);
  const { port } = new URL(taken.origin);
  const { code, stderr } = await run(t, ["sandbox", "--port", port]);
  assert.deepEqual(
    [code, stderr.split("\n")[0]],
    [2, `botsplash sandbox: The port ${port} is taken: choose another, or leave --port out for any free one.`],
  );
});

/** @param {import("node:test").TestContext} t @param {string[]} args */
async function serve(t, ...args) {
  const child = start(t, ["sandbox", "--no-auth", ...args]);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  let url = "";
  for (let line = ""; !line.startsWith("  curl"); ) {
    line = (await lines.next()).value;
    url ||= /http:\S+/.exec(line)?.[0] ?? "";
  }
  await lines.next();
  return { url, next: async () => (await lines.next()).value, child };
}

test("each request is a line, and nobody's data is in it", limits, async (t) => {
  const { url, next } = await serve(t);
  const post = (/** @type {string} */ path, /** @type {unknown} */ body) =>
    fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body), headers: json });
  await post("/secret-app/listener/botsplash/secret-id", samples.listener);
  assert.equal(await next(), "POST /{appId}/listener/botsplash/{id}  submitListener  200  texted 1");
  await post("/secret-app/message", { text: 7 });
  assert.equal(await next(), "POST /{appId}/message  sendMessage  400");
  await fetch(`${url}/secret-app/visitor/clientVisitorId/secret/meeting?api_key=secret`);
  assert.equal(await next(), "GET /{appId}/visitor/{idType}/{idValue}/meeting  listMeetings  404");
  await fetch(`${url}/secret?x=secret`, { method: "PUT" });
  assert.equal(await next(), "PUT (no such route)  404");
  await fetch(`${url}/a/message`, { method: "OPTIONS" });
  assert.equal(await next(), "OPTIONS (preflight)  204");
});

test("--fault makes each fault happen once, in order", limits, async (t) => {
  const faults = [
    "status=503,headers.Retry-After=1",
    "reset,operation=submitListener,when=after",
    "delayMs=1",
    "html,status=502",
  ];
  const { url, next } = await serve(t, ...faults.flatMap((fault) => ["--fault", fault]));
  const post = () =>
    fetch(`${url}/a/listener/botsplash/welcome`, {
      method: "POST",
      body: '{"visitor":{"phoneNumber":"1"}}',
      headers: json,
    });
  const busy = await post();
  assert.deepEqual([busy.status, busy.headers.get("retry-after")], [503, "1"]);
  assert.match(await next(), /submitListener {2}503 {2}as the fault wanted$/);
  await assert.rejects(post());
  assert.match(await next(), /connection torn {2}texted 1 {2}as the fault wanted$/);
  assert.equal((await post()).status, 200);
  assert.match(await next(), /200 {2}texted 1 {2}as the fault wanted$/);
  const page = await post();
  assert.deepEqual([page.status, page.headers.get("content-type")], [502, "text/html; charset=utf-8"]);
  assert.match(await next(), /502 {2}as the fault wanted$/);
  assert.equal((await post()).status, 200);
});

/** @type {[args: string[], said: RegExp][]} */
const wrong = [
  [["--fault", "rest"], /--fault: "rest" is not one of hang, reset/],
  [["--fault", "reset,hang"], /--fault: hang and reset exclude each other/],
  [["--fault", "status=abc"], /--fault: status is an integer/],
  [["--fault", "status=503,operation=submit"], /--fault: operation is one of submitListener/],
  [["--fault", ""], /--fault must be words with commas between/],
  [["--contract", "none.json"], /There is no such file/],
];
for (const [args, said] of wrong) {
  test(`sandbox ${args.join(" ")} is refused at once`, limits, async (t) => {
    const { code, stdout, stderr } = await run(t, ["sandbox", ...args]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, said);
  });
}

/** @param {unknown} document */
function saved(document) {
  const folder = temporaryFolder();
  const file = join(folder, "openapi.json");
  writeFileSync(file, JSON.stringify(document));
  return { file, routes: join(folder, "routes.json") };
}

/** @type {[name: string, change: (document: any) => void][]} */
const documents = [
  ["ours", () => {}],
  [
    "everything elsewhere",
    (document) =>
      move(document, {
        submitListener: "PUT /v2/accounts/{appId}/listeners/{id}/leads",
        uploadFile: "POST /v2/files/{appId}",
        triggerSequence: "PATCH /v2/{appId}/message/{id}",
        updateVisitor: "PATCH /v2/{appId}/people/{idType}/{idValue}",
        callVisitorAction: "POST /v2/{appId}/do/{actionId}/{idValue}/{idType}",
        listMeetings: "GET /v2/{appId}/calendar/{idType}/{idValue}",
        scheduleMeeting: "POST /v2/{appId}/calendar/{idType}/{idValue}",
        sendMessage: "POST /v2/{appId}/sequence",
        updatePhoneStatuses: "PUT /v2/{appId}/numbers",
      }),
  ],
  [
    "paths that are swapped",
    (document) =>
      move(document, {
        triggerSequence: "POST /{appId}/listener/botsplash/{id}",
        submitListener: "POST /{appId}/sequence/{id}",
        sendMessage: "POST /{appId}/phone/status",
        updatePhoneStatuses: "POST /{appId}/message",
      }),
  ],
];
test("an extra field that is printed lets a client send it to the sandbox of that document", limits, async (t) => {
  const { Botsplash } = await import("botsplash");
  const document = ours();
  document.components.schemas.NewVisitor.properties.nickname = { type: "string" };
  const { file } = saved(document);
  const { stdout } = await run(t, ["contract", file]);
  const { url: baseUrl } = await serve(t, "--contract", file);
  const [pasted = ""] = /^new Botsplash\(\{[\s\S]*?^\}\)/m.exec(stdout) ?? [];
  const code = pasted.replace("// ...", 'appId: "acme", baseUrl, retries: 0,');
  const client = new Function("Botsplash", "baseUrl", `return ${code};`)(Botsplash, baseUrl);
  const { success } = await client.submitListener("welcome", { visitor: { nickname: "Jay" } });
  assert.equal(success, true);
  assert.match(
    stdout,
    /^declare module "botsplash" \{\n {2}interface NewVisitor \{\n {4}nickname\?: string;\n {2}\}\n\}$/m,
  );
});

for (const [name, change] of documents) {
  test(`the routes printed for ${name} make a client and the sandbox of that document agree`, limits, async (t) => {
    const { Botsplash } = await import("botsplash");
    const document = ours();
    change(document);
    const { file, routes } = saved(document);
    const { stdout } = await run(t, ["contract", file, "--write", routes]);
    const { url: baseUrl, child } = await serve(t, "--contract", file);
    const [pasted = ""] = /^new Botsplash\(\{[\s\S]*?^\}\)/m.exec(stdout) ?? [];
    const code = pasted.replace("// ...", 'appId: "acme", baseUrl, retries: 0,');
    const byHand = new Function("Botsplash", "baseUrl", `return ${code};`)(Botsplash, baseUrl);
    const byFile = new Botsplash({
      appId: "acme",
      baseUrl,
      retries: 0,
      routes: JSON.parse(readFileSync(routes, "utf8")),
    });
    for (const client of [byHand, byFile]) {
      // Each needs a visitor that exists.
      const visitor = { clientVisitorId: "12345", clientAppId: "12345", phoneNumber: "3334445555" };
      await client.updateVisitor({ clientVisitorId: "12345" }, { visitor });
      for (const one of operations.filter(({ name }) => name !== "scheduleMeeting")) await one.call(client);
      const followupAt = new Date(Date.now() + 86_400_000).toISOString();
      await client.scheduleMeeting({ clientVisitorId: "12345" }, { agentClientUserId: "7", followupAt });
    }
    child.kill();
  });
}
