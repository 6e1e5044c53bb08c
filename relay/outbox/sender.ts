// The only place where the outbox speaks to the API.
import { Botsplash } from "botsplash";
import { answered, failed } from "./outcome.ts";

/** The client's own, for the probe. */
const BASE_URL = "https://api.botsplash.com/open/v1";

const PROBE_TIMEOUT_MS = 10_000;

/**
 * @param {import("botsplash").ClientOptions} options
 * @param {import("./outcome.ts").Statuses} [statuses]
 */
export const createSender = (options, statuses) => {
  // One lead, one request: when to try again is decided by the outbox, which remembers.
  const client = new Botsplash({ ...options, retries: 0 });
  const { baseUrl = BASE_URL, timeoutMs = PROBE_TIMEOUT_MS } = options;

  return {
    /**
     * @param {string} listenerId
     * @param {import("botsplash").ListenerSubmit} submission
     * @returns {Promise<import("./outcome.ts").Verdict>}
     */
    send: (listenerId, submission) =>
      client.submitListener(listenerId, submission).then(answered, (error) => failed(error, statuses)),

    /** Is the API there? Texts nobody, and shows no credentials. @returns {Promise<number | undefined>} the status, if there was an answer */
    async probe() {
      const signal = AbortSignal.timeout(Math.min(timeoutMs, PROBE_TIMEOUT_MS));
      try {
        const { status } = await fetch(baseUrl, { method: "HEAD", redirect: "manual", signal });
        return status;
      } catch {
        return undefined;
      }
    },
  };
};
