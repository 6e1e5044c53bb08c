// The only place where the outbox speaks to the API.
import { Botsplash, type ClientOptions, type ListenerSubmit } from "botsplash";
import type { Runtime } from "../runtime.ts";
import { answered, failed, type Statuses, type Verdict } from "./outcome.ts";

/** The client's own, for the probe. */
const BASE_URL = "https://api.botsplash.com/open/v1";

const PROBE_TIMEOUT_MS = 10_000;

/** Makes one request when it is asked to, and says what came of it. Neither function rejects. */
export interface Sender {
  send(listenerId: string, submission: ListenerSubmit): Promise<Verdict>;
  /** Is the API there? Texts nobody, and shows no credentials. Resolves with the status, if there was a response. */
  probe(): Promise<number | undefined>;
}

export const createSender = (options: ClientOptions, runtime: Runtime, statuses?: Statuses): Sender => {
  // One lead, one request: when to try again is decided by the outbox, which remembers.
  const client = new Botsplash({ fetch: runtime.fetch, ...options, retries: 0 });
  const { baseUrl = BASE_URL, timeoutMs = PROBE_TIMEOUT_MS } = options;

  return {
    send: (listenerId, submission) =>
      client.submitListener(listenerId, submission).then(answered, (error) => failed(error, statuses)),

    async probe() {
      const signal = runtime.timeout(Math.min(timeoutMs, PROBE_TIMEOUT_MS));
      try {
        const { status } = await runtime.fetch(baseUrl, { method: "HEAD", redirect: "manual", signal });
        return status;
      } catch {
        return undefined;
      }
    },
  };
};
