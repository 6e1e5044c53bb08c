// A stranger at the door, who writes bytes and not requests: over a socket, whatever HTTP says of them.
// cspell:ignore xchunked fwelcome Acoordinator eview fapi fstatus
import assert from "node:assert/strict";
import { connect } from "node:net";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { PAGE, SECRET } from "../support/ingress.js";
import { startRelay } from "../support/relay-worker.js";

const LEAD = "/demo/listener/botsplash/welcome";
const TYPE = "Content-Type: application/x-www-form-urlencoded";
const ORIGIN = `Origin: ${PAGE}`;

let number = 3334440000;
/** A lead of its own. */
const lead = () => `firstName=Jane&phoneNumber=${(number += 1)}`;

/**
 * Writes the bytes, and reads until the other side ends.
 * @param {string} base
 * @param {string | Buffer} bytes
 * @param {{ hangUp?: boolean }} [options] end without waiting for an answer
 * @returns {Promise<{ status: number, statuses: number[], text: string }>} `status` 0: there was no answer
 */
const exchange = (base, bytes, { hangUp = false } = {}) =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(base);
    let text = "";
    const socket = connect(Number(port), hostname);
    socket.setEncoding("latin1").on("data", (part) => {
      text += part;
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      const statuses = [...text.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map(([, status]) => Number(status));
      resolve({ status: statuses.at(-1) ?? 0, statuses, text });
    });
    if (hangUp) socket.end(bytes);
    else socket.write(bytes);
  });

/** @param {string} method @param {string} path @param {string[]} headers @param {string} [body] */
const request = (method, path, headers, body = "") =>
  [`${method} ${path} HTTP/1.1`, "Connection: close", ...headers, "", body].join("\r\n");

/** @param {string} path @param {string[]} headers @param {string} [body] */
const post = (path, headers, body = lead()) =>
  request("POST", path, ["Host: relay.example.com", TYPE, `Content-Length: ${body.length}`, ...headers], body);

/** @param {string} text in one chunk */
const chunked = (text) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

const HOST = "Host: relay.example.com";
const CHUNKED = "Transfer-Encoding: chunked";
const secret = `Authorization: Bearer ${SECRET}`;
const two = lead();
const gzip = gzipSync(lead());
const bomb = gzipSync(Buffer.alloc(20_000_000));

