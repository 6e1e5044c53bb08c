// The ingress in the real runtime: what depends on how that handles bodies, headers and redirects.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import test from "node:test";
import { Botsplash } from "botsplash";
import { LEAD_STATES } from "../../../relay/outbox/states.ts";
import { engine } from "../../../scripts/lib/worker.js";
import { form, PAGE, submission } from "../support/ingress.js";
import { zoneAtNoon } from "../support/outbox.js";
import { startRelay } from "../support/relay-worker.js";

const MIB = 1024 * 1024;

/**
 * Says over a socket what no HTTP client would.
 * @param {string} address
 * @param {string[]} headers
 * @param {Iterable<string>} [body]
 * @param {boolean} [tear] the connection is torn where the body ends
 * @returns {Promise<string>} what came back, from the status line on
 */
const raw = async (address, headers, body = [], tear = false) => {
  const { hostname, port, pathname } = new URL(address);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.setEncoding("latin1").on("data", (text) => (answer += text));
  // A server that has heard enough resets the connection.
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await Promise.race([once(socket, "connect"), closed]);
  socket.write(
    [`POST ${pathname} HTTP/1.1`, `Host: ${hostname}:${port}`, "Connection: close", ...headers, "", ""].join("\r\n"),
  );
  for (const part of body) {
    if (socket.destroyed || answer.includes("\r\n\r\n")) break;
    if (!socket.write(part)) await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), closed]);
  }
  if (tear) socket.end();
  await closed;
  return answer;
};

