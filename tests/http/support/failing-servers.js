// Real sockets that fail in every way. They run in Node, Bun and Deno alike, in a process that trusts the tests' authority.
import { connect, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { certificates } from "./certificates.js";

/** @typedef {{ after(end: () => void): void }} Life */

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

/** TLS holds, and breaks when the request has arrived: whoever stands in between sends what no TLS has. */
const breaking = async (/** @type {Life} */ life) => {
  /** @type {import("node:net").Socket | undefined} */
  let client;
  const server = createTlsServer(certificates.good, (socket) => {
    socket.on("error", () => {});
    socket.once("data", () => client?.end("garbage\r\n\r\n"));
  });
  life.after(() => server.close());
  const port = await listen(server);
  return plain((socket) => {
    client = socket;
    const behind = connect(port, "127.0.0.1").on("error", () => {});
    socket.pipe(behind);
    behind.pipe(socket, { end: false });
  });
};

/**
 * @param {Life} life
 * @param {string | number | undefined} fullPort of a server that full-server.js starts
 * @returns the URL for each case by its name, and the names of those whose TLS has let something through
 */
export const serveFailures = async (life, fullPort) => {
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
  /** Those whose TLS let something through: a certificate that nobody takes may not. @type {Set<string>} */
  const heard = new Set();
  /** @param {string} name @param {import("node:tls").TlsOptions} options */
  const secure = (name, options) =>
    createTlsServer(options, (socket) => {
      socket.on("error", () => {});
      socket.on("data", () => heard.add(name));
    }).on("tlsClientError", () => {});
  const servers = {
    closes: plain((socket) => socket.once("data", () => socket.destroy())),
    resets: plain((socket) => socket.once("data", () => reset(socket))),
    garbage: plain((socket) => socket.once("data", () => socket.end("garbage\r\n\r\n"))),
    halfway: plain((socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Le"))),
    silent: plain(() => {}),
    noCipher: plain((socket) => socket.once("data", () => socket.end(alertOf(HANDSHAKE_FAILURE)))),
    noVersion: plain((socket) => socket.once("data", () => socket.end(alertOf(PROTOCOL_VERSION)))),
    selfSigned: secure("a certificate that nobody vouches for", certificates.selfSigned),
    expired: secure("a certificate that has expired", certificates.expired),
    other: secure("a certificate for another host", certificates.other),
    mutual: secure("a TLS server that wants the client's certificate", { ...certificates.good, requestCert: true }),
    breaks: await breaking(life),
    keptThenClosed: once((socket) => socket.destroy()),
    keptThenReset: once(reset),
  };
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
    // The loopback's broadcast address: the system refuses it by itself, as it does where no network is.
    "a network without a route": "http://127.255.255.255",
    "a connection that is not made in time": `http://127.0.0.1:${fullPort}`,
    "a certificate that nobody vouches for": `https://127.0.0.1:${port.selfSigned}`,
    "a certificate that has expired": `https://127.0.0.1:${port.expired}`,
    "a certificate for another host": `https://127.0.0.1:${port.other}`,
    "a TLS handshake that finds no cipher": `https://127.0.0.1:${port.noCipher}`,
    "a TLS handshake that finds no version": `https://127.0.0.1:${port.noVersion}`,
    "a TLS handshake that is closed": `https://127.0.0.1:${port.closes}`,
    "a TLS handshake that is reset": `https://127.0.0.1:${port.resets}`,
    "a TLS handshake with a server without TLS": `https://127.0.0.1:${port.garbage}`,
    "a TLS server that wants the client's certificate": `https://127.0.0.1:${port.mutual}`,
    "a TLS connection that breaks after the request": `https://127.0.0.1:${port.breaks}`,
    "a connection that is closed after the request": `http://127.0.0.1:${port.closes}`,
    "a connection that is reset after the request": `http://127.0.0.1:${port.resets}`,
    "a response that is not HTTP": `http://127.0.0.1:${port.garbage}`,
    "a response that breaks off": `http://127.0.0.1:${port.halfway}`,
    "no response in time": `http://127.0.0.1:${port.silent}`,
    "a kept connection that is closed": `http://127.0.0.1:${port.keptThenClosed}`,
    "a kept connection that is reset": `http://127.0.0.1:${port.keptThenReset}`,
  };
  return { urls, heard };
};
