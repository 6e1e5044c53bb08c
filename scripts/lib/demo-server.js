import { createServer } from "vite";
import { demoCredentials } from "../../sandbox/index.js";
import { startServer } from "../../sandbox/server.js";
import { at, pkg } from "./paths.js";

/**
 * The demo: the page on a development server, and behind it a sandbox that wants credentials.
 *
 * `/relay` stands in for a relay: it adds the credentials that a page must not have.
 * @param {{ port?: number }} [options] any free port unless one is given
 */
export const startDemo = async ({ port } = {}) => {
  const sandbox = await startServer();
  const [{ username, password }] = demoCredentials;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const page = await createServer({
    root: at("www"),
    logLevel: "warn",
    clearScreen: false,
    server: {
      host: "127.0.0.1",
      port: port ?? 0,
      strictPort: true,
      fs: { allow: [at("www"), pkg, at("node_modules")] },
      proxy: {
        "/relay": {
          target: sandbox.origin,
          headers: { authorization },
          rewrite: (path) => path.replace("/relay", new URL(sandbox.url).pathname),
        },
        // What the sandbox did, for the page to show.
        "/_sandbox": { target: sandbox.origin },
      },
    },
  });
  await page.listen();
  return {
    url: /** @type {import("vite").ResolvedServerUrls} */ (page.resolvedUrls).local[0],
    sandbox: sandbox.sandbox,
    close: () => Promise.all([page.close(), sandbox.close()]),
  };
};
