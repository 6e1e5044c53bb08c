import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { demoCredentials } from "../../../sandbox/index.ts";
import { startServer } from "../../../sandbox/server.ts";
import { pkg } from "../../../scripts/lib/paths.js";
import { startWorker } from "../../../scripts/lib/worker.js";
import { startGate } from "./gate.js";
import { eventually } from "./outbox.js";

/** 127.0.0.1 under a name that makes a page of it an insecure one. */
export const INSECURE = "form.test";
const REVIEW_SECRET = "0123456789abcdef0123456789abcdef";

const source = `
  import { createRelay } from "botsplash/relay";

  const relay = createRelay(({ OPTIONS, USERNAME, PASSWORD }) => ({
    ...OPTIONS,
    auth: { username: USERNAME, password: PASSWORD },
    rateLimit: false,
  }));
  export const Outbox = relay.Outbox;
  export default relay;`;

/**
 * Pages with forms on one origin, a relay on another behind a gate, and the sandbox behind it.
 * @returns ends with `stop()`
 */
export const startSite = async () => {
  const api = await startServer();
  /** @type {Map<string, { html: string, headers: Record<string, string> }>} */
  const pages = new Map();
  /** @type {string[]} what was posted to the site itself: paths */
  const ownPosts = [];
  /** @type {string[]} what else was asked of it: method and path */
  const visits = [];
  const site = createServer(({ url = "", method }, response) => {
    const path = url.replace(/\?.*/, "");
    if (method === "POST") ownPosts.push(path);
    if (!/\.(js|ico)$/.test(path)) visits.push(`${method} ${url}`);
    const send = (/** @type {string} */ type, /** @type {string | Buffer} */ text, headers = {}) =>
      response.writeHead(200, { "content-type": type, ...headers }).end(text);
    if (path === "/form-auto.js") return send("text/javascript", readFileSync(join(pkg, "dist", "form-auto.js")));
    if (path === "/thanks")
      return send("text/html; charset=utf-8", "<!doctype html><title>Thanks</title><h1>Thanks</h1>");
    if (path === "/nothing") return response.writeHead(204).end();
    if (path === "/download")
      return send("application/octet-stream", "1", { "content-disposition": "attachment; filename=a.bin" });
    // An answer that never comes.
    if (path === "/silence") return;
    const page = pages.get(path);
    if (page === undefined) return response.writeHead(404).end();
    send("text/html; charset=utf-8", page.html, page.headers);
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (site.address());
  const [page, insecurePage] = ["127.0.0.1", INSECURE].map((host) => `http://${host}:${port}`);

  const [{ username, password }] = demoCredentials;
  // The key alone has to tell what is the same lead.
  const common = { numberCap: 1000, successUrl: `${page}/thanks`, dedupeWindowMs: 0 };
  /** @type {Omit<import("../../../relay/index.ts").RelayOptions, "auth">} */
  const options = {
    appId: "demo",
    baseUrl: api.url,
    origins: [page, insecurePage],
    listeners: {
      welcome: { ...common, fields: ["firstName", "phoneNumber", "message"] },
      sales: { ...common, fields: ["firstName", "phoneNumber", "message"] },
      nameless: { ...common, fields: ["firstName", "message"] },
    },
    reviewSecret: REVIEW_SECRET,
  };
  const relay = await startWorker({ source, env: { OPTIONS: options, USERNAME: username, PASSWORD: password } });
  const gate = await startGate(() => relay.url);

  /** @returns {Promise<Record<import("../../../relay/index.ts").LeadState, number>>} of all listeners together */
  const counts = async () => {
    const headers = { authorization: `Bearer ${REVIEW_SECRET}` };
    const answer = await fetch(`${relay.url}review/api/status`, { headers });
    /** @type {Record<string, number>} */
    const sums = {};
    for (const { counts } of (await answer.json()).listeners) {
      for (const [state, count] of Object.entries(counts)) sums[state] = (sums[state] ?? 0) + Number(count);
    }
    return sums;
  };

  return {
    sandbox: api.sandbox,
    relay,
    gate,
    page,
    insecurePage,
    ownPosts,
    visits,
    action: `${gate.url}demo/listener/botsplash/welcome`,
    sales: `${gate.url}demo/listener/botsplash/sales`,
    nameless: `${gate.url}demo/listener/botsplash/nameless`,
    /** @param {string} html @param {Record<string, string>} [headers] @returns {string} its path */
    add: (html, headers = {}) => {
      const path = `/form/${pages.size}`;
      pages.set(path, { html, headers });
      return path;
    },
    /** From now on counts what comes. */
    count: async () => {
      // A request that an earlier test did not wait for arrives first: else it would count as this one's.
      await eventually(async () => {
        const { isQuiet } = gate;
        const { queued = 0, sending = 0 } = await counts();
        return (isQuiet && queued + sending === 0) || `${queued + sending} on their way`;
      });
      const [textsBefore, { delivered: before = 0 }] = [api.sandbox.texts.length, await counts()];
      /** @param {number} leads how many there must be @returns everybody who was texted, once no lead is on its way any more */
      return async (leads) => {
        await eventually(async () => {
          const { delivered = 0, ...others } = await counts();
          const left = Object.values(others).some((count) => count > 0);
          return (
            (delivered - before === leads && !left) || JSON.stringify({ delivered: delivered - before, ...others })
          );
        });
        return api.sandbox.texts.slice(textsBefore).map(({ to, text }) => `${to}: ${text}`);
      };
    },
    stop: async () => {
      site.closeAllConnections();
      site.close();
      gate.close();
      await Promise.all([relay.stop(), api.close()]);
    },
  };
};
