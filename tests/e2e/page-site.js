import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { build } from "vite";
import { at } from "../../scripts/lib/paths.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";

/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Builds the page. @returns a folder of its own */
export const buildPage = async () => {
  const folder = temporaryFolder();
  await build({ root: at("www"), logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
  return folder;
};

/**
 * A file server that knows nothing of the page, which lies in a folder below its root.
 * @param {string} folder
 * @param {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => boolean} [other]
 *   what else is there on the host; answers whether the request was for it
 */
export const serve = async (folder, other = () => false) => {
  const path = "/some/folder/";
  const server = createServer((request, response) => {
    if (other(request, response)) return;
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const name = pathname === path ? "index.html" : pathname.slice(path.length);
    const file = join(folder, name);
    if (!pathname.startsWith(path) || !statSync(file, { throwIfNoEntry: false })?.isFile())
      return response.writeHead(404).end();
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
