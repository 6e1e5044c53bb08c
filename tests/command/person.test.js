// The relay's records of one person, from a shell.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { SECRET } from "../relay/support/ingress.js";
import { startVirtualRelay } from "../relay/support/virtual-relay.js";
import { limits, run } from "./run-command.js";

const env = { REVIEW_SECRET: SECRET };
const consent = { field: "consent", texts: { one: "Yes." } };

/** A relay behind a port, with two leads of one person and one of another. @param {import("node:test").TestContext} t */
const startRelay = async (t) => {
  const relay = startVirtualRelay({ options: { listeners: { welcome: { consent }, other: {} } } });
  await relay.post({ phoneNumber: "3334440001", firstName: "Jane", consent: "Yes." });
  await relay.post({ phoneNumber: "3334440001", firstName: "Jane" }, {}, "other");
  await relay.post({ phoneNumber: "3334440002", consent: "Yes." });
  await relay.settle();
  const server = createServer(async (request, response) => {
    const { url, method, headers } = request;
    const body = await buffer(request);
    const answer = await relay.send(`https://relay.example.com${url}`, {
      method,
      headers: /** @type {Record<string, string>} */ ({ ...headers }),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { relay, url: `http://127.0.0.1:${port}` };
};

test("export prints all leads and consents of a person; erase leaves none", limits, async (t) => {
  const { url } = await startRelay(t);
  const args = ["person", "export", "(333) 444-0001", "--relay", url];
  const { code, stdout } = await run(t, args, { env });
  assert.equal(code, 0);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ kind, listener }) => [kind, listener]),
    [
      ["lead", "welcome"],
      ["consent", "welcome"],
      ["lead", "other"],
    ],
  );
  assert.equal(lines[0].submission.visitor.firstName, "Jane");
  assert.doesNotMatch(stdout, /3334440002/);

  const erased = await run(t, ["person", "erase", "333-444-0001", "--relay", `${url}/`], { env });
  assert.deepEqual([erased.code, erased.stdout], [0, ""]);
  const after = await run(t, args, { env });
  assert.deepEqual([after.code, after.stdout], [0, ""]);
  assert.match(after.stderr, /nothing of this person/);
});

test(
  "who has another secret, no relay or wrong arguments is told, and the secret is never shown",
  limits,
  async (t) => {
    const { url, relay } = await startRelay(t);
    const before = relay.query("welcome", "SELECT count(*) AS n FROM leads WHERE submission IS NOT NULL")[0]?.n;
    const other = { REVIEW_SECRET: "another-secret-of-32-characters-or-more" };
    for (const [args, given, code, said] of /** @type {[string[], Record<string, string>, number, RegExp][]} */ ([
      [["person", "erase", "3334440001", "--relay", url], other, 77, /is not its reviewSecret/],
      [["person", "erase", "3334440001", "--relay", "http://127.0.0.1:1"], env, 69, /Nothing answers/],
      [["person", "erase", "3334440001", "--relay", url], {}, 2, /REVIEW_SECRET is not set/],
      [["person", "erase", "3334440001"], env, 2, /--relay must be/],
      [["person", "forget", "3334440001", "--relay", url], env, 2, /export or erase/],
      [["person", "erase", "12", "--relay", url], env, 2, /a whole number/],
    ])) {
      const ended = await run(t, args, { env: given });
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, said);
      assert.doesNotMatch(ended.stderr + ended.stdout, /secret-of-32/);
    }
    assert.equal(relay.query("welcome", "SELECT count(*) AS n FROM leads WHERE submission IS NOT NULL")[0]?.n, before);
  },
);
