// A `fetch` that knows whether a request ever left this machine.
//
// Nothing of a request is handed over before its connection stands, TLS included. So one that fails before is known not
// to have been sent, by where it failed and not by what the error is called.
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Socket } from "node:net";

/** The answer of a proxy that could not reach the server: the outbox keeps the lead, and tries again. */
const NEVER_REACHED = 521;

/**
 * How long a connection is kept without a request. Servers drop theirs after five seconds or more; who sends on one at
 * that very moment cannot know what came of it.
 */
const IDLE_MS = 1000;

/** For each address of a name that has several; the 250 ms that are Node's own are too few on slow networks. */
const EACH_ADDRESS_MS = 2500;

export interface TransportOptions {
  /** For look-up, connection and TLS together. It must be less than a request may take in all. */
  readonly connectTimeoutMs: number;
  /** Told why a request was never sent: a code such as `ECONNREFUSED`. */
  readonly onNeverSent?: (code: string) => void;
  /** Certificates to trust beside the system's own, in PEM. */
  readonly ca?: string;
}

export interface Transport {
  /** As the global one, for requests whose body is a text or bytes. It follows no redirects. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly close: () => void;
}

export const createTransport = ({ connectTimeoutMs, onNeverSent, ca }: TransportOptions): Transport => {
  const options = {
    keepAlive: true,
    timeout: IDLE_MS,
    autoSelectFamilyAttemptTimeout: EACH_ADDRESS_MS,
    ...(ca !== undefined && { ca }),
  };
  const agents = { "http:": new HttpAgent(options), "https:": new HttpsAgent(options) };

  const send = (url: URL, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { method = "GET", headers, body, signal } = init;
      const isSecure = url.protocol === "https:";
      const request = (isSecure ? requestHttps : requestHttp)(url, {
        method,
        headers: { accept: "*/*", "accept-encoding": "identity", ...plain(headers) },
        agent: agents[isSecure ? "https:" : "http:"],
      });
      let isHandedOver = false;
      let isTooLate = false;

      const handOver = (): void => {
        clearTimeout(patience);
        if (request.destroyed) return;
        isHandedOver = true;
        request.end(body ?? undefined);
      };
      const patience = setTimeout(() => {
        isTooLate = true;
        request.destroy();
      }, connectTimeoutMs);
      const abort = (): void => void request.destroy();
      signal?.addEventListener("abort", abort, { once: true });
      const finish = (): void => {
        clearTimeout(patience);
        signal?.removeEventListener("abort", abort);
      };

      request.once("socket", (socket: Socket) => {
        if (request.reusedSocket) handOver();
        else socket.once(isSecure ? "secureConnect" : "connect", handOver);
      });
      request.once("response", (incoming) => {
        incoming.once("close", finish);
        resolve(responseOf(incoming, method));
      });
      request.on("error", (error: NodeJS.ErrnoException) => {
        finish();
        if (signal?.aborted) return reject(signal.reason);
        if (isHandedOver) return reject(new TypeError("The request failed.", { cause: error }));
        onNeverSent?.(isTooLate ? "CONNECT_TIMEOUT" : codeOf(error));
        resolve(new Response(null, { status: NEVER_REACHED }));
      });
      if (signal?.aborted) abort();
    });

  return {
    fetch: (url, init = {}) => send(new URL(url), init),
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
};

/** The client gives them as a plain object, and a `fetch` of the owner's may hand on anything. */
const plain = (headers: RequestInit["headers"]): Record<string, string> =>
  headers === undefined || Object.getPrototypeOf(headers) === Object.prototype
    ? (headers as Record<string, string>)
    : Object.fromEntries(new Headers(headers));

const NO_BODY = [101, 204, 205, 304];

/** Its status is known before its body, and stays known when that breaks off. */
const responseOf = (incoming: IncomingMessage, method: string): Response => {
  const { statusCode = 0, rawHeaders } = incoming;
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  if (method === "HEAD" || NO_BODY.includes(statusCode)) {
    incoming.resume();
    return new Response(null, { status: statusCode, headers });
  }
  return new Response(bodyOf(incoming), { status: statusCode, headers });
};

const bodyOf = (incoming: IncomingMessage): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      incoming.on("data", (chunk: Buffer) => {
        controller.enqueue(new Uint8Array(chunk));
        if ((controller.desiredSize ?? 1) <= 0) incoming.pause();
      });
      incoming.once("end", () => controller.close());
      // Also where its request was destroyed.
      incoming.once("error", (error) => controller.error(error));
    },
    pull: () => void incoming.resume(),
    cancel: () => void incoming.destroy(),
  });

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? error.name;
