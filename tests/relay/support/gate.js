import { createServer, request as httpRequest } from "node:http";

/**
 * @typedef {object} Post what came to the relay's door
 * @property {string} method
 * @property {string} path
 * @property {string} mode `navigate`, when it was the browser that sent the form
 * @property {[string, string][]} fields in their order; a file is its name
 */

/**
 * A door before a relay: it writes down who comes, and can hold them up.
 * @param {() => string} target where the relay is
 */
export const startGate = async (target) => {
  /** @type {Post[]} */
  let posts = [];
  /** @type {((request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => unknown)[]} */
  let plans = [];
  /** How many are on their way to the relay. */
  let passing = 0;
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = "", url = "", headers } = request;
    if (method === "POST") {
      const mode = String(headers["sec-fetch-mode"] ?? "");
      posts.push({ method, path: url, mode, fields: await fieldsOf(headers["content-type"], body) });
      // True: it goes no further.
      if (await plans.shift()?.(request, response)) return;
    }
    passing += 1;
    const options = { method, headers: { ...headers, host: new URL(target()).host } };
    const passed = httpRequest(new URL(url, target()), options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    passed.once("close", () => (passing -= 1));
    passed.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    get posts() {
      return posts;
    },
    /** Whether nothing is on its way to the relay. */
    get isQuiet() {
      return passing === 0;
    },
    /** Begins anew. */
    reset() {
      posts = [];
      plans = [];
    },
    /** The next post, after those that have a plan already, comes to the relay at once. */
    pass() {
      plans.push(() => false);
    },
    /** The next post, after those that have a plan already, comes to the relay when `open` is called. */
    hold() {
      /** @type {() => void} */
      let open = () => {};
      const opened = new Promise((resolve) => (open = () => resolve(false)));
      plans.push(() => opened);
      return open;
    },
    /** The next post comes to the relay, and its response is lost. */
    loseAnswer() {
      plans.push((_, response) => {
        response.on("pipe", () => response.destroy());
      });
    },
    /** The next post gets this answer and comes no further. @param {number} status @param {Record<string, string>} [headers] */
    answer(status, headers = {}) {
      plans.push(({ headers: { origin } }, response) => {
        const cors = { "access-control-allow-origin": origin ?? "*", "access-control-expose-headers": "Retry-After" };
        response.writeHead(status, { ...cors, ...headers }).end("{}");
        return true;
      });
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** @param {string | undefined} type @param {Buffer} body @returns {Promise<[string, string][]>} */
const fieldsOf = async (type, body) => {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type ?? "" } }).formData();
    return [...form].map(([name, value]) => [name, typeof value === "string" ? value : value.name]);
  } catch {
    return [["", body.toString()]];
  }
};
