// Real sockets that fail in every way, and what the client says of each. It runs in Node, Bun and Deno alike, as a program
// of its own too: then it prints what it found.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { Botsplash } from "../../../pkg/dist/index.js";
import { connectionCases, knownIn } from "./connection-cases.js";

/** @typedef {{ name: string, expected: string, found: string }} Found */

/** @returns {import("./connection-cases.js").Runtime} this one */
const runtime = () => ("Deno" in globalThis ? "Deno" : "Bun" in globalThis ? "Bun" : "Node");

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

/** The reason for its end, as TLS calls it. */
const HANDSHAKE_FAILURE = 0x28;
const PROTOCOL_VERSION = 0x46;

/** @param {number} reason @returns {Uint8Array} the record of TLS that ends a handshake */
const alertOf = (reason) => Uint8Array.of(0x15, 3, 3, 0, 2, 2, reason);

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
    noCipher: plain((socket) => socket.once("data", () => socket.end(alertOf(HANDSHAKE_FAILURE)))),
    noVersion: plain((socket) => socket.once("data", () => socket.end(alertOf(PROTOCOL_VERSION)))),
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

  /** @type {Record<string, string>} */
  const urls = {
    "a refused connection": `http://127.0.0.1:${free}`,
    "a refused connection of a name": `http://localhost:${free}`,
    "a name that does not exist": "http://no-such-host.invalid",
    "a certificate that nobody vouches for": `https://127.0.0.1:${port.selfSigned}`,
    "a TLS handshake that finds no cipher": `https://127.0.0.1:${port.noCipher}`,
    "a TLS handshake that finds no version": `https://127.0.0.1:${port.noVersion}`,
    "a TLS handshake that is closed": `https://127.0.0.1:${port.closes}`,
    "a TLS handshake that is reset": `https://127.0.0.1:${port.resets}`,
    "a TLS handshake with a server without TLS": `https://127.0.0.1:${port.garbage}`,
    "a connection that is closed after the request": `http://127.0.0.1:${port.closes}`,
    "a connection that is reset after the request": `http://127.0.0.1:${port.resets}`,
    "a response that is not HTTP": `http://127.0.0.1:${port.garbage}`,
    "a response that breaks off": `http://127.0.0.1:${port.halfway}`,
    "no response in time": `http://127.0.0.1:${port.silent}`,
    "a kept connection that is closed": `http://127.0.0.1:${port.keptThenClosed}`,
    "a kept connection that is reset": `http://127.0.0.1:${port.keptThenReset}`,
  };
  const submission = { visitor: { phoneNumber: "3334445555" } };
  const found = [];
  for (const one of connectionCases) {
    const { name } = one;
    const client = new Botsplash({ appId: "acme", baseUrl: urls[name] ?? "", retries: 0, timeoutMs: 3000 });
    if (name.startsWith("a kept")) await client.submitListener("welcome", submission);
    const delivery = await client.submitListener("welcome", submission).then(
      () => "answered",
      (error) => error.delivery,
    );
    found.push({ name, expected: knownIn(one, runtime()), found: delivery });
  }
  return found;
};
