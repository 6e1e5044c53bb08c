// What came of a send, and what that makes of the lead.

/**
 * What the API seems to be: `well`, `unwell` (send less, look first), or `closed` to our credentials.
 * @typedef {"well" | "unwell" | "closed"} Health
 *
 * @typedef {object} Verdict
 * @property {"delivered" | "queued" | "rejected" | "review"} state
 * @property {string} reason without personal data
 * @property {Health} health
 * @property {number} [status]
 * @property {string} [requestId]
 * @property {number} [retryAfterMs]
 *
 * @typedef {{ [status: number]: "queued" | "rejected" | "review" }} Statuses
 */

/**
 * Answers which say that nothing was done, and that it may be done later: Cloudflare's own, when it could not reach the
 * API. A 503 says so with `Retry-After`; the rest of 5xx tells nothing.
 */
const NOT_PROCESSED = [429, 521, 523, 525, 526, 530];

const CREDENTIALS = [401, 403];

/**
 * @param {import("botsplash").ListenerSubmitResponse} answer
 * @returns {Verdict}
 */
export const answered = ({ success, requestId }) =>
  success === false
    ? { state: "review", health: "well", reason: "The API answered without an error, but that it was no success." }
    : {
        state: "delivered",
        health: "well",
        reason: "The API has taken it.",
        ...(typeof requestId === "string" && { requestId }),
      };

/**
 * @param {unknown} error what the client rejected with
 * @param {Statuses} [statuses] where this API's answers mean something else
 * @returns {Verdict}
 */
export const failed = (error, statuses = {}) => {
  const { status, code, delivery, field, body, retryAfterMs } =
    /** @type {Partial<import("botsplash").BotsplashError>} */ (error ?? {});
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

/** Something in front of the API has answered, such as a notice of maintenance. @param {unknown} body */
const isPage = (body) => typeof body === "string" && body.trimStart().startsWith("<");

/**
 * @param {number} status
 * @param {number} [retryAfterMs]
 * @param {Statuses[number]} [configured]
 * @returns {Verdict}
 */
const byStatus = (status, retryAfterMs, configured) => {
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

/** @param {number} status @param {number} [retryAfterMs] @returns {Statuses[number]} */
const usual = (status, retryAfterMs) => {
  if (NOT_PROCESSED.includes(status) || (status === 503 && retryAfterMs !== undefined)) return "queued";
  return status < 500 && status !== 408 ? "rejected" : "review";
};

/**
 * Nothing left this Worker. A lead that is not what the API takes never will be; a client that is
 * set up wrongly can send none; all else passes.
 * @param {string} [code]
 * @param {string} [field]
 * @returns {Verdict}
 */
const neverSent = (code, field) => {
  if (code === "validation") {
    return { state: "rejected", health: "well", reason: `It is not what the API takes${field ? `: ${field}` : ""}.` };
  }
  if (code === "configuration") return { state: "queued", health: "closed", reason: "The relay is set up wrongly." };
  return { state: "queued", health: "unwell", reason: "It was not sent." };
};

/** Each may have been a text to the same person. */
const MOST_RESENDS = 9;

/**
 * What becomes of a lead of which nobody can tell whether it was processed.
 * @param {"review" | "resend" | "drop"} onAmbiguous
 * @param {number} attempts so far
 * @returns {import("./types.ts").LeadState}
 */
export const ambiguous = (onAmbiguous, attempts) => {
  if (onAmbiguous === "drop") return "dropped";
  return onAmbiguous === "resend" && attempts <= MOST_RESENDS ? "queued" : "review";
};
