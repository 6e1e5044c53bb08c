// The ways through a fixed address, as deploy/fixed-address has them, in real nginx and HAProxy. The tests hold what they
// preserve, and when they say that the API was never reached.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createSecureServer } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { onPath } from "../../../scripts/lib/browser.js";
import { at } from "../../../scripts/lib/paths.js";
import { freePort } from "../../../scripts/lib/ports.js";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";

const SECRET = "0123456789abcdef".repeat(4);

/** @param {number} port */
const listening = async (port) => {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const stands = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (stands) return;
    if (Date.now() > deadline) throw new Error("the hop does not listen");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** @param {string} text @param {[from: string | RegExp, to: string][]} changes each must be found, or the test tests another file */
const changed = (text, changes) =>
  changes.reduce((before, [from, to]) => {
    const after = before.replaceAll(from instanceof RegExp ? new RegExp(from, "gm") : from, to);
    if (after === before) throw new Error(`nothing like ${from} is in the configuration`);
    return after;
  }, text);

/**
 * @typedef {object} Hop
 * @property {string} program
 * @property {(folder: string, port: number, apiPort: number) => string[]} configure writes its files; returns its arguments
 */

/** @type {Record<string, Hop>} */
const hops = {
  nginx: {
    program: "nginx",
    configure(folder, port, apiPort) {
      const secret = join(folder, "secret.conf");
      writeFileSync(secret, `map $http_x_hop_secret $hop_knows { default 0; "~^${SECRET}$" 1; }`);
      const text = changed(readFileSync(at("deploy", "fixed-address", "nginx.conf"), "utf8"), [
        [/^user .*$/, process.getuid?.() === 0 ? "user root; daemon off;" : "daemon off;"],
        ["/run/nginx.pid", join(folder, "pid")],
        ["/var/log/nginx/error.log", join(folder, "error.log")],
        ["/var/log/nginx/hop.log", join(folder, "hop.log")],
        ["/etc/nginx/secret.conf", secret],
        [/^ *resolver .*$/, ""],
        [/^ *resolver_timeout .*$/, ""],
        ["listen 443 ssl;", `listen 127.0.0.1:${port};`],
        [/^ *ssl_certificate.*$/, ""],
        ["set $hop_api api.botsplash.com;", "set $hop_api api.test;"],
        // Its own name is looked up by nobody here.
        ["proxy_pass https://$hop_api;", `proxy_pass https://127.0.0.1:${apiPort};`],
        ["/etc/ssl/certs/ca-certificates.crt", join(folder, "cert.pem")],
      ]);
      const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((name) => `${name}_temp_path ${join(folder, name)};`)
        .join("\n");
      writeFileSync(join(folder, "nginx.conf"), text.replace("server_tokens off;", `server_tokens off;\n${temporary}`));
      return ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")];
    },
  },
  haproxy: {
    program: "haproxy",
    configure(folder, port, apiPort) {
      const text = changed(readFileSync(at("deploy", "fixed-address", "haproxy.cfg"), "utf8"), [
        ["bind :443 ssl crt /etc/haproxy/hop.example.com.pem", `bind 127.0.0.1:${port}`],
        ["/etc/haproxy/521.http", at("deploy", "fixed-address", "521.http")],
        ["ca-base /etc/ssl/certs", `ca-base ${folder}`],
        ["ca-certificates.crt", "cert.pem"],
        [/^resolvers[\s\S]*?(?=^frontend)/, ""],
        ["api.botsplash.com:443 resolvers system init-addr none resolve-prefer ipv4", `127.0.0.1:${apiPort}`],
        ["api.botsplash.com", "api.test"],
      ]);
      writeFileSync(join(folder, "haproxy.cfg"), text);
      return ["-db", "-f", join(folder, "haproxy.cfg")];
    },
  },
};

/** @typedef {{ method?: string, url?: string, headers: import("node:http").IncomingHttpHeaders, body: string }} Seen */

/** An API with a certificate for `api.test`, or another name. @param {string} folder @param {string} name */
const startApi = async (folder, name) => {
  const [key, cert] = ["key.pem", "cert.pem"].map((file) => join(folder, file));
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
  const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  execFileSync("openssl", ["req", ...kind, ...names], { stdio: "ignore" });
  /** @type {Seen[]} */
  const seen = [];
  /** @type {{ answer: (response: import("node:http").ServerResponse) => void }} */
  const conduct = { answer: (response) => response.end("{}") };
  const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("latin1")) body += chunk;
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body });
    conduct.answer(response);
  });
  const listen = async (port = 0) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  };
  const port = await listen();
  return {
    port,
    seen,
    conduct,
    listen: () => listen(port),
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

/** @param {import("node:test").TestContext} t @param {Hop} hop @param {string} [name] the API's */
const start = async (t, hop, name = "api.test") => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "logs"));
  const api = await startApi(folder, name);
  t.after(api.close);
  const port = await freePort();
  const child = spawn(hop.program, hop.configure(folder, port, api.port), {
    env: { ...process.env, HOP_SECRET: SECRET },
    stdio: "ignore",
  });
  const ended = once(child, "close");
  t.after(async () => {
    // Killed, nginx would leave its workers behind.
    child.kill("SIGTERM");
    await ended;
  });
  await listening(port);
  /** @param {string} [path] @param {RequestInit} [init] */
  const post = (path = "/open/v1/acme/listener/botsplash/welcome", init = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      body: '{"visitor":{}}',
      redirect: "manual",
      ...init,
      headers: { "X-Hop-Secret": SECRET, "Content-Type": "application/json", ...init.headers },
    });
  return { api, post, folder };
};

