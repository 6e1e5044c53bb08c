// cspell:ignore jané
import assert from "node:assert/strict";
import { demoCredentials } from "../../sandbox/index.ts";
import { basic, inBothModes, json } from "./box.js";
import { samples } from "./samples.js";

const [, { apiKey }] = demoCredentials;
const path = "/app/listener/botsplash/welcome";
const body = JSON.stringify(samples.listener);

/** @param {Record<string, string>} fields */
function form(fields) {
  const form = new FormData();
  form.append("file", new File(["x"], "x.png", { type: "image/png" }));
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** @param {string} pair */
const basicOf = (pair) => `Basic ${Buffer.from(pair).toString("base64")}`;

/** @type {[name: string, path: string, init: RequestInit][]} */
const accepted = [
  ["HTTP Basic", path, { body, headers: { ...json, Authorization: basic } }],
  ["api_key in the query", `${path}?api_key=${apiKey}`, { body, headers: json }],
  ["api_key in the JSON body", path, { body: JSON.stringify({ api_key: apiKey, ...samples.listener }), headers: json }],
  ["api_key as a multipart field", "/app/upload", { body: form({ api_key: apiKey }) }],
];
for (const [name, target, init] of accepted) {
  inBothModes(`${name} is let in`, async ({ send }) => {
    const response = await send(target, { method: "POST", ...init });
    assert.equal(response.status, 200, await response.text());
  });
}

/** @type {[name: string, path: string, init: RequestInit][]} */
const refused = [
  ["no credential", path, { body, headers: json }],
  ["a wrong password", path, { body, headers: { ...json, Authorization: basicOf("demo:wrong-secret") } }],
  ["Basic that is not base64", path, { body, headers: { ...json, Authorization: "Basic %%%" } }],
  ["another scheme", path, { body, headers: { ...json, Authorization: `Bearer ${apiKey}` } }],
  ["a wrong key in the query", `${path}?api_key=wrong-secret`, { body, headers: json }],
  ["an empty key in the query", `${path}?api_key=`, { body, headers: json }],
  [
    "a wrong key in the JSON body",
    path,
    { body: JSON.stringify({ api_key: "wrong-secret", ...samples.listener }), headers: json },
  ],
  [
    "a key in the JSON body that is not a string",
    path,
    { body: JSON.stringify({ api_key: [apiKey], ...samples.listener }), headers: json },
  ],
  ["a wrong key as a multipart field", "/app/upload", { body: form({ api_key: "wrong-secret" }) }],
  [
    "a wrong key next to a right password",
    `${path}?api_key=wrong-secret`,
    { body, headers: { ...json, Authorization: basic } },
  ],
];
for (const [name, target, init] of refused) {
  inBothModes(`${name} is a 401 without effect`, async ({ send, sandbox }) => {
    const response = await send(target, { method: "POST", ...init });
    assert.equal(response.status, 401);
    const text = await response.text();
    assert.equal(JSON.parse(text).success, false);
    assert.doesNotMatch(text, /wrong-secret|demo-key/);
    assert.deepEqual(sandbox.ledger, []);
  });
}

inBothModes("the key in a body is not part of what was submitted", async ({ send, sandbox }) => {
  await send(path, { method: "POST", body: JSON.stringify({ ...samples.listener, api_key: apiKey }), headers: json });
  assert.deepEqual(sandbox.submissions[0]?.visitor, samples.listener.visitor);
  assert.doesNotMatch(JSON.stringify([sandbox.submissions, sandbox.visitors]), /demo-key/);
});

inBothModes("a body that cannot be read is named before a missing credential, which it may hold", async ({ send }) => {
  const response = await send(path, { method: "POST", body: "{", headers: json });
  assert.equal(response.status, 400);
});

inBothModes(
  "a sandbox without credentials lets everyone in, with any key or none",
  async ({ send }) => {
    assert.equal((await send(path, { method: "POST", body, headers: json })).status, 200);
    const withKey = JSON.stringify({ ...samples.listener, api_key: "whatever" });
    assert.equal((await send(path, { method: "POST", body: withKey, headers: json })).status, 200);
  },
  { credentials: false },
);

inBothModes(
  "credentials of one's own replace the demo's, beyond ASCII too",
  async ({ send }) => {
    const headers = (/** @type {string} */ authorization) => ({ ...json, Authorization: authorization });
    assert.equal((await send(path, { method: "POST", body, headers: headers(basicOf("jané:pä:ss")) })).status, 200);
    assert.equal((await send(path, { method: "POST", body, headers: headers(basic) })).status, 401);
    assert.equal((await send(`${path}?api_key=a%2Bb%20c`, { method: "POST", body, headers: json })).status, 200);
  },
  { credentials: [{ username: "jané", password: "pä:ss" }, { apiKey: "a+b c" }] },
);
