import { once } from "node:events";
import { createServer } from "node:http";

/**
 * @typedef {object} Received A request exactly as it arrived.
 * @property {string} method
 * @property {string} target The request target as the request line has it.
 * @property {[name: string, value: string][]} headers As they were written, in their order.
 * @property {Buffer} body
 *
 * @typedef {import("node:http").ServerResponse} Response
 *
 * @typedef {((response: Response, received: Received) => void) & { early?: true }} Behavior What the
 *   server does with a request, once it has all of it; with `early`, as soon as it has the head.
 *
 * @typedef {object} Server
 * @property {string} url The base URL.
 * @property {string} origin
 * @property {Received[]} received
 * @property {() => Promise<void>} close
 */

/**
 * A real server on a port of its own. The first request meets the first behavior, the second the
 * second; the last one is for all that follow.
 * @param {{ after: (end: () => Promise<void>) => void }} t
 * @param {...Behavior} script
 * @returns {Promise<Server>}
 */
export async function serve(t, ...script) {
  /** @type {Received[]} */
  const received = [];
  const server = createServer(async (request, response) => {
    const behave = script[Math.min(received.length, script.length - 1)];
    const { method = "", url: target = "", rawHeaders } = request;
    const one = { method, target, headers: pairs(rawHeaders), body: Buffer.alloc(0) };
    received.push(one);
    try {
      if (!behave.early) one.body = await bytes(request);
    } catch {
      return; // The caller has gone.
    }
    behave(response, one);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  t.after(close);
  return { url: `${origin}/open/v1`, origin, received, close };
}

/** @param {AsyncIterable<Buffer>} stream */
async function bytes(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @param {string[]} flat @returns {[string, string][]} */
const pairs = (flat) => flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : []));
