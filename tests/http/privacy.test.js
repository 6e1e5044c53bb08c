// No credential, phone number or message in anything that a failure prints, whatever failed.
import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";
import { answer } from "./support/behaviors.js";
import { bodyOf } from "./support/botsplash.js";
import { connect, failure } from "./support/failure.js";
import { assertWithout, body, printed, spellings } from "./support/leaks.js";
import { operation } from "./support/operation-cases.js";
import { outcomes } from "./support/outcome-cases.js";
import { play } from "./support/play.js";
import { serve } from "./support/scripted-server.js";

/**
 * @typedef {import("../../pkg/dist/index.js").Auth} Auth
 * @typedef {import("../../pkg/dist/index.js").AttemptEvent} AttemptEvent
 * @typedef {import("./support/scripted-server.js").Received} Received
 */

/** The part of the secrets that most encodings leave as it is. */
const core = "Xylophone77Quartz";
const special = `/+ "é\\&=?#%<'>${core}~ü`;

/** @type {{ name: string, auth: Auth }[]} */
const ways = [
  { name: "a password", auth: { username: "acme-crm", password: special } },
  { name: "a key in the query", auth: { apiKey: special } },
  { name: "a key in the body", auth: { apiKey: special, in: "body" } },
  { name: "a plain key", auth: { apiKey: core } },
];

/** The personal data in the sample operations. */
const personal = ["3334445555", "2223334444", "Welcome!", "example@example.com", "customerEmail@example.com"];

/** @param {Auth} auth */
const never = (auth) => [core, ...spellings(auth)];

const kinds = [operation("listMeetings"), operation("updateVisitor"), operation("submitListener")];

for (const outcome of outcomes.filter(({ code, send }) => code ?? send?.code)) {
  test(`${outcome.name} prints nothing that is anybody's`, async (t) => {
    for (const { auth } of ways) {
      for (const one of kinds) {
        const { error, events } = await play(t, outcome, one, { auth });
        assertWithout(printed(error, events), [...never(auth), ...personal]);
        if (error) assertWithout(body(error), never(auth));
      }
    }
  });
}

/** A request, as a server that quotes it would put it. @param {Received} received */
const quoted = ({ method, target, headers, body }) =>
  `${method} ${target}\n${headers.map(([name, value]) => `${name}: ${value}`).join("\n")}\n\n${body}`;

/** @param {string} text */
const escapeHtml = (text) =>
  text
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
    .replaceAll("&#38;", "&amp;")
    .replaceAll("&#34;", "&quot;");

/** @param {string} text what fits into a header's value */
const headerValue = (text) => text.replace(/[^\t -~]/g, "");

