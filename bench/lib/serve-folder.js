import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

/** @type {Record<string, string>} */
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript" };

/**
 * A folder behind HTTP.
 * @param {string} folder
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export const serveFolder = async (folder) => {
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://127.0.0.1");
    const file = join(folder, pathname);
    // To a page that is alone, the clock is shown to five microseconds.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    if (pathname === "/")
      return response.setHeader("Content-Type", types[".html"]).end("<!doctype html><title>bench</title>");
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return {
    url: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};
