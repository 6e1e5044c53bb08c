// Real sockets that fail in every way, and what the client says of each. It runs in Node, Bun and Deno alike, as a program
// of its own too: then it prints what it found.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { Botsplash } from "../../../pkg/dist/index.js";

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} expected the delivery
 * @property {string} url
 * @property {boolean} [isUsed] a call has been answered on a kept connection before
 *
 * @typedef {{ name: string, expected: string, found: string }} Found
 */

const SENT = "unknown";
const NOT_SENT = "not_sent";

/** @param {import("node:net").Server} server @returns {Promise<number>} its port */
const listen = (server) =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port)),
  );

/** @param {(socket: import("node:net").Socket) => void} serve */
const plain = (serve) =>
  createServer((socket) => {
    socket.on("error", () => {});
    serve(socket);
  });

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 16\r\nConnection: keep-alive\r\n\r\n{"success":true}';

/** @param {import("node:net").Socket} socket */
const reset = (socket) => (socket.resetAndDestroy ? socket.resetAndDestroy() : socket.destroy());

/** @param {{ after(end: () => void): void }} life @returns {Promise<Found[]>} */
export const playSockets = async (life) => {
  const folder = mkdtempSync(join(tmpdir(), "botsplash-tls-"));
  life.after(() => rmSync(folder, { recursive: true, force: true }));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  const subject = ["-subj", "/CN=localhost", "-days", "2", "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject], { stdio: "ignore" });
  const identity = { key: readFileSync(key), cert: readFileSync(cert) };

  const gone = createServer();
  const free = await listen(gone);
  await new Promise((resolve) => gone.close(resolve));

  /** The first request is answered, the second one is torn with the server gone. */
  const once = (/** @type {(socket: import("node:net").Socket) => void} */ tear) => {
    let requests = 0;
    const server = plain((socket) =>
      socket.on("data", () => {
        requests += 1;
        if (requests === 1) return void socket.write(OK);
        server.close();
        tear(socket);
      }),
    );
    return server;
  };
  const servers = {
    closes: plain((socket) => socket.once("data", () => socket.destroy())),
    resets: plain((socket) => socket.once("data", () => reset(socket))),
    garbage: plain((socket) => socket.once("data", () => socket.end("garbage\r\n\r\n"))),
    halfway: plain((socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Le"))),
    silent: plain(() => {}),
    selfSigned: createTlsServer(identity, (socket) => socket.on("error", () => {})),
    keptThenClosed: once((socket) => socket.destroy()),
    keptThenReset: once(reset),
  };
  servers.selfSigned.on("tlsClientError", () => {});
  /** @type {Record<string, number>} */
  const port = {};
  for (const [name, server] of Object.entries(servers)) {
    port[name] = await listen(server);
    life.after(() => server.close());
  }

  /** @type {Row[]} */
  const rows = [
    { name: "a refused connection", expected: NOT_SENT, url: `http://127.0.0.1:${free}` },
    { name: "a refused connection of a name", expected: NOT_SENT, url: `http://localhost:${free}` },
    { name: "a name that does not exist", expected: NOT_SENT, url: "http://no-such-host.invalid" },
    { name: "a certificate that nobody vouches for", expected: NOT_SENT, url: `https://127.0.0.1:${port.selfSigned}` },
    { name: "a connection that is closed after the request", expected: SENT, url: `http://127.0.0.1:${port.closes}` },
    { name: "a connection that is reset after the request", expected: SENT, url: `http://127.0.0.1:${port.resets}` },
    { name: "an answer that is not HTTP", expected: SENT, url: `http://127.0.0.1:${port.garbage}` },
    { name: "an answer that breaks off", expected: SENT, url: `http://127.0.0.1:${port.halfway}` },
    { name: "no answer in time", expected: SENT, url: `http://127.0.0.1:${port.silent}` },
    {
      name: "a kept connection that is closed",
      expected: SENT,
      url: `http://127.0.0.1:${port.keptThenClosed}`,
      isUsed: true,
    },
    {
      name: "a kept connection that is reset",
      expected: SENT,
      url: `http://127.0.0.1:${port.keptThenReset}`,
      isUsed: true,
    },
  ];
  const submission = { visitor: { phoneNumber: "3334445555" } };
  const found = [];
  for (const { name, expected, url, isUsed } of rows) {
    const client = new Botsplash({ appId: "acme", baseUrl: url, retries: 0, timeoutMs: 3000 });
    if (isUsed) await client.submitListener("welcome", submission);
    const delivery = await client.submitListener("welcome", submission).then(
      () => "answered",
      (error) => error.delivery,
    );
    found.push({ name, expected, found: delivery });
  }
  return found;
};