/** @param {number} size */
function* chunked(size) {
  const chunk = "a".repeat(64 * 1024);
  for (let sent = 0; sent < size; sent += chunk.length) yield `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
  yield "0\r\n\r\n";
}

const URLENCODED = "Content-Type: application/x-www-form-urlencoded";

/** @param {string} answer @param {number} status @param {string} code */
const isRefusal = (answer, status, code) => {
  assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
  assert.match(answer, new RegExp(`"code":"${code}"`));
};

test("in workerd", async (t) => {
  const relay = await startRelay(t, { listeners: { welcome: { successUrl: "https://www.example.com/thanks" } } });
  const { address, sandbox, until, review, worker } = relay;
  const nothing = async () => {
    const [{ counts }] = (await review("status")).listeners;
    assert.deepEqual(
      Object.values(counts),
      LEAD_STATES.map(() => 0),
    );
  };

  await t.test("8 MiB in chunks are refused", async () => {
    const headers = [URLENCODED, "Transfer-Encoding: chunked"];
    isRefusal(await raw(address, headers, chunked(64 * 1024 + 1)), 413, "body_too_large");
    // Whoever goes on sending is cut off, and may lose the answer with the connection.
    assert.match(await raw(address, headers, chunked(8 * MIB)), /^(HTTP\/1.1 413 |$)/);
    await nothing();
  });

  await t.test("8 MiB that are stated are refused", async () => {
    isRefusal(await raw(address, [URLENCODED, `Content-Length: ${8 * MIB}`]), 413, "body_too_large");
    await nothing();
  });

  await t.test("bytes after the stated length are not part of the body, and never read with it", async () => {
    const body = "state=NC&teamCode=1";
    const headers = [URLENCODED, `Content-Length: ${body.length}`];
    // With all of it, it would be too large; the answer may be lost, as above. Node takes the rest for another request.
    const expected = engine === "node" ? /^(HTTP\/1.1 (422|400) |$)/ : /^(HTTP\/1.1 422 |$)/;
    assert.match(await raw(address, headers, [body, ...chunked(8 * MIB)]), expected);
    await nothing();
  });

  await t.test("8 MiB in chunks are refused, though less is stated", async () => {
    const headers = [URLENCODED, "Content-Length: 10", "Transfer-Encoding: chunked"];
    // Node itself takes no request that says both, and hangs up.
    if (engine === "node") {
      assert.match(await raw(address, headers, chunked(64 * 1024 + 1)), /^(HTTP\/1.1 400 |$)/);
      return nothing();
    }
    isRefusal(await raw(address, headers, chunked(64 * 1024 + 1)), 413, "body_too_large");
    assert.match(await raw(address, headers, chunked(8 * MIB)), /^(HTTP\/1.1 413 |$)/);
    await nothing();
  });

  await t.test("a multipart body that breaks off is refused", async () => {
    const part = '--b\r\nContent-Disposition: form-data; name="firstName"\r\n\r\nJane';
    for (const body of [part, `${part}\r\n`, `${part}\r\n--b`, `${part}\r\n--b\r\n`]) {
      const headers = ["Content-Type: multipart/form-data; boundary=b", `Content-Length: ${body.length}`];
      isRefusal(await raw(address, headers, [body]), 400, "multipart_broken");
    }
    await nothing();
  });

  await t.test("a body that the connection breaks off is not a lead", async () => {
    const lead = form().toString();
    await raw(address, [URLENCODED, `Content-Length: ${lead.length + 1}`], [lead], true);
    await raw(
      address,
      [URLENCODED, "Transfer-Encoding: chunked"],
      [`${lead.length.toString(16)}\r\n${lead}\r\n`],
      true,
    );
    await nothing();
  });

  await t.test("two Origin headers are refused, though both are listed", async () => {
    const body = form().toString();
    const headers = [URLENCODED, `Content-Length: ${body.length}`, `Origin: ${PAGE}`];
    isRefusal(await raw(address, [...headers, `Origin: ${PAGE}`], [body]), 403, "origin_refused");
    isRefusal(await raw(address, [...headers, "Origin: null"], [body]), 403, "origin_refused");
    await nothing();
  });

  await t.test("a plain form is redirected, and its lead sent once", async () => {
    const data = new FormData();
    for (const [name, value] of form()) data.append(name, value);
    const multipart = new Response(data);
    const body = await multipart.text();
    const headers = [`Content-Type: ${multipart.headers.get("content-type")}`, `Content-Length: ${body.length}`];
    const answer = await raw(address, [...headers, `Origin: ${PAGE}`, "Sec-Fetch-Mode: navigate"], [body]);
    assert.match(answer, /^HTTP\/1.1 303 /);
    assert.match(answer, /\r\nLocation: https:\/\/www\.example\.com\/thanks\r\n/i);
    await until({ delivered: 1 });
    assert.deepEqual(
      sandbox.submissions.map(({ visitor }) => ({ visitor })),
      [submission],
    );
  });

  await t.test("a script's JSON is answered as by the API, and sent once, however often it comes", async () => {
    const client = new Botsplash({ appId: "demo", baseUrl: worker.url });
    const other = { visitor: { ...submission.visitor, extendedAttributes: { message: "Hello again" } } };
    const [first, second] = await Promise.all(
      [1, 2].map(() => client.submitListener("welcome", other, { submissionKey: "key-1" })),
    );
    assert.equal(first?.requestId, second?.requestId);
    await until({ delivered: 2 });
    assert.equal(sandbox.texts.length, 2);
  });

  await t.test("a redirect of the API's is not followed", async (t) => {
    let visits = 0;
    const elsewhere = createServer((_, response) => {
      visits += 1;
      response.end("{}");
    });
    elsewhere.listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    t.after(() => elsewhere.close());
    const { port } = /** @type {import("node:net").AddressInfo} */ (elsewhere.address());
    sandbox.fault({ operation: "submitListener", redirect: `http://127.0.0.1:${port}/` });
    assert.equal((await fetch(address, { method: "POST", body: form({ message: "Follow me" }) })).status, 202);
    await until({ delivered: 3 });
    assert.equal(visits, 0);
  });

  await t.test("a lead is in the review API for its owner, and nobody else", async () => {
    const { leads } = await review("leads?listener=welcome&state=delivered");
    assert.equal(leads[0].submission.visitor.extendedAttributes.message, "Follow me");
    assert.equal((await fetch(`${worker.url}review/api/leads?listener=welcome`)).status, 404);
  });

  await t.test("then each kind of refusal was told of once, and none was an error of the relay's", async () => {
    const reasons = ["body_too_large", "multipart_broken", "origin_refused"];
    // The relay gathers refusals for a second before it tells of them.
    for (const reason of reasons) await worker.prints(new RegExp(`"reason":"${reason}"`));
    await worker.kill();
    assert.doesNotMatch(worker.output, /relay_failed|outbox_failed|Error/);
    for (const reason of reasons) {
      assert.equal(worker.output.split(`"reason":"${reason}"`).length - 1, 1, worker.output);
    }
  });
});

