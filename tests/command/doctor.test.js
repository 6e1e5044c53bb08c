// Each thing wrong in turn, and the sentence that a person needs. Real sockets judge that the doctor only reads.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createNetServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { examine } from "../../command/doctor/examine.ts";
import { realWorld } from "../../command/doctor/world.ts";
import { startServer } from "../../sandbox/server.ts";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { authority, certificates } from "../http/support/certificates.js";
import { basic, json } from "../sandbox/box.js";
import { samples } from "../sandbox/samples.js";
import { limits, run } from "./run-command.js";

const auth = { username: "demo", password: "demo-password" };
const env = { BOTSPLASH_APP_ID: "acme", BOTSPLASH_USERNAME: auth.username, BOTSPLASH_PASSWORD: auth.password };

/** @param {import("node:test").TestContext} t @param {Parameters<typeof startServer>[0]} [options] */
async function sandbox(t, options) {
  const server = await startServer(options);
  t.after(server.close);
  await server.sandbox.fetch("https://api.example/open/v1/acme/listener/botsplash/welcome", {
    method: "POST",
    body: JSON.stringify(samples.listener),
    headers: { ...json, Authorization: basic },
  });
  server.sandbox.requests.length = 0;
  server.sandbox.texts.length = 0;
  server.sandbox.ledger.length = 0;
  return server;
}

/**
 * @param {import("node:test").TestContext} t
 * @param {string} baseUrl
 * @param {readonly string[]} [args]
 * @param {Record<string, string>} [more] environment
 */
async function doctor(t, baseUrl, args = [], more = {}) {
  const ended = await run(t, ["doctor", "--base-url", baseUrl, "--json", ...args], { env: { ...env, ...more } });
  assert.equal(ended.stderr, "");
  for (const secret of [auth.password, Buffer.from(`${auth.username}:${auth.password}`).toString("base64"), "12345"]) {
    assert.ok(!ended.stdout.includes(secret), secret);
  }
  const { findings } = JSON.parse(ended.stdout);
  return { code: ended.code, of: byCheck(findings), findings };
}

/** @param {import("../../command/doctor/finding.ts").Finding[]} findings */
const byCheck = (findings) => {
  assert.deepEqual(
    findings.map(({ check }) => check),
    ["name", "tls", "api", "credentials", "address", "route", "lookup", "clock"],
  );
  return (/** @type {string} */ check) => {
    const found = findings.find((one) => one.check === check);
    return `${found?.verdict}: ${found?.sentence}`;
  };
};

