import { createServer as createHttpServer } from "node:http";
import { createServer } from "vite";
import { startServer } from "../../sandbox/server.ts";
import { at, pkg } from "../lib/paths.js";
import { Trouble } from "../lib/run.js";
import { serveDesk } from "./demo-desk.js";
import { serveForm } from "./demo-form.js";
import { startRelay } from "./demo-relay.js";

/**
 * The demo: the page on a development server, a relay in workerd behind `/relay`, and behind that a sandbox that wants
 * credentials. At `/form/` there is the example Worker's lead form, which posts to the same relay.
 * @param {{ port?: number }} [options] any free port unless one is given
 */
export const startDemo = async ({ port = 0 } = {}) => {
  // It listens first, since the relay has to know the page's origin.
  const http = createHttpServer();
  await new Promise((resolve, reject) => {
    http.once("error", ({ message }) => reject(new Trouble(message)));
    http.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const sandbox = await startServer();
  const address = /** @type {import("node:net").AddressInfo} */ (http.address());
  const origins = ["127.0.0.1", "localhost"].map((host) => `http://${host}:${address.port}`);
  const relay = await startRelay({ api: sandbox.url, origins });
  const page = await createServer({
    root: at("www"),
    logLevel: "warn",
    clearScreen: false,
    plugins: [
      {
        name: "form",
        configureServer({ middlewares }) {
          middlewares.use("/form", serveForm);
          middlewares.use("/_relay", serveDesk(relay));
          // Who starts over wants a relay that has nothing to do, and does what comes.
          middlewares.use(
            "/_sandbox/reset",
            (_request, _response, next) => void relay.startOver().then(() => next(), next),
          );
        },
      },
    ],
    server: {
      middlewareMode: true,
      hmr: { server: http },
      fs: { allow: [at("www"), pkg, at("node_modules")] },
      proxy: {
        "/relay": { target: relay.url },
        "/form/lead": { target: relay.url, rewrite: () => "/relay/demo/listener/botsplash/form" },
        // The sandbox's records, for the page to show.
        "/_sandbox": { target: sandbox.origin },
      },
    },
  });
  http.on("request", page.middlewares);
  return {
    url: `${origins[0]}/`,
    sandbox: sandbox.sandbox,
    close: async () => {
      http.close();
      http.closeAllConnections();
      await Promise.all([relay.stop(), page.close(), sandbox.close()]);
    },
  };
};
