import { demoCredentials } from "../../../sandbox/index.ts";
import { startServer } from "../../../sandbox/server.ts";
import { PAGE, SECRET } from "./ingress.js";
import { startWorker } from "./worker.js";

const source = `
  import { createRelay } from "./relay/index.ts";

  const relay = createRelay(({ API_URL: baseUrl, USERNAME: username, PASSWORD: password, OPTIONS }) => ({
    ...{ appId: "demo", baseUrl, auth: { username, password }, rateLimit: false },
    ...OPTIONS,
  }));
  export const Outbox = relay.Outbox;

  const now = Date.now;
  let later = 0;
  Date.now = () => now() + later;

  export default {
    ...relay,
    fetch(request, env) {
      if (!request.url.endsWith("/later")) return relay.fetch(request, env);
      later += 8 * 3_600_000;
      return new Response();
    },
  };`;

/**
 * A relay in workerd, and the sandbox that it sends to.
 * @param {import("node:test").TestContext} test
 * @param {Record<string, unknown>} [options] of the relay, as far as they are JSON
 */
export const startRelay = async (test, options) => {
  const api = await startServer();
  test.after(api.close);
  const [{ username, password }] = demoCredentials;
  const OPTIONS = { origins: [PAGE], listeners: { welcome: {} }, reviewSecret: SECRET, ...options };
  const worker = await startWorker(test, {
    source,
    env: { API_URL: api.url, USERNAME: username, PASSWORD: password, OPTIONS },
  });

  /** @param {string} path */
  const review = async (path) => {
    const answer = await fetch(`${worker.url}review/api/${path}`, { headers: { Authorization: `Bearer ${SECRET}` } });
    return answer.json();
  };

  /**
   * Resolves when the listener has so many leads in each of these states.
   * @param {Partial<Record<import("../../../relay/outbox/types.ts").LeadState, number>>} wanted
   * @param {boolean} [isPaused] and sending is paused
   */
  const until = async (wanted, isPaused = false) => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const { listeners } = await review("status");
      const [{ counts, paused }] = listeners;
      const isSo = Object.entries(wanted).every(([state, count]) => counts[state] === count);
      if (isSo && (paused !== undefined || !isPaused)) return;
      if (Date.now() > deadline)
        throw new Error(`It never came to ${JSON.stringify(wanted)}: ${JSON.stringify(counts)}\n${worker.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  /** Puts the relay's clock forward by eight hours. */
  const eightHoursLater = () => fetch(`${worker.url}later`);

  return {
    worker,
    sandbox: api.sandbox,
    address: `${worker.url}demo/listener/botsplash/welcome`,
    review,
    until,
    eightHoursLater,
  };
};