/** @param {import("node:test").TestContext} t @param {import("node:http").RequestListener} listener */
async function answering(t, listener) {
  const server = createHttpServer(listener);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}/open/v1`;
}

test("where all is right, every finding says so, and nobody is texted", limits, async (t) => {
  const { url, sandbox: box } = await sandbox(t);
  const { code, findings } = await doctor(t, url, ["--visitor", "12345"]);
  assert.deepEqual(
    findings.map((/** @type {any} */ { verdict }) => verdict),
    Array(8).fill("right"),
    JSON.stringify(findings, null, 1),
  );
  assert.equal(code, 0);
  assert.ok(box.requests.length >= 4);
  assert.deepEqual(
    box.requests.filter(({ method }) => method !== "GET"),
    [],
  );
  assert.deepEqual([box.texts, box.ledger], [[], []]);
});

test("whatever the API answers, the doctor sends reads alone", limits, async (t) => {
  for (const status of [200, 302, 401, 404, 500]) {
    /** @type {string[]} */
    const lines = [];
    const url = await answering(t, (request, response) => {
      lines.push(`${request.method} ${request.url}`);
      let size = 0;
      request.on("data", (chunk) => (size += chunk.length));
      request.on("end", () => lines.push(`${size} bytes`));
      response.writeHead(status, { "content-type": "application/json", location: "/elsewhere" }).end("{}");
    });
    await doctor(t, url, ["--visitor", "12345"]);
    assert.ok(lines.length > 0);
    for (const line of lines) {
      assert.match(
        line,
        /^0 bytes$|^GET \/open\/v1\/acme\/[^/]+(\/visitor)?\/clientVisitorId\/[^/]+(\/meeting)?$|^GET \/open\/v1\/acme\/visitor\/clientVisitorId\/[^/]+\/meeting$/,
      );
    }
  }
});

test("a route that would write is not taken", limits, async (t) => {
  const { url, sandbox: box } = await sandbox(t);
  const folder = temporaryFolder();
  const routes = join(folder, "routes.json");
  writeFileSync(routes, JSON.stringify({ listMeetings: "POST /{appId}/visitor/{idType}/{idValue}/meeting" }));
  const { code, of } = await doctor(t, url, ["--routes", routes]);
  assert.equal(code, 1);
  assert.match(of("api"), /^wrong: /);
  assert.deepEqual(box.requests, []);
});

test("credentials that are not taken", limits, async (t) => {
  const { url } = await sandbox(t, { credentials: [{ apiKey: "other" }] });
  const { code, of } = await doctor(t, url);
  assert.equal(code, 1);
  assert.match(of("api"), /^right/);
  assert.match(of("credentials"), /^wrong: The API does not take them \(401\): check user name and password/);
  assert.match(of("address"), /^unknown/);
  assert.match(of("route"), /^skipped/);
});

test("no credentials, where they are wanted and where not", limits, async (t) => {
  const none = { BOTSPLASH_USERNAME: "", BOTSPLASH_PASSWORD: "" };
  const wanted = await doctor(t, (await sandbox(t)).url, [], none);
  assert.match(wanted.of("credentials"), /^wrong: None are given, and the API wants them \(401\)/);
  const open = await sandbox(t, { credentials: false });
  assert.match(
    (await doctor(t, open.url, [], none)).of("credentials"),
    /^unknown: None are given, and the API asks for none/,
  );
  assert.match((await doctor(t, open.url)).of("credentials"), /^unknown: The API answers the same without them/);
});

test("an address that is not allow-listed", limits, async (t) => {
  const url = await answering(t, (_, response) => {
    response.writeHead(403, { "content-type": "application/json" }).end('{"error":"forbidden"}');
  });
  const { code, of } = await doctor(t, url, ["--visitor", "12345"]);
  assert.equal(code, 1);
  assert.match(of("address"), /^wrong: .*\(403\): most likely this machine's address is not allow-listed/);
  assert.match(of("credentials"), /^unknown/);
});

test("a host that is another's", limits, async (t) => {
  const page = await answering(t, (_, response) => {
    response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not found</h1>");
  });
  assert.match((await doctor(t, page)).of("api"), /^wrong: A page answers \(404\), not the API: check --base-url/);
  const moved = await answering(t, (_, response) => {
    response.writeHead(301, { location: "https://secret.example/" }).end();
  });
  const { of } = await doctor(t, moved);
  assert.match(of("api"), /^wrong: The server redirects elsewhere \(301\)/);
  assert.doesNotMatch(of("api"), /secret/);
  const text = await answering(t, (_, response) => response.writeHead(404).end("nothing"));
  assert.match((await doctor(t, text)).of("api"), /^unknown: Something answers with 404, and not in JSON/);
});

test("an API that has trouble, or that asks for fewer requests", limits, async (t) => {
  for (const [status, said] of /** @type {const} */ ([
    [503, /^wrong: The API has trouble of its own \(503\)/],
    [429, /^wrong: The API asks for fewer requests \(429\)/],
  ])) {
    const url = await answering(t, (_, response) => response.writeHead(status).end());
    const { code, of } = await doctor(t, url);
    assert.equal(code, 1);
    assert.match(of("api"), said);
    assert.match(of("credentials"), /^skipped/);
  }
});

test("a host where nothing listens, and one that cuts the connection", limits, async (t) => {
  assert.match((await doctor(t, "http://127.0.0.1:1")).of("api"), /^wrong: No answer came/);
  const cutting = createNetServer((socket) => socket.destroy());
  await new Promise((resolve) => cutting.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => cutting.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (cutting.address());
  assert.match((await doctor(t, `http://127.0.0.1:${port}`)).of("api"), /^wrong: No answer came/);
  assert.match((await doctor(t, `https://127.0.0.1:${port}`)).of("tls"), /^wrong: No TLS connection to 127\.0\.0\.1/);
});

