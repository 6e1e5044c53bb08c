// Between Node's requests and responses and those of the web.
import type { IncomingMessage, ServerResponse } from "node:http";

/** A body that is stated to be no longer is read before the request is handed on: that is quicker than a stream. */
const READ_AT_ONCE_BYTES = 65_536;

/** A header that Cloudflare sets. Here anybody could have set it. */
const CLIENT_ADDRESS = "cf-connecting-ip";

/**
 * @param client the visitor's address
 * @returns undefined for a request that is not for this server.
 */
export const toRequest = async (incoming: IncomingMessage, client: string): Promise<Request | undefined> => {
  const { method = "GET", rawHeaders, headers: named } = incoming;
  const url = urlOf(incoming);
  if (!url) return undefined;
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  headers.set(CLIENT_ADDRESS, client);
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  const isShort = Number(named["content-length"] ?? Infinity) <= READ_AT_ONCE_BYTES;
  const body = isShort ? await readAll(incoming) : streamOf(incoming);
  return new Request(url, { method, headers, body, duplex: "half" } as RequestInit);
};

const urlOf = ({ url = "", rawHeaders, headers: { host = "" } }: IncomingMessage): string | undefined => {
  // No other server is asked for by way of this one. A backslash would become a slash, behind a proxy that saw none.
  if (!url.startsWith("/") || url.includes("\\")) return undefined;
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
  if (hosts.length > 1) return undefined;
  const base = /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(host) ? host : "localhost";
  return URL.canParse(`http://${base}${url}`) ? `http://${base}${url}` : undefined;
};

/** Rejects where the connection ends before it. Events cost a third of what iterating costs. */
const readAll = (incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    incoming.once("error", reject);
  });

/** Once nobody reads it any more, what still comes is dropped: a stream that has ended takes nothing, and throws. */
const streamOf = (incoming: IncomingMessage): ReadableStream<Uint8Array> => {
  let isRead = true;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      incoming.pause();
      incoming.on("data", (chunk: Buffer) => {
        if (!isRead) return;
        controller.enqueue(new Uint8Array(chunk));
        incoming.pause();
      });
      incoming.once("end", () => isRead && controller.close());
      incoming.once("error", (error) => controller.error(error));
    },
    pull: () => void incoming.resume(),
    cancel: () => {
      isRead = false;
    },
  });
};

/** How much of a body that was refused is still read, and for how long, so that its sender sees the response. */
const LINGER_BYTES = 1024 * 1024;
const LINGER_MS = 2000;

/** @param isLast the connection is closed behind it */
export const sendResponse = async (
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isLast: boolean,
): Promise<void> => {
  const body = response.body && new Uint8Array(await response.arrayBuffer());
  const isRead = incoming.complete || incoming.readableEnded;
  const headers: Record<string, string | number> = Object.fromEntries(response.headers);
  if (body) headers["content-length"] = body.byteLength;
  if (isLast || !isRead) headers["connection"] = "close";
  outgoing.writeHead(response.status, headers);
  outgoing.end(body ?? undefined);
  if (!isRead) linger(incoming);
};

const linger = (incoming: IncomingMessage): void => {
  let bytes = 0;
  incoming.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > LINGER_BYTES) incoming.destroy();
  });
  incoming.on("error", () => {});
  incoming.resume();
  const timer = setTimeout(() => incoming.destroy(), LINGER_MS);
  incoming.once("close", () => clearTimeout(timer));
};