test("in workerd, 200,000 fields are refused where the body may be so large", async (t) => {
  const { address, sandbox, worker } = await startRelay(t, { maxBodyBytes: 4 * MIB });
  const names = Array.from({ length: 200_000 }, (_, index) => `f${index}`);
  const bodies = { "application/x-www-form-urlencoded": names.join("&"), "application/json": JSON.stringify(names) };
  for (const [type, body] of Object.entries(bodies)) {
    const answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": type } });
    assert.deepEqual([answer.status, (await answer.json()).code], [413, "too_many_fields"]);
  }
  assert.equal(sandbox.requests.length, 0);
  await worker.kill();
  assert.doesNotMatch(worker.output, /relay_failed|outbox_failed|Error/);
});

test("in workerd, a form that was sent from a tab eight hours ago and is sent again is the same lead", async (t) => {
  // Even when its contents have been erased since.
  const { address, worker, sandbox, until, review, eightHoursLater } = await startRelay(t, { retentionDays: 0.1 });
  /** @param {Record<string, string>} [more] @returns {Promise<string>} */
  const post = async (more) => {
    const answer = await fetch(address, { method: "POST", body: form(more) });
    assert.equal(answer.status, 202);
    return (await answer.json()).requestId;
  };
  const id = await post({ submissionKey: "key-1" });
  await until({ delivered: 1 });
  await eightHoursLater();
  await worker.scheduled();
  await worker.scheduled();
  assert.equal((await review("leads?listener=welcome")).leads[0].submission, undefined);
  assert.equal(await post({ submissionKey: "key-1" }), id);
  assert.equal(
    (await fetch(address, { method: "POST", body: form({ submissionKey: "key-1", message: "Other" }) })).status,
    422,
  );
  assert.equal(sandbox.texts.length, 1);
  assert.notEqual(await post(), id, "without a key, it would be another");
});

test("in workerd, beyond the day's cap leads wait, and nobody is texted", async (t) => {
  // The day does not end meanwhile.
  const timeZone = zoneAtNoon();
  const { address, sandbox, until } = await startRelay(t, { timeZone, listeners: { welcome: { dailyCap: 3 } } });
  const posts = Array.from({ length: 10 }, (_, index) =>
    fetch(address, { method: "POST", body: form({ message: `Message ${index}` }) }),
  );
  for (const answer of await Promise.all(posts)) assert.equal(answer.status, 202);
  await until({ delivered: 3, queued: 7 });
  assert.equal(sandbox.texts.length, 3);
});

test("in workerd, a relay without its secrets refuses every post, and says so once", async (t) => {
  const { address, worker, sandbox } = await startRelay(t, { auth: { username: "demo" } });
  for (const message of ["1", "2", "3"]) {
    const answer = await fetch(address, { method: "POST", body: form({ message }) });
    assert.deepEqual([answer.status, (await answer.json()).code], [503, "not_configured"]);
  }
  await worker.kill();
  assert.equal(
    worker.output,
    'botsplash relay: {"code":"not_configured","message":"Every post is refused: auth.password is missing or empty."}\n',
  );
  assert.equal(sandbox.requests.length, 0);
});