for (const [name, hop] of Object.entries(hops)) {
  const skip = onPath(hop.program) ? false : `${hop.program} is not installed`;

  test(`${name} passes on what comes, as it is, and keeps its secret`, { skip }, async (t) => {
    const { api, post } = await start(t, hop);
    const path = "/open/v1/a%20b/listener/botsplash/a%2Fb?api_key=a%2Bb%26&x=//..";
    const body = "é".repeat(1000);
    const headers = { Authorization: "Basic abc", "X-Forwarded-For": "203.0.113.1" };
    assert.equal((await post(path, { body, headers })).status, 200);
    const [seen] = api.seen;
    assert.deepEqual([seen?.method, seen?.url], ["POST", path]);
    assert.equal(Buffer.from(seen?.body ?? "", "latin1").toString(), body);
    assert.deepEqual(
      ["authorization", "content-type", "x-hop-secret", "x-forwarded-for", "host"].map((one) => seen?.headers[one]),
      ["Basic abc", "application/json", undefined, undefined, "api.test"],
    );
    assert.equal((await post("/", { method: "HEAD", body: null })).status, 200);
    assert.equal(api.seen[1]?.method, "HEAD");
    assert.equal((await post("/upload", { body: "x".repeat(5 * 1024 * 1024) })).status, 200);
  });

  test(`${name} passes on what the API answers, whatever it is`, { skip }, async (t) => {
    const { api, post } = await start(t, hop);
    for (const status of [200, 201, 302, 400, 401, 403, 404, 429, 500, 502, 503, 504, 521]) {
      api.conduct.answer = (response) =>
        response
          .writeHead(status, { "retry-after": "7", location: "https://elsewhere.test/" })
          .end(`{"status":${status}}`);
      const response = await post();
      assert.deepEqual(
        [response.status, response.headers.get("retry-after"), await response.text()],
        [status, "7", `{"status":${status}}`],
      );
    }
    assert.equal(api.seen.length, 13);
  });

  test(`${name} says 521 when the API was never reached, and goes on when it is there`, { skip }, async (t) => {
    const { api, post } = await start(t, hop);
    assert.equal((await post()).status, 200);
    await api.close();
    for (let time = 0; time < 3; time += 1) assert.equal((await post()).status, 521);
    assert.equal((await post("/", { method: "HEAD", body: null })).status, 521);
    await api.listen();
    assert.equal((await post()).status, 200);
    assert.equal(api.seen.length, 2);
  });

  test(`${name} says 521 when the certificate is another's, and sends nothing`, { skip }, async (t) => {
    const { api, post } = await start(t, hop, "other.test");
    assert.equal((await post()).status, 521);
    assert.equal(api.seen.length, 0);
  });

  test(`${name} does not say 521 where the connection was taken and then cut, and sends nothing twice`, {
    skip,
  }, async (t) => {
    const { api, post } = await start(t, hop);
    api.conduct.answer = (response) => response.socket?.destroy();
    const statuses = [];
    for (let time = 0; time < 3; time += 1) statuses.push((await post()).status);
    assert.deepEqual(statuses, [502, 502, 502]);
    assert.equal(api.seen.length, 3);
  });

  test(`${name} lets nobody pass without the secret`, { skip }, async (t) => {
    const { api, post } = await start(t, hop);
    for (const secret of ["", "wrong", `${SECRET}x`, SECRET.toUpperCase()]) {
      assert.equal((await post("/", { headers: { "X-Hop-Secret": secret } })).status, 403);
    }
    assert.equal(api.seen.length, 0);
  });
}
