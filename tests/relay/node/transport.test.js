// The host's `fetch`, and its claims about a failed request, judged by the bytes that a server has seen.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { createTransport } from "../../../relay/node/transport.ts";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";

/** @param {import("node:test").TestContext} t @param {Partial<import("../../../relay/node/transport.ts").TransportOptions>} [options] */
const open = (t, options) => {
  /** @type {string[]} */
  const codes = [];
  const transport = createTransport({ connectTimeoutMs: 30_000, onNeverSent: (code) => codes.push(code), ...options });
  t.after(transport.close);
  /** @param {string} url @param {RequestInit} [init] */
  const post = (url, init) => transport.fetch(url, { method: "POST", body: "{}", ...init });
  return { post, codes, fetch: transport.fetch };
};

/** @param {import("node:test").TestContext} t @param {import("node:net").Server} server */
const listen = async (t, server) => {
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
};

/** @param {string} name @returns a certificate that nobody has signed, for this name */
const certificate = (name) => {
  const folder = temporaryFolder();
  const [key, cert] = ["key.pem", "cert.pem"].map((file) => join(folder, file));
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name},IP:127.0.0.1`];
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", ...kind, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
};

test("a refused connection was never sent, on every address of a name", async (t) => {
  const gone = createServer();
  const port = await listen(t, gone);
  gone.close();
  await once(gone, "close");
  const { post, codes } = open(t);
  for (const host of ["127.0.0.1", "localhost", "[::1]"])
    assert.equal((await post(`http://${host}:${port}`)).status, 521);
  assert.deepEqual(new Set(codes), new Set(["ECONNREFUSED"]));
});

test("a name that leads nowhere was never sent", async (t) => {
  const { post, codes } = open(t);
  assert.equal((await post("http://nobody.invalid/")).status, 521);
  assert.match(String(codes), /^(ENOTFOUND|EAI_AGAIN)$/);
});

test("where the connection stands only in part, nothing was sent: TLS that fails, and TLS that never comes", async (t) => {
  const [own, other] = [certificate("127.0.0.1"), certificate("elsewhere.test")];
  let requests = 0;
  const count = () => {
    requests += 1;
  };
  const untrusted = await listen(t, createSecureServer(own, count));
  const plain = await listen(
    t,
    createServer(count).on("clientError", (_, socket) => socket.destroy()),
  );
  let bytes = "";
  const cuts = await listen(
    t,
    createSocketServer((socket) =>
      socket.once("data", (data) => {
        bytes += data.toString("latin1");
        socket.destroy();
      }),
    ),
  );
  const silent = await listen(
    t,
    createSocketServer((socket) =>
      socket.on("data", (data) => {
        bytes += data.toString("latin1");
      }),
    ),
  );

  const { post, codes } = open(t);
  const hasty = open(t, { connectTimeoutMs: 1000 });
  for (const port of [untrusted, plain, cuts, silent]) {
    const response = await (port === silent ? hasty : { post }).post(`https://127.0.0.1:${port}/secret-path`, {
      headers: { authorization: "Basic secret" },
    });
    assert.equal(response.status, 521);
  }
  const wrongName = open(t, { ca: other.cert });
  const named = await listen(t, createSecureServer(other, count));
  assert.equal((await wrongName.post(`https://localhost:${named}`)).status, 521);
  assert.equal(requests, 0);
  assert.doesNotMatch(bytes, /POST|secret/);
  assert.equal(codes[0], "DEPTH_ZERO_SELF_SIGNED_CERT");
  assert.ok(!codes.includes("CONNECT_TIMEOUT"));
  assert.deepEqual(hasty.codes, ["CONNECT_TIMEOUT"]);
});

test("over TLS that holds, it is sent", async (t) => {
  const own = certificate("127.0.0.1");
  const port = await listen(
    t,
    createSecureServer(own, (request, response) => response.end(request.headers["x"])),
  );
  const { post } = open(t, { ca: own.cert });
  assert.equal(await (await post(`https://127.0.0.1:${port}`, { headers: { x: "y" } })).text(), "y");
});

