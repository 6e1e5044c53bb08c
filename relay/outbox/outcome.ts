// The outcome of a send, and the lead's state after it.
import { type BotsplashError, bodyOf, type ListenerSubmitResponse } from "botsplash";

/**
 * The result of a send:
 *
 * - `delivered`: the API said yes;
 * - `busy`: nothing was done, and it may be done later;
 * - `refused`: nothing was done. It may be about us (credentials, this address, a route) or about this lead: other leads
 *   tell;
 * - `rejected`: nothing was done, and nothing will be: the lead's content is wrong;
 * - `uncertain`: nobody can tell whether it was processed;
 * - `unconfirmed`: a success that does not say so. Nobody can tell either, but it may well have been processed.
 */
export type Outcome = "delivered" | "busy" | "refused" | "rejected" | "uncertain" | "unconfirmed";

export interface Verdict {
  outcome: Outcome;
  /** In words without personal data. */
  reason: string;
  status?: number | undefined;
  requestId?: string;
  retryAfterMs?: number | undefined;
  /** Whatever other leads show, the lead is not to blame: a 401, or a client that is set up wrongly. */
  isOurs?: true;
}

/** States by HTTP status, where an API's responses mean something else than usual. */
export type Statuses = { [status: number]: "queued" | "rejected" | "review" };

/** Whether a success means that the lead was taken, where an account's API says so in another way. */
export type IsDelivered = (response: { status: number; body: unknown }) => boolean;

/** The documented one. */
const saysSuccess: IsDelivered = ({ body }) => (body as ListenerSubmitResponse | null | undefined)?.success === true;

export interface OutcomeOptions {
  statuses?: Statuses | undefined;
  isDelivered?: IsDelivered | undefined;
}

/**
 * Responses which say that nothing was done, and that it may be done later. They are 425 and 429, and Cloudflare's own
 * when it could not reach the API. A 503 says so with `Retry-After`; the rest of 5xx tells nothing.
 */
const NOT_PROCESSED: readonly number[] = [425, 429, 521, 523, 525, 526, 530];

/** Responses that are about who asks, or where: a lead is refused by them for good only if another one is taken. */
const ABOUT_US: readonly number[] = [401, 402, 403, 404, 405, 407, 410, 421, 451];

/** The API answered with success. */
export const answered = (response: ListenerSubmitResponse, options: OutcomeOptions = {}, status = 200): Verdict =>
  succeeded(status, response, options);

/**
 * The client rejected.
 * @param error with which
 */
export const failed = (error: unknown, options: OutcomeOptions = {}): Verdict => {
  const { httpStatus: status, code, delivery, field, retryAfterMs } = (error ?? {}) as Partial<BotsplashError>;
  if (delivery === "accepted") return succeeded(status ?? 200, bodyOf(error), options);
  if (status !== undefined) {
    return { ...byStatus(status, retryAfterMs, options.statuses?.[status]), status, retryAfterMs };
  }
  if (delivery === "not_sent") return neverSent(code, field);
  const what = code === "timeout" ? "No response came in time" : "The connection failed";
  return { outcome: "uncertain", reason: `${what}: nobody can tell whether the API processed the lead.` };
};

const succeeded = (status: number, body: unknown, { isDelivered = saysSuccess }: OutcomeOptions): Verdict => {
  if (!safely(isDelivered, { status, body })) {
    const reason = `The API answered ${status} without saying that it took the lead: nobody can tell whether it did.`;
    return { outcome: "unconfirmed", reason, status };
  }
  const requestId = (body as ListenerSubmitResponse | null | undefined)?.requestId;
  return {
    outcome: "delivered",
    reason: "The API has taken the lead.",
    ...(typeof requestId === "string" && { requestId }),
  };
};

/** The owner's function must not cost a lead. */
const safely = (isDelivered: IsDelivered, response: { status: number; body: unknown }): boolean => {
  try {
    return isDelivered(response) === true;
  } catch {
    return false;
  }
};

const byStatus = (status: number, retryAfterMs?: number, configured?: Statuses[number]): Verdict => {
  switch (configured ?? usual(status, retryAfterMs)) {
    case "refused": {
      const isOurs = status === 401 || status === 407;
      const what = isOurs ? "the credentials" : "the lead, or this address, account or route";
      return { outcome: "refused", reason: `The API refused ${what} (${status}).`, ...(isOurs && { isOurs }) };
    }
    case "queued":
      return { outcome: "busy", reason: `The API could not take the lead yet (${status}).` };
    case "rejected":
      return { outcome: "rejected", reason: `The API refused the lead (${status}).` };
    default:
      return {
        outcome: "uncertain",
        reason: `The API failed (${status}): nobody can tell whether it processed the lead.`,
      };
  }
};

const usual = (status: number, retryAfterMs?: number): Statuses[number] | "refused" => {
  if (NOT_PROCESSED.includes(status) || (status === 503 && retryAfterMs !== undefined)) return "queued";
  if (ABOUT_US.includes(status) || status < 400) return "refused";
  return status < 500 && status !== 408 ? "rejected" : "review";
};

/**
 * Nothing left this relay. A lead that is not what the API takes never will be; a client that is set up wrongly can send
 * none; all else passes.
 */
const neverSent = (code?: string, field?: string): Verdict => {
  if (code === "validation") {
    return { outcome: "rejected", reason: `The lead is not what the API takes${field ? `: ${field}` : ""}.` };
  }
  if (code === "configuration") return { outcome: "refused", isOurs: true, reason: "The relay is set up wrongly." };
  return { outcome: "busy", reason: "The lead was not sent." };
};