/** @type {{ name: string, write: (received: Received, auth: Auth) => { body: string, type: string, requestId?: string } }[]} */
const echoes = [
  {
    name: "as JSON",
    write: (received) => ({ type: "application/json", body: JSON.stringify({ error: { request: quoted(received) } }) }),
  },
  {
    name: "as JSON in ASCII",
    write: (received) => ({
      type: "application/json",
      body: JSON.stringify({ request: quoted(received) }).replace(
        /[^ -~]/g,
        (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
      ),
    }),
  },
  {
    name: "as JSON in JSON",
    write: (received) => ({
      type: "application/json",
      body: JSON.stringify({ request: JSON.stringify(quoted(received)) }),
    }),
  },
  { name: "as text", write: (received) => ({ type: "text/plain", body: quoted(received) }) },
  { name: "as raw HTML", write: (received) => ({ type: "text/html", body: `<pre>${quoted(received)}</pre>` }) },
  {
    name: "as HTML",
    write: (received) => ({ type: "text/html", body: `<!doctype html><pre>${escapeHtml(quoted(received))}</pre>` }),
  },
  {
    name: "in x-request-id",
    write: (received) => ({ type: "text/plain", body: "", requestId: headerValue(quoted(received)) }),
  },
  {
    name: "in requestId",
    write: (received) => ({ type: "application/json", body: JSON.stringify({ requestId: quoted(received) }) }),
  },
  {
    name: "in every spelling of its credentials",
    write: (_, auth) => ({
      type: "text/plain",
      body: spellings(auth).join("\n"),
      requestId: spellings(auth)
        .filter((text) => text === headerValue(text))
        .join(" "),
    }),
  },
  {
    name: "in every spelling of its credentials, as a JSON id",
    write: (_, auth) => ({ type: "application/json", body: JSON.stringify({ requestId: spellings(auth).join(" ") }) }),
  },
];

for (const { name, write } of echoes) {
  for (const { name: credential, auth } of ways) {
    test(`a server that echoes the request ${name} does not make a failure print ${credential}`, async (t) => {
      for (const status of [200, 302, 400, 401, 404, 429, 500]) {
        const server = await serve(t, (response, received) => {
          const { body, type, requestId } = write(received, auth);
          const text = status === 200 ? `${body}!` : body;
          response
            .writeHead(status, { "content-type": type, ...(requestId && { "x-request-id": requestId }) })
            .end(text);
        });
        /** @type {AttemptEvent[]} */
        const events = [];
        const client = connect(server, { auth, retries: 0, onAttempt: (event) => void events.push(event) });
        for (const one of kinds) {
          const error = await failure(one.call(client));
          assertWithout(printed(error, events), [...never(auth), ...personal]);
          assertWithout(body(error), never(auth));
          assert.ok(!Object.keys(error).includes("body"));
        }
      }
    });
  }
}

test("a body that is cut off keeps no half of a credential", async (t) => {
  for (const { auth } of ways) {
    const secret = auth.password ?? auth.apiKey;
    // Wherever the cut is, one of these lies across it.
    const body = `${"-".repeat(8000)}${` ${secret}`.repeat(100)}`;
    const server = await serve(t, answer(500, body));
    const error = await failure(connect(server, { auth, retries: 0 }).sendMessage({ text: "Hello" }));
    const kept = String(bodyOf(error));
    assert.ok(kept.length > 0 && kept.length < body.length);
    const rest = kept.replaceAll("[redacted]", "").replace(/^-+/, "").trim();
    assert.equal(rest, "");
  }
});

test("the body is there for who asks for it, and for nobody else", async (t) => {
  const server = await serve(t, answer(422, '{"error":{"code":"no_phone","phoneNumber":"3334445555"}}'));
  const error = await failure(connect(server).sendMessage({ text: "Hello" }));
  assert.deepEqual(bodyOf(error), { error: { code: "no_phone", phoneNumber: "3334445555" } });
  assertWithout(printed(error), ["no_phone", "3334445555"]);
  assertWithout(JSON.stringify(structuredClone({ ...error })), ["no_phone"]);
});

test("a request id that is one is reported", async (t) => {
  const id = "123e4567-e89b-12d3-a456-426614174000";
  const inHeader = await serve(t, answer(400, "{}", { "x-request-id": id }));
  assert.equal((await failure(connect(inHeader).sendMessage({ text: "Hello" }))).requestId, id);
  const inBody = await serve(t, answer(400, JSON.stringify({ requestId: id })));
  assert.equal((await failure(connect(inBody).sendMessage({ text: "Hello" }))).requestId, id);
});

for (const { name, auth } of ways) {
  test(`a fetch that quotes the request when it fails does not make the failure print ${name}`, async (t) => {
    const server = await serve(t, answer(200));
    /** @param {Request} request */
    const quote = async (request) =>
      [request.url, request.headers.get("authorization"), await request.text(), ...spellings(auth)].join(" ");
    /** @type {((text: string) => unknown)[]} */
    const reasons = [
      (text) => new Error(text),
      (text) => Object.assign(new Error(text), { name: text, code: text, cause: new Error(text) }),
      (text) => new TypeError("fetch failed", { cause: Object.assign(new Error(text), { code: text }) }),
      () => Object.assign(new Error("x"), { name: core, code: core, cause: { code: core } }),
      (text) => new AggregateError([new Error(text)], text),
      (text) => text,
      (text) => ({ message: text, name: text, toString: () => text }),
      (text) => new DOMException(text, "AbortError"),
    ];
    for (const reason of reasons) {
      /** @type {AttemptEvent[]} */
      const events = [];
      const client = connect(server, {
        auth,
        retries: 0,
        fetch: async (...request) => {
          throw reason(await quote(new Request(...request)));
        },
        onAttempt: (event) => void events.push(event),
      });
      for (const one of kinds) {
        const error = await failure(one.call(client));
        assert.deepEqual([error.code, error.delivery], ["network", "unknown"]);
        assertWithout(printed(error, events), [...never(auth), ...personal]);
      }
    }
  });

  test(`what is refused before it is sent does not print ${name}`, async (t) => {
    const server = await serve(t, answer(200));
    const good = connect(server, { auth });
    const secret = auth.password ?? auth.apiKey;
    const call = /** @type {any} */ (good);
    const refused = [
      () => call.sendMessage({ text: "Welcome!", phone: "3334445555" }),
      () => call.sendMessage({ text: "Welcome!", visitor: { phoneNumber: 3334445555 } }),
      () => call.sendMessage({ text: "Welcome!", visitor: { 3334445555: "+1" } }),
      () => call.sendMessage({ text: "Welcome!", visitor: { "333-444-5555": "" } }),
      () => call.sendMessage({ text: "Welcome!", visitor: { "example@example.com": "" } }),
      () => call.sendMessage({ text: ["Welcome!"], 3334445555: 1 }),
      () => call.sendMessage({ [special]: 1 }),
      () => call.sendMessage({ text: "Hello" }, { [special]: 1 }),
      () => call.sendMessage({ text: "Hello" }, { timeoutMs: "3334445555" }),
      () => call.submitListener("3334445555\ud800", { visitor: {} }),
      () => call.submitListener("1", { visitor: {}, args: { 3334445555: () => "Welcome!" } }),
      () => call.submitListener("1", { visitor: {}, args: { "Welcome!": { 3334445555: [1n] } } }),
      () => call.listMeetings({ 3334445555: "1" }),
      () => call.scheduleMeeting({ clientAppId: "1" }, { agentClientUserId: "1", followupAt: "3334445555" }),
      () => call.updatePhoneStatuses({ items: [{ phoneNumber: "3334445555", status: 3334445555 }] }),
      () => call.uploadFile("3334445555"),
      () => connect(server, { auth, baseUrl: `https://x:${core}@127.0.0.1` }).ready(),
      () => connect(server, { auth, baseUrl: `https://127.0.0.1?api_key=${core}` }).ready(),
      () => connect(server, /** @type {any} */ ({ auth, [special]: true })).ready(),
      () => connect(server, /** @type {any} */ ({ auth: { ...auth, [special]: true } })).ready(),
      () => connect(server, /** @type {any} */ ({ auth: secret })).ready(),
      () => connect(server, /** @type {any} */ ({ auth: [secret] })).ready(),
      () => connect(server, /** @type {any} */ ({ auth: { ...auth, in: core } })).ready(),
      () => connect(server, /** @type {any} */ ({ auth, routes: { sendMessage: `POST /${core}` } })).ready(),
      () => connect(server, /** @type {any} */ ({ auth, routes: { [special]: "POST /{appId}" } })).ready(),
      () => connect(server, /** @type {any} */ ({ auth, appId: `${secret}\ud800` })).ready(),
    ];
    for (const ask of refused) {
      const error = await failure(ask());
      assert.equal(error.delivery, "not_sent");
      assertWithout(printed(error), [...never(auth), ...personal]);
    }
    assert.equal(server.received.length, 0);
  });

  test(`a client that is printed does not print ${name}`, async (t) => {
    const server = await serve(t, answer(200));
    const client = connect(server, { auth });
    for (let times = 0; times < 2; times += 1) {
      assertWithout(inspect(client, { depth: 10, showHidden: true }) + JSON.stringify(client), never(auth));
      await client.ready();
    }
  });
}