/** `taken` counts leads that are kept. @type {[name: string, bytes: string | Buffer, taken: number, statuses: number[], options?: { hangUp?: boolean }][]} */
const attacks = [
  ["a good lead", post(LEAD, [ORIGIN]), 1, [202]],
  ["the origin of nobody", post(LEAD, []), 1, [202]],
  // How long is it?
  ["two lengths", request("POST", LEAD, [HOST, TYPE, "Content-Length: 3", "Content-Length: 40"], lead()), 0, [400]],
  ["a length with a sign", request("POST", LEAD, [HOST, TYPE, "Content-Length: +40"], lead()), 0, [400]],
  ["a length below zero", request("POST", LEAD, [HOST, TYPE, "Content-Length: -1"], lead()), 0, [400]],
  ["an unknown transfer", request("POST", LEAD, [HOST, TYPE, "Transfer-Encoding: xchunked"], lead()), 0, [400]],
  ["a chunk of no size", request("POST", LEAD, [HOST, TYPE, CHUNKED], "zz\r\nfirst\r\n0\r\n\r\n"), 0, [400]],
  [
    "a body that ends early",
    request("POST", LEAD, [HOST, TYPE, "Content-Length: 500"], lead()),
    0,
    [0, 400],
    { hangUp: true },
  ],
  [
    "a chunk that ends early",
    request("POST", LEAD, [HOST, TYPE, CHUNKED], "1f4\r\nfirstName"),
    0,
    [0, 400],
    { hangUp: true },
  ],
  // Two readers may see the end of its body in two places: the rest must not pass as a request.
  [
    "a request behind a body of two lengths",
    request("POST", LEAD, [HOST, TYPE, "Content-Length: 4", CHUNKED], `${chunked(lead())}${post(LEAD, [ORIGIN])}`),
    -1,
    [202, 400],
  ],
  [
    "a trailer that is an origin",
    request(
      "POST",
      LEAD,
      [HOST, TYPE, CHUNKED, "Origin: https://evil.example"],
      `${(36).toString(16)}\r\n${lead()}\r\n0\r\n${ORIGIN}\r\n\r\n`,
    ),
    0,
    [400, 403],
  ],
  // Headers
  ["a header that goes on in the next line", post(LEAD, ["X-A: 1\r\n Origin: https://evil.example"]), 0, [400]],
  ["a space in front of the colon", post(LEAD, ["Origin : https://evil.example"]), 0, [400]],
  ["two origins", post(LEAD, [ORIGIN, "Origin: https://evil.example"]), 0, [403]],
  ["two origins, the other way round", post(LEAD, ["Origin: https://evil.example", ORIGIN]), 0, [403]],
  ["an origin in capitals", post(LEAD, [ORIGIN.replace("www", "WWW")]), 0, [403]],
  ["an origin with a path", post(LEAD, [`${ORIGIN}/`]), 0, [403]],
  ["an origin and more", post(LEAD, [`${ORIGIN}.evil.example`]), 0, [403]],
  [
    "the relay's own, so it says",
    post(LEAD, ["Origin: https://evil.example", "Sec-Fetch-Site: same-origin"]),
    0,
    [403],
  ],
  ["two hosts", post(LEAD, ["Host: evil.example", ORIGIN]), 0, [400, 404]],
  ["two types", post(LEAD, ["Content-Type: application/json", ORIGIN]), 0, [415]],
  ["another method in a header", request("GET", LEAD, [HOST, ORIGIN, "X-HTTP-Method-Override: POST"]), 0, [405]],
  ["headers without end", post(LEAD, [`X-A: ${"a".repeat(2_000_000)}`]), 0, [0, 400, 413, 431]],
  // Bodies that are packed
  [
    "gzip",
    Buffer.concat([
      Buffer.from(
        request("POST", LEAD, [HOST, TYPE, ORIGIN, "Content-Encoding: gzip", `Content-Length: ${gzip.length}`]),
      ),
      gzip,
    ]),
    0,
    [415],
  ],
  [
    "a bomb",
    Buffer.concat([
      Buffer.from(
        request("POST", LEAD, [HOST, TYPE, ORIGIN, "Content-Encoding: gzip", `Content-Length: ${bomb.length}`]),
      ),
      bomb,
    ]),
    0,
    [415],
  ],
  // Paths
  ...[
    `/${LEAD}`,
    LEAD.replace("/demo/", "/demo//"),
    `${LEAD}/`,
    `${LEAD}/..`,
    `${LEAD}%00`,
    `${LEAD};a=b`,
    LEAD.toUpperCase(),
    LEAD.replace("/welcome", "%2fwelcome"),
    LEAD.replace("welcome", "__proto__"),
    LEAD.replace("welcome", "constructor"),
    LEAD.replace("welcome", "relay:coordinator"),
    LEAD.replace("welcome", "relay%3Acoordinator"),
    LEAD.replace("welcome", "%"),
    LEAD.replace("demo", "other"),
  ].map(
    (path) =>
      /** @type {[string, string, number, number[]]} */ ([
        `POST ${path.replace(/[^ -~]/g, "?")}`,
        post(path, [ORIGIN]),
        0,
        [404],
      ]),
  ),
  ["a star", post("*", [ORIGIN]), 0, [400, 404]],
  ["two keys", post(`${LEAD}?submissionKey=a&submissionKey=b`, [ORIGIN]), 0, [400]],
  // The review
  ...[
    "/review",
    "/review/api/status",
    "/review/api/leads?listener=welcome",
    "//review",
    "/%72eview",
    "/x/../review/api/status",
    "/review%2fapi%2fstatus",
    "/review/api/%2e%2e/api/status",
  ].flatMap((path) =>
    ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"].map(
      (method) =>
        /** @type {[string, string, number, number[]]} */ ([
          `${method} ${path}`,
          request(method, path, [HOST, ORIGIN]),
          0,
          [404],
        ]),
    ),
  ),
  [
    "a secret in a cookie",
    request("GET", "/review/api/status", [HOST, `Cookie: authorization=Bearer ${SECRET}`]),
    0,
    [404],
  ],
  ["a secret in the query", request("GET", `/review/api/status?authorization=Bearer%20${SECRET}`, [HOST]), 0, [404]],
  ["two secrets", request("GET", "/review/api/status", [HOST, "Authorization: Bearer x", secret]), 0, [404]],
  ["the beginning of the secret", request("GET", "/review/api/status", [HOST, secret.slice(0, -1)]), 0, [404]],
  [
    "another page's order, without the secret",
    request(
      "POST",
      "/review/api/erase",
      [HOST, "Origin: https://evil.example", "Content-Type: text/plain", "Content-Length: 2"],
      "{}",
    ),
    0,
    [404],
  ],
];

test("a stranger at the door", async (t) => {
  const { worker, review } = await startRelay(t);
  const kept = async () => {
    const { listeners } = await review("status");
    return Object.values(listeners[0].counts).reduce((/** @type {number} */ sum, count) => sum + Number(count), 0);
  };
  for (const [name, bytes, taken, statuses, options] of attacks) {
    await t.test(name, async () => {
      const before = await kept();
      const { status, text } = await exchange(worker.url, bytes, options);
      assert.ok(statuses.includes(status), `${status}: ${text.slice(0, 300)}`);
      // -1: at most the first one.
      const more = (await kept()) - before;
      assert.ok(taken === -1 ? more <= 1 : more === taken, `${more} leads are kept`);
      assert.doesNotMatch(text, /set-cookie/i);
      assert.doesNotMatch(text, /evil\.example/, "it quotes nobody, least of all in a header");
    });
  }

  await t.test("two requests on one connection are two, and each passes the guards by itself", async () => {
    const foreign = post(LEAD, ["Origin: https://evil.example"]);
    const bytes = `${post(LEAD, [ORIGIN], two).replace("Connection: close\r\n", "")}${foreign}`;
    assert.deepEqual((await exchange(worker.url, bytes)).statuses, [202, 403]);
  });

  await t.test("neither preflights nor pages of others may use the review", async () => {
    for (const origin of [ORIGIN, "Origin: https://evil.example"]) {
      const ask = [
        HOST,
        origin,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization",
      ];
      const { status, text } = await exchange(worker.url, request("OPTIONS", "/review/api/erase", ask));
      assert.equal(status, 404);
      assert.doesNotMatch(text, /access-control-allow/i);
      const order = await exchange(worker.url, request("GET", "/review/api/status", [HOST, origin, secret]));
      assert.equal(order.status, 200);
      assert.doesNotMatch(order.text, /access-control-allow-origin/i, "its answer is for the relay's own page");
    }
  });

  await t.test("then it still takes leads, and nothing of it has broken", async () => {
    assert.equal((await exchange(worker.url, post(LEAD, [ORIGIN]))).status, 202);
    await worker.kill();
    assert.doesNotMatch(worker.output, /relay_failed|outbox_failed/);
  });
});
