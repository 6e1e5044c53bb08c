// A relay that is not set up refuses every post, and says once what is missing.
// cspell:ignore dayli orgins
import assert from "node:assert/strict";
import test from "node:test";
import contract from "../../../openapi.json" with { type: "json" };
import { ARGS_FIELDS, VISITOR_FIELDS } from "../../../relay/fields.ts";
import { createRelay } from "../../../relay/index.ts";
import { OPERATIONS } from "../../../relay/operations.ts";
import { ADDRESS, form, PAGE, SECRET, startIngress } from "../support/ingress.js";
import { memoryOutbox } from "../support/memory.js";

const turnstile = { secret: "turnstile-secret", hostname: "www.example.com", action: "lead" };

/** @type {[option: string, options: any, listener?: any][]} */
const wrong = [
  ["appId", { appId: undefined }],
  ["auth", { auth: undefined }],
  ["auth.password", { auth: { username: "user", password: undefined } }],
  ["auth.password", { auth: { username: "user", password: "" } }],
  ["auth.apiKey", { auth: { apiKey: undefined } }],
  ["origins", { origins: undefined }],
  ["origins", { origins: ["https://www.example.com/"] }],
  ["origins", { origins: ["*"] }],
  ["origins", { origins: ["null"] }],
  ["listeners", { listeners: {} }],
  ["outbox", { outbox: undefined }],
  ["rateLimit", { rateLimit: undefined }],
  ["reviewSecret", { reviewSecret: undefined }],
  ["reviewSecret", { reviewSecret: "short" }],
  ["operations", { operations: ["submitListener"], authorize: () => true }],
  ["authorize", { operations: ["sendMessage"] }],
  ["orgins", { orgins: [PAGE] }],
  ["basePath", { basePath: "relay" }],
  ["maxBodyBytes", { maxBodyBytes: -1 }],
  ["statuses", { statuses: { 409: "delivered" } }],
  ["listeners.welcome.honeypot", {}, { honeypot: "" }],
  ["listeners.welcome.honeypot", {}, { honeypot: "email" }],
  ["listeners.welcome.honeypot", {}, { honeypot: "color", extendedAttributes: ["color"] }],
  ["listeners.welcome.turnstile", {}, { turnstile: true }],
  ["listeners.welcome.turnstile.secret", {}, { turnstile: { ...turnstile, secret: undefined } }],
  ["listeners.welcome.turnstile.hostname", {}, { turnstile: { ...turnstile, hostname: "" } }],
  ["listeners.welcome.dayliCap", {}, { dayliCap: 100 }],
  ["listeners.welcome.successUrl", {}, { successUrl: "javascript:alert(1)" }],
  ["listeners.welcome.successUrl", {}, { successUrl: "//evil.example" }],
  ["listeners.welcome.fields", {}, { fields: ["phone"] }],
  ["listeners.welcome.onAmbiguous", {}, { onAmbiguous: "again" }],
];
for (const [option, options, listener] of wrong) {
  test(`every post is refused while ${option} is ${JSON.stringify(listener ?? options)}`, async () => {
    const { post, send, outbox, alerts } = startIngress(options, listener);
    for (const answer of [await post(form()), await post(form()), await send("https://relay.example.com/review")]) {
      assert.deepEqual([answer.status, (await answer.json()).code], [503, "not_configured"]);
    }
    assert.equal(outbox.asked.length, 0);
    assert.equal(alerts.length, 1);
    assert.equal(alerts[0]?.code, "not_configured");
    assert.ok(alerts[0]?.message.startsWith(`Every post is refused: ${option} `), alerts[0]?.message);
  });
}

test("an option that only the client knows to be wrong refuses every post as well", async () => {
  /** @type {Partial<import("../../../relay/index.ts").RelayOptions>[]} */
  const wrong = [
    { baseUrl: "https://hunter2@api.example.com" },
    { routes: { sendMessage: "hunter2" } },
    { extraFields: /** @type {any} */ ({ sendMessage: "hunter2" }) },
    { auth: { username: "user:name", password: "hunter2" } },
  ];
  for (const options of wrong) {
    const { post, outbox, alerts } = startIngress(options);
    const answer = await post(form());
    assert.deepEqual([answer.status, (await answer.json()).code], [503, "not_configured"]);
    assert.deepEqual(
      alerts.map(({ code }) => code),
      ["not_configured"],
    );
    assert.match(alerts[0]?.message ?? "", /baseUrl|routes|extraFields|username/);
    assert.doesNotMatch(alerts[0]?.message ?? "", /hunter2/);
    assert.equal(outbox.asked.length, 0);
  }
});

test("what is wrong is named without its value", async () => {
  const { post, alerts } = startIngress({
    reviewSecret: "hunter2",
    auth: /** @type {any} */ ({ username: "", password: "hunter2" }),
  });
  await post(form());
  assert.doesNotMatch(alerts[0]?.message ?? "", /hunter2/);
});

test("options come from the Worker's env, once for each, and its bindings by their names", async () => {
  const env = { OUTBOX: memoryOutbox(), RATE_LIMIT: { limit: async () => ({ success: true }) }, PASSWORD: "hunter2" };
  let calls = 0;
  const relay = createRelay(({ PASSWORD: password }) => {
    calls += 1;
    return { appId: "demo", auth: { username: "user", password }, origins: [PAGE], listeners: { welcome: {} } };
  });
  for (const message of ["1", "2"]) {
    const answer = await relay.fetch(new Request(ADDRESS, { method: "POST", body: form({ message }) }), env);
    assert.equal(answer.status, 202);
  }
  assert.equal(env.OUTBOX.leads.length, 2);
  assert.equal(calls, 1);
});

test("a function of env that throws refuses every post", async (t) => {
  const printed = t.mock.method(console, "error", () => {});
  const relay = createRelay(() => {
    throw new Error("hunter2");
  });
  const answer = await relay.fetch(new Request(ADDRESS, { method: "POST", body: form() }), {});
  assert.equal(answer.status, 503);
  assert.doesNotMatch(String(printed.mock.calls[0]?.arguments), /hunter2/);
});

test("with all there is, nothing is wrong", async () => {
  const { post, alerts } = startIngress(
    {
      reviewSecret: SECRET,
      operations: [],
      statuses: { 409: "rejected" },
      basePath: "/relay",
    },
    {
      turnstile,
      honeypot: "website",
      successUrl: "/thanks",
      errorUrl: "https://www.example.com/sorry",
      dailyCap: 100,
      dedupeWindowMs: 0,
    },
  );
  assert.equal((await post(form())).status, 404, "it is below /relay");
  assert.deepEqual(alerts, []);
});

test("the fields and operations that can be listed are those of the contract", () => {
  const { NewVisitor, ListenerSubmit } = /** @type {any} */ (contract.components.schemas);
  assert.deepEqual([...VISITOR_FIELDS, "extendedAttributes"].sort(), Object.keys(NewVisitor.properties).sort());
  assert.deepEqual([...ARGS_FIELDS].sort(), Object.keys(argsOf(ListenerSubmit).properties).sort());
  const published = Object.entries(contract.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [operationId, method.toUpperCase(), path]),
    )
    .filter(([name]) => name !== "submitListener");
  assert.deepEqual(OPERATIONS.map(({ name, method, path }) => [name, method, path]).sort(), published.sort());
});

/** @param {any} schema */
const argsOf = ({ properties: { args } }) => {
  const name = (args.$ref ?? args.allOf?.[0]?.$ref ?? "").split("/").at(-1);
  return name ? /** @type {any} */ (contract.components.schemas)[name] : args;
};
