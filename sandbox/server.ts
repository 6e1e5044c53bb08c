/**
 * The sandbox as a local HTTP server, for Node.
 * @module
 */
import { createServer } from "node:http";
import { CONTROL_PATH, control } from "./control.ts";
import { createCore } from "./core.ts";
import { sandboxOf } from "./sandbox.ts";

/**
 * @typedef {import("./faults.ts").Reply} Reply
 * @typedef {import("./options.ts").SandboxOptions} SandboxOptions
 * @typedef {import("./sandbox.ts").Sandbox} Sandbox
 *
 * @typedef {object} ServerOptions
 * @property {number} [port] Any free one unless given.
 * @property {string} [host] `127.0.0.1` unless given: nobody else can reach it.
 *
 * @typedef {object} RunningServer
 * @property {string} url The base URL, for the client's `baseUrl`.
 * @property {string} origin
 * @property {Sandbox} sandbox What is behind it.
 * @property {() => Promise<void>} close Ends it at once, open connections included.
 */

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Starts a sandbox behind a local HTTP server. Beside the API it serves `/_sandbox/`, for tests in
 * other processes: GET `ledger`, `requests`, `texts` and `state`; POST `reset` and `fault`.
 * @param {SandboxOptions & ServerOptions} [options]
 * @returns {Promise<RunningServer>}
 */
export async function startServer({ port = 0, host = "127.0.0.1", ...options } = {}) {
  const core = createCore(options);
  const sandbox = sandboxOf(core);
  const server = createServer((request, response) => {
    serve(core, sandbox, request, response).catch((error) => {
      // The caller has gone, or the sandbox has a bug that must not look like an answer.
      if (!response.destroyed) console.error("botsplash sandbox:", error);
      response.destroy();
    });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server.off("error", reject)));
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
  return {
    url: `${origin}${core.basePath}`,
    origin,
    sandbox,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import("./core.ts").Core} core
 * @param {Sandbox} sandbox
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function serve(core, sandbox, request, response) {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { method = "", url = "" } = request;
  const [path = "", query = ""] = splitOnce(url, "?");
  const bytes = await readBytes(request);
  const received = {
    method,
    path,
    query,
    headers: plainHeaders(request),
    bytes: bytes ?? new Uint8Array(),
    tooLarge: bytes === undefined,
  };
  if (path.startsWith(CONTROL_PATH)) return send(control(sandbox, received), response);
  send(await core.handle(received, gone.signal), response);
}

/** @param {Reply} reply @param {import("node:http").ServerResponse} response */
function send(reply, response) {
  if (reply === "hang") return;
  if (reply === "reset") return void response.socket?.resetAndDestroy();
  const { status, headers, body, ends } = reply;
  switch (ends) {
    case "whole":
      response.writeHead(status, headers);
      response.end(body);
      return;
    case "torn":
      response.writeHead(status, headers);
      response.write(body, () => response.destroy());
      return;
    case "never":
      response.writeHead(status, headers);
      response.write(body);
  }
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @returns {Promise<Uint8Array | undefined>} Nothing if the body is too large: then the rest of it is
 *   left to flow away, since a caller who is cut off while sending never sees the answer.
 */
function readBytes(request) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let size = 0;
    request.on("data", (chunk) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) return void chunks.push(chunk);
      chunks.length = 0;
      resolve(undefined);
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

/** @param {import("node:http").IncomingMessage} request @returns {Record<string, string>} */
function plainHeaders({ headers }) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** @param {string} text @param {string} separator */
function splitOnce(text, separator) {
  const index = text.indexOf(separator);
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
