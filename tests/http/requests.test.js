// The requests that reach a real server are those that the API's description prints.
// cspell:ignore päss
import assert from "node:assert/strict";
import test from "node:test";
import { answer } from "./support/behaviors.js";
import { connect } from "./support/failure.js";
import { parts } from "./support/multipart.js";
import { operations, picture, submitted } from "./support/operation-cases.js";
import { serve } from "./support/scripted-server.js";

/**
 * @typedef {import("./support/operation-cases.js").Operation} Operation
 * @typedef {import("./support/scripted-server.js").Received} Received
 * @typedef {import("../../pkg/dist/index.js").Auth} Auth
 */

const key = 'k/3+4="ä&';
const keyInQuery = "?api_key=k%2F3%2B4%3D%22%C3%A4%26";

/** @type {{ name: string, auth?: Auth, authorization?: string, query?: string, bodyKey?: string }[]} */
const ways = [
  { name: "no credentials" },
  {
    name: "basic authentication",
    auth: { username: "Jane", password: "päss:w/rd" },
    authorization: `Basic ${Buffer.from("Jane:päss:w/rd").toString("base64")}`,
  },
  { name: "a key in the query", auth: { apiKey: key }, query: keyInQuery },
  { name: "a key in the query, said so", auth: { apiKey: key, in: "query" }, query: keyInQuery },
  { name: "a key in the body", auth: { apiKey: key, in: "body" }, bodyKey: key },
];

for (const { name, auth, authorization, query = "", bodyKey } of ways) {
  for (const operation of operations) {
    test(`${operation.name} with ${name} is the published request`, async (t) => {
      const server = await serve(t, answer(200, submitted));
      const answered = await operation.call(connect(server, { auth }));
      assert.deepEqual(answered, JSON.parse(submitted));

      assert.equal(server.received.length, 1);
      const [received] = server.received;
      const hasBody = operation.body !== undefined || operation.multipart === true;
      // An operation without a body sends the key in the query all the same.
      const expectedQuery = bodyKey !== undefined && !hasBody ? keyInQuery : query;
      assert.equal(received.method, operation.method);
      assert.equal(received.target, `/open/v1${operation.path}${expectedQuery}`);
      assertBody(operation, received, bodyKey);
      await assertHeaders(t, operation, received, authorization);
    });
  }
}

/** @param {Operation} operation @param {Received} received @param {string} [bodyKey] */
function assertBody({ body, multipart }, received, bodyKey) {
  if (body !== undefined) {
    const expected = bodyKey === undefined ? body : `{"api_key":${JSON.stringify(bodyKey)},${body.slice(1)}`;
    assert.equal(received.body.toString(), expected);
  } else if (multipart) {
    const keyPart = { headers: ['Content-Disposition: form-data; name="api_key"'], bytes: Buffer.from(key) };
    const filePart = {
      headers: ['Content-Disposition: form-data; name="file"; filename="card.jpg"', "Content-Type: image/jpeg"],
      bytes: Buffer.from(picture),
    };
    const found = parts(header(received, "content-type") ?? "", received.body);
    assert.deepEqual(found, bodyKey === undefined ? [filePart] : [keyPart, filePart]);
  } else {
    assert.equal(received.body.length, 0);
  }
}

/**
 * Ours are `Accept`, `Content-Type` and `Authorization`. The rest is what fetch itself adds to such a
 * request, to the letter.
 * @param {import("node:test").TestContext} t
 * @param {Operation} operation
 * @param {Received} received
 * @param {string} [authorization]
 */
async function assertHeaders(t, { method, body, multipart }, received, authorization) {
  assert.equal(header(received, "accept"), "application/json");
  assert.equal(header(received, "authorization"), authorization);
  if (!multipart) assert.equal(header(received, "content-type"), body && "application/json");

  const bare = await serve(t, answer(200));
  await fetch(bare.url, { method, redirect: "manual", body: multipart ? new FormData() : body });
  const ours = ["accept", "authorization", "content-type"];
  const varies = ["host", "content-length"];
  /** @param {Received} request @param {string[]} without */
  const others = ({ headers }, without) =>
    headers.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => !without.includes(name));
  assert.deepEqual(
    others(received, [...ours, ...varies]).sort(),
    others(bare.received[0], [...ours, ...varies]).sort(),
  );
  const names = received.headers.map(([name]) => name.toLowerCase());
  assert.equal(new Set(names).size, names.length, "a header came twice");
}

/** @param {Received} received @param {string} wanted */
const header = ({ headers }, wanted) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