test("a connection that was taken and then cut is uncertain, before a byte was read and after", async (t) => {
  const atOnce = await listen(
    t,
    createSocketServer((socket) => socket.resetAndDestroy()),
  );
  const later = await listen(
    t,
    createServer((_, response) => response.socket?.destroy()),
  );
  const { post, codes } = open(t);
  for (const port of [atOnce, later]) {
    for (let time = 0; time < 5; time += 1) {
      // The system may tell of the reset before it tells that the connection stood: then nothing was handed over.
      const outcome = await post(`http://127.0.0.1:${port}`).then(
        ({ status }) => status,
        (error) => error.name,
      );
      assert.ok(outcome === "TypeError" || (port === atOnce && outcome === 521), String(outcome));
      if (port === later) assert.equal(outcome, "TypeError");
    }
  }
  assert.ok(codes.length <= 5);
});

test("an answer that never comes is uncertain, and ends with its signal", async (t) => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const port = await listen(
    t,
    createServer(() => controller.abort(reason)),
  );
  const { post, codes } = open(t);
  await assert.rejects(post(`http://127.0.0.1:${port}`, { signal: controller.signal }), reason);
  await assert.rejects(post(`http://127.0.0.1:${port}`, { signal: controller.signal }), reason);
  assert.deepEqual(codes, []);
});

test("a status is known, though the body breaks off", async (t) => {
  const port = await listen(
    t,
    createServer((_, response) => {
      response.writeHead(400, { "content-length": 100, "retry-after": "7" });
      response.write("{", () => response.destroy());
    }),
  );
  const { post } = open(t);
  const response = await post(`http://127.0.0.1:${port}`);
  assert.deepEqual([response.status, response.headers.get("retry-after")], [400, "7"]);
  await assert.rejects(response.text());
});

test("a body that nobody wants ends with its connection", { timeout: 20_000 }, async (t) => {
  /** @type {(value?: undefined) => void} */
  let done = () => {};
  const closed = new Promise((resolve) => {
    done = resolve;
  });
  const port = await listen(
    t,
    createServer((_, response) => {
      response.once("close", done);
      response.writeHead(200);
      const write = () => void (!response.destroyed && response.write("x".repeat(65_536), () => setImmediate(write)));
      write();
    }),
  );
  const { post } = open(t);
  await (await post(`http://127.0.0.1:${port}`)).body?.cancel();
  await closed;
});

test("an asked HEAD, a redirect and an empty answer are what they are", async (t) => {
  const port = await listen(
    t,
    createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "", "http://a");
      response.writeHead(Number(pathname.slice(1)), { location: "/200" }).end();
    }),
  );
  const { post, fetch } = open(t);
  assert.equal((await fetch(`http://127.0.0.1:${port}/401`, { method: "HEAD" })).status, 401);
  for (const status of [204, 302, 308]) assert.equal((await post(`http://127.0.0.1:${port}/${status}`)).status, status);
});

test("connections are used again, and dropped after a second without a request", { timeout: 20_000 }, async (t) => {
  const server = createServer((request, response) => request.resume().once("end", () => response.end("{}")));
  server.keepAliveTimeout = 60_000;
  let connections = 0;
  /** @type {Promise<unknown>[]} */
  const ends = [];
  server.on("connection", (socket) => {
    connections += 1;
    ends.push(once(socket, "close"));
  });
  const port = await listen(t, server);
  const { post } = open(t);
  for (let time = 0; time < 3; time += 1) await (await post(`http://127.0.0.1:${port}`)).text();
  assert.equal(connections, 1);
  // By the client, since the server would keep it for a minute.
  await Promise.all(ends);
});

test("twenty sends at the moment when a server drops what is idle all arrive", async (t) => {
  const server = createServer((request, response) => request.resume().once("end", () => response.end("{}")));
  // As servers behind load balancers do; Node adds to it in what it tells.
  server.keepAliveTimeout = 1100;
  const port = await listen(t, server);
  const { post, codes } = open(t);
  /** @param {number} number */
  const pair = async (number) => {
    await (await post(`http://127.0.0.1:${port}`)).text();
    await new Promise((resolve) => setTimeout(resolve, 1100 + (number - 10) * 2));
    await (await post(`http://127.0.0.1:${port}`)).text();
  };
  await Promise.all(Array.from({ length: 20 }, (_, number) => pair(number)));
  assert.deepEqual(codes, []);
});
