// What came of a send, and what that makes of the lead.
import type { BotsplashError, ListenerSubmitResponse } from "botsplash";
import type { LeadState, OnAmbiguous } from "./types.ts";

/** How the API seems to be: `well`, `unwell` (send less, look first), or `closed` to our credentials. */
export type Health = "well" | "unwell" | "closed";

/** Where a send leaves its lead. */
export interface Verdict {
  state: "delivered" | "queued" | "rejected" | "review";
  /** In words without personal data. */
  reason: string;
  health: Health;
  status?: number | undefined;
  requestId?: string;
  retryAfterMs?: number | undefined;
}

/** States by HTTP status, where an API's responses mean something else than usual. */
export type Statuses = { [status: number]: "queued" | "rejected" | "review" };

/**
 * Answers which say that nothing was done, and that it may be done later: Cloudflare's own, when it could not reach the
 * API. A 503 says so with `Retry-After`; the rest of 5xx tells nothing.
 */
const NOT_PROCESSED: readonly number[] = [429, 521, 523, 525, 526, 530];

const CREDENTIALS = [401, 403];

/** The API answered with success. */
export const answered = ({ success, requestId }: ListenerSubmitResponse): Verdict =>
  success === false
    ? { state: "review", health: "well", reason: "The API answered without an error, but that it was no success." }
    : {
        state: "delivered",
        health: "well",
        reason: "The API has taken it.",
        ...(typeof requestId === "string" && { requestId }),
      };

/**
 * The client rejected.
 * @param error with which
 */
export const failed = (error: unknown, statuses: Statuses = {}): Verdict => {
  const { status, code, delivery, field, body, retryAfterMs } = (error ?? {}) as Partial<BotsplashError>;
  if (delivery === "accepted") {
    if (isPage(body)) {
      const reason = `A page came in place of the API's answer (${status}): nobody can tell whether it was processed.`;
      return { state: "review", health: "unwell", reason, status };
    }
    return {
      state: "delivered",
      health: "well",
      reason: "The API has taken it; the rest of its answer was lost.",
      status,
    };
  }
  if (status !== undefined) return { ...byStatus(status, retryAfterMs, statuses[status]), status, retryAfterMs };
  if (delivery === "not_sent") return neverSent(code, field);
  const what = code === "timeout" ? "No answer came in time" : "The connection failed";
  return { state: "review", health: "unwell", reason: `${what}: nobody can tell whether it was processed.` };
};

/** Something in front of the API has answered, such as a notice of maintenance. */
const isPage = (body: unknown): boolean => typeof body === "string" && body.trimStart().startsWith("<");

const byStatus = (status: number, retryAfterMs?: number, configured?: Statuses[number]): Verdict => {
  if (!configured && CREDENTIALS.includes(status)) {
    return {
      state: "queued",
      health: "closed",
      reason: `The API refused the credentials or this address (${status}).`,
    };
  }
  switch (configured ?? usual(status, retryAfterMs)) {
    case "queued":
      return { state: "queued", health: "unwell", reason: `The API could not take it yet (${status}).` };
    case "rejected":
      return { state: "rejected", health: "well", reason: `The API refused it (${status}).` };
    default:
      return {
        state: "review",
        health: "unwell",
        reason: `The API failed (${status}): nobody can tell whether it was processed.`,
      };
  }
};

const usual = (status: number, retryAfterMs?: number): Statuses[number] => {
  if (NOT_PROCESSED.includes(status) || (status === 503 && retryAfterMs !== undefined)) return "queued";
  return status < 500 && status !== 408 ? "rejected" : "review";
};

/**
 * Nothing left this Worker. A lead that is not what the API takes never will be; a client that is
 * set up wrongly can send none; all else passes.
 */
const neverSent = (code?: string, field?: string): Verdict => {
  if (code === "validation") {
    return { state: "rejected", health: "well", reason: `It is not what the API takes${field ? `: ${field}` : ""}.` };
  }
  if (code === "configuration") return { state: "queued", health: "closed", reason: "The relay is set up wrongly." };
  return { state: "queued", health: "unwell", reason: "It was not sent." };
};

/** Each may have been a text to the same person. */
const MOST_RESENDS = 9;

/** What becomes of a lead of which nobody can tell whether it was processed, after so many attempts. */
export const ambiguous = (onAmbiguous: OnAmbiguous, attempts: number): LeadState => {
  if (onAmbiguous === "drop") return "dropped";
  return onAmbiguous === "resend" && attempts <= MOST_RESENDS ? "queued" : "review";
};
