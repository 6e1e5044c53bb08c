// The only place where the outbox speaks to the API.
import { type AttemptEvent, Botsplash, type BotsplashError, type ClientOptions, type ListenerSubmit } from "botsplash";
import type { Runtime } from "../runtime.ts";
import { newId } from "./id.ts";
import { answered, failed, type OutcomeOptions, type Verdict } from "./outcome.ts";

/** The client's own, for the probe. */
const BASE_URL = "https://api.botsplash.com/open/v1";

/** The client's own. */
const TIMEOUT_MS = 30_000;

const PROBE_TIMEOUT_MS = 5000;

/** Whether the API knows an id; `unclear`: it did not say. */
export type Found = "known" | "unknown" | "unclear";

/** Makes one request when it is asked to, and says what came of it. No function rejects. */
export interface Sender {
  /** The longest that a request takes, in milliseconds. */
  readonly timeoutMs: number;
  send(listenerId: string, submission: ListenerSubmit): Promise<Verdict>;
  /** Is the API there? Texts nobody, and shows no credentials. Resolves with the status, if there was a response. */
  probe(): Promise<number | undefined>;
  /**
   * Does the API know this `clientVisitorId`? Asks with `listMeetings`, which changes nothing.
   * @param delivered an id that it must know, if it can be believed that it does not know the other
   */
  find(visitorId: string, delivered: string | undefined): Promise<Found>;
}

export const createSender = (options: ClientOptions, runtime: Runtime, outcomes: OutcomeOptions = {}): Sender => {
  // One lead, one request: when to try again is decided by the outbox, which remembers.
  const { baseUrl = BASE_URL, timeoutMs = TIMEOUT_MS, fetch = runtime.fetch } = options;
  const alone = { ...options, fetch, retries: 0 };
  const client = new Botsplash(alone);

  /** The client tells the status of a success to its hook alone, and only the owner's `isDelivered` asks for it. */
  const sendWithStatus = async (listenerId: string, submission: ListenerSubmit): Promise<Verdict> => {
    let status: number | undefined;
    const onAttempt = (event: AttemptEvent): void => {
      status = event.status;
    };
    const client = new Botsplash({ ...alone, onAttempt });
    try {
      return answered(await client.submitListener(listenerId, submission), outcomes, status);
    } catch (error) {
      return failed(error, outcomes);
    } finally {
      client[Symbol.dispose]();
    }
  };

  const statusOf = async (method: "HEAD" | "GET"): Promise<number | undefined> => {
    const signal = runtime.timeout(Math.min(timeoutMs, PROBE_TIMEOUT_MS));
    try {
      const response = await fetch(baseUrl, { method, redirect: "manual", signal });
      void response.body?.cancel().catch(() => {});
      return response.status;
    } catch {
      return undefined;
    }
  };

  /** 404: nobody has this id; 200: somebody has. */
  const lookUp = async (clientVisitorId: string): Promise<number | undefined> => {
    try {
      await client.listMeetings({ clientVisitorId });
      return 200;
    } catch (error) {
      const { httpStatus, delivery } = error as Partial<BotsplashError>;
      return delivery === "rejected" ? httpStatus : undefined;
    }
  };

  return {
    timeoutMs,
    send: (listenerId, submission) =>
      outcomes.isDelivered
        ? sendWithStatus(listenerId, submission)
        : client.submitListener(listenerId, submission).then(
            (response) => answered(response, outcomes),
            (error) => failed(error, outcomes),
          ),

    async probe() {
      // Something in front of the API may dislike one method.
      return (await statusOf("HEAD")) ?? (await statusOf("GET"));
    },

    async find(visitorId, delivered) {
      const status = await lookUp(visitorId);
      // An id that nobody has, in case the API says yes to all of them.
      if (status === 200)
        return (await lookUp(newId(runtime.now(), runtime.randomBytes(10)))) === 404 ? "known" : "unclear";
      if (status !== 404 || delivered === undefined) return "unclear";
      return (await lookUp(delivered)) === 200 ? "unknown" : "unclear";
    },
  };
};
