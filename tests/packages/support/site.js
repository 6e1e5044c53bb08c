import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * A folder behind HTTP, as a static host would have it.
 * @param {import("node:test").TestContext} test
 * @param {string} folder
 * @param {(request: import("node:http").IncomingMessage, path: string) => Promise<Response> | undefined} [other]
 *   what else is there on the host
 * @returns {Promise<string>} its address
 */
export const serveFolder = async (test, folder, other = () => undefined) => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const answer = await other(request, pathname);
    if (answer) {
      const type = answer.headers.get("content-type") ?? "application/octet-stream";
      return response.writeHead(answer.status, { "content-type": type }).end(await answer.text());
    }
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`;
};
