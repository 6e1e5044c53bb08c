import type { ClientOptions } from "botsplash";
import type { Fetch } from "../exchange.ts";
import { type Backstage, behindSandbox } from "./backstage.ts";

/** How long the responses take, so that people can watch them come. */
const LATENCY_MS = 300;

let routes: NonNullable<ClientOptions["routes"]> = {};

const start = async (): Promise<{ fetch: Fetch; backstage: Backstage }> => {
  const { createSandbox, demoCredentials } = await import("botsplash/sandbox");
  const sandbox = createSandbox({ latencyMs: LATENCY_MS, routes });
  const [{ username, password }] = demoCredentials;
  return {
    // This stands in for a relay: it adds the credentials, which open nothing but this sandbox.
    fetch: (request) => {
      const headers = new Headers(request.headers);
      headers.set("Authorization", `Basic ${btoa(`${username}:${password}`)}`);
      return sandbox.fetch(new Request(request, { headers }));
    },
    backstage: behindSandbox(sandbox),
  };
};

let started: ReturnType<typeof start> | undefined;

/** The page's own sandbox, loaded when it is first needed. */
export const inPage = () => (started ??= start());

/** From now on it has these routes, and forgets whom it knew. */
export const speak = (others: typeof routes) => {
  routes = others;
  started = undefined;
};
