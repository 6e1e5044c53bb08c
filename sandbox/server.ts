/**
 * The sandbox as a local HTTP server, for Node.
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CONTROL_PATH, control } from "./control.ts";
import { type Core, createCore, type RequestEvent } from "./core.ts";
import type { Reply } from "./faults.ts";
import type { SandboxOptions } from "./options.ts";
import { type Sandbox, sandboxOf } from "./sandbox.ts";

export interface ServerOptions extends SandboxOptions {
  /** Any free one unless given. */
  port?: number | undefined;
  /** `127.0.0.1` unless given: nobody else can reach it. */
  host?: string | undefined;
  /** Told of every request to the API, but not of those to `/_sandbox/`. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
}

export interface RunningServer {
  /** The base URL, for the client's `baseUrl`. */
  url: string;
  origin: string;
  /** The sandbox behind it. */
  sandbox: Sandbox;
  /** Ends it at once, open connections included. */
  close: () => Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Starts a sandbox behind a local HTTP server. Beside the API it serves `/_sandbox/`, for tests in
 * other processes: GET `ledger`, `requests`, `texts` and `state`; POST `reset` and `fault`.
 */
export async function startServer({
  port = 0,
  host = "127.0.0.1",
  onRequest,
  ...options
}: ServerOptions = {}): Promise<RunningServer> {
  const core = createCore(options, onRequest);
  const sandbox = sandboxOf(core);
  const server = createServer((request, response) => {
    serve(core, sandbox, request, response).catch((error) => {
      // The caller has gone, or the sandbox has a bug that must not look like an answer.
      if (!response.destroyed) console.error("botsplash sandbox:", error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
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

async function serve(core: Core, sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { method = "", url = "" } = request;
  const [path, query] = splitOnce(url, "?");
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

function send(reply: Reply, response: ServerResponse): void {
  if (reply === "hang") return;
  if (reply === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body, ends } = reply;
  response.writeHead(status, headers);
  if (ends === "whole") response.end(body);
  else if (ends === "torn") response.write(body, () => response.destroy());
  else response.write(body);
}

/**
 * @returns Nothing if the body is too large. Then the rest of it is left to flow away, since a caller who
 *   is cut off while sending never sees the response.
 */
function readBytes(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve(undefined);
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function splitOnce(text: string, separator: string): [before: string, after: string] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