/** @type {[name: keyof typeof certificates, trusted: boolean, said: RegExp][]} */
const handshakes = [
  ["good", true, /^right: TLS works; the server's certificate is good until \d{4}-\d\d-\d\d\./],
  ["good", false, /^wrong: The server's certificate comes from an authority that this machine does not trust/],
  ["other", true, /^wrong: The server's certificate is for another name/],
  ["expired", true, /^wrong: The server's certificate has expired/],
];
for (const [name, trusted, said] of handshakes) {
  test(`TLS with a certificate that is ${name}${trusted ? "" : " but not trusted"}`, limits, async (t) => {
    const server = createHttpsServer(certificates[name], (_, response) => {
      response.writeHead(404, { "content-type": "application/json" }).end("{}");
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    t.after(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const folder = temporaryFolder();
    const file = join(folder, "authority.pem");
    writeFileSync(file, authority);
    const { of } = await doctor(t, `https://localhost:${port}`, [], trusted ? { NODE_EXTRA_CA_CERTS: file } : {});
    assert.match(of("tls"), said);
    assert.match(of("api"), said.source.includes("right") ? /^right/ : /^skipped/);
  });
}

test("a server without TLS, and http: to elsewhere", limits, async (t) => {
  const { url } = await sandbox(t);
  assert.match(
    (await doctor(t, url.replace("http:", "https:"))).of("tls"),
    /^wrong: No TLS connection.*does not speak TLS/,
  );
  const world = { ...realWorld, resolve: async () => 1, fetch: async () => Response.json({}, { status: 404 }) };
  const findings = await examine({ appId: "acme", auth, baseUrl: "http://api.example" }, undefined, world);
  assert.match(byCheck(findings)("tls"), /^wrong: The base URL begins with http, so credentials travel in the clear/);
});

test("a name that does not resolve", limits, async () => {
  for (const [code, said] of /** @type {const} */ ([
    ["ENOTFOUND", /^wrong: The name api\.botsplash\.com does not resolve \(ENOTFOUND\): check how it is spelled/],
    [
      "EAI_AGAIN",
      /^wrong: The name api\.botsplash\.com does not resolve \(EAI_AGAIN\): check this machine's connection/,
    ],
  ])) {
    const world = {
      ...realWorld,
      resolve: () => Promise.reject(Object.assign(new Error("getaddrinfo"), { code })),
      handshake: () => assert.fail("nothing else is asked"),
      fetch: () => assert.fail("nothing else is asked"),
    };
    assert.match(byCheck(await examine({ appId: "acme", auth }, undefined, world))("name"), said);
  }
});

test("a clock that is wrong, or not to be told", limits, async (t) => {
  const { url } = await sandbox(t);
  for (const [hours, said] of /** @type {const} */ ([
    [-2, /^wrong: This machine's clock is 7\d\d\d seconds behind the server's: set it\./],
    [2, /^wrong: This machine's clock is 7\d\d\d seconds ahead of the server's/],
  ])) {
    const world = { ...realWorld, now: () => Date.now() + hours * 3_600_000 };
    assert.match(byCheck(await examine({ appId: "acme", auth, baseUrl: url }, undefined, world))("clock"), said);
  }
  const timeless = await answering(t, (_, response) => {
    response.sendDate = false;
    response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
  assert.match((await doctor(t, timeless)).of("clock"), /^unknown: The server does not tell its time/);
});

test("routes: with a visitor, without one, and with the wrong one", limits, async (t) => {
  const moved = await sandbox(t, {
    routes: {
      listMeetings: "GET /{appId}/calendar/{idType}/{idValue}",
      scheduleMeeting: "POST /{appId}/calendar/{idType}/{idValue}",
    },
  });
  const wrong = await doctor(t, moved.url, ["--visitor", "12345"]);
  assert.equal(wrong.code, 1);
  assert.match(
    wrong.of("route"),
    /^wrong: listMeetings answers 404 for that visitor, as for a path that cannot exist: the route is wrong/,
  );
  const method = await sandbox(t, {
    routes: {
      listMeetings: "PUT /{appId}/visitor/{idType}/{idValue}/meeting",
      scheduleMeeting: "PATCH /{appId}/visitor/{idType}/{idValue}/meeting",
    },
  });
  assert.match(
    (await doctor(t, method.url)).of("route"),
    /^wrong: The route of listMeetings does not take GET \(405\): botsplash contract/,
  );

  const { url } = await sandbox(t);
  const without = await doctor(t, url);
  assert.equal(without.code, 0);
  assert.match(
    without.of("route"),
    /^unknown: Nobody can tell a wrong route from an unknown visitor: give --visitor <id>\..*speaks for the route/,
  );
  const withoutAndMoved = await doctor(t, moved.url);
  assert.match(withoutAndMoved.of("route"), /^unknown: Nobody can tell .* as it does for a path that cannot exist/);
  const unknown = await doctor(t, url, ["--visitor", "nobody"]);
  assert.match(
    unknown.of("route"),
    /^unknown: listMeetings answers 404 .* the route seems to hold, and the visitor is unknown/,
  );
});

test("lookup works only where an unknown visitor is a 404", limits, async (t) => {
  for (const [status, said] of /** @type {const} */ ([
    [404, /^right: A visitor that cannot exist is a 404: onAmbiguous: "lookup" would work here/],
    [400, /^wrong: A visitor that cannot exist is a 400 and not a 404: onAmbiguous: "lookup" would not work here/],
    [200, /^wrong: A visitor that cannot exist is a 200/],
  ])) {
    const url = await answering(t, (request, response) => {
      if (request.headers.authorization !== basic) return response.writeHead(401).end();
      const code = request.url?.endsWith("/12345/meeting") ? 200 : status;
      return response.writeHead(code, { "content-type": "application/json" }).end('{"count":0}');
    });
    const { of } = await doctor(t, url, ["--visitor", "12345"]);
    assert.match(of("route"), /^right/);
    assert.match(of("lookup"), said);
  }
});

test("people read a line for each question", limits, async (t) => {
  const { url } = await sandbox(t);
  const { stdout } = await run(t, ["doctor", "--base-url", url, "--visitor", "12345"], { env });
  assert.equal(stdout.trim().split("\n").length, 8);
  assert.match(stdout, /^right {3}name {9}127\.0\.0\.1 is an address/);
});

/** @type {[args: string[], said: RegExp][]} */
const misused = [
  [["--password", "secret"], /Credentials never go into arguments/],
  [["--id-type", "phone"], /--id-type must be clientVisitorId or clientAppId/],
  [["--app-id", ""], /The account is missing/],
];
for (const [args, said] of misused) {
  test(`doctor ${args.join(" ")} is the status 2`, limits, async (t) => {
    const { code, stderr } = await run(t, ["doctor", ...args], { env });
    assert.equal(code, 2);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /secret/);
  });
}
