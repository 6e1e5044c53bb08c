import type { Lead } from "./lead.ts";

/** For one attempt, up to the answer's last byte. */
const DEADLINE_MS = 30_000;

/** How an attempt ended; with nothing in it when no answer came in time. */
export interface Answer {
  status?: number;
  /** As `Retry-After` says. */
  waitMs?: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever answered may not be a relay
  body?: any;
  /** There was no answer that this page may see. */
  fault?: "failed" | "redirected";
}

/**
 * Posts a lead once.
 * @param keepalive lets the request outlive the page
 * @param controller ends it
 * @returns never rejects, and does not rely on fetch to settle: in WebKit one that outlives its page never does, once the
 *   page's loading was stopped. Its signal fires all the same
 */
export const ask = ({ url, body }: Lead, keepalive: boolean, controller: AbortController): Promise<Answer> =>
  new Promise((resolve) => {
    const { signal } = controller;
    signal.addEventListener("abort", () => resolve({}));
    const timer = setTimeout(() => controller.abort(), DEADLINE_MS);
    const answer: Answer = {};
    const post = async () => {
      // A redirect leads to a page, which says nothing about the lead.
      const response = await fetch(url, { method: "POST", body, redirect: "manual", keepalive, signal });
      if (response.type === "opaqueredirect") answer.fault = "redirected";
      else {
        answer.status = response.status;
        answer.waitMs = Number(response.headers.get("retry-after")) * 1000;
        answer.body = await response.json();
      }
    };
    post()
      .catch(() => {
        if (!answer.status) answer.fault = "failed";
      })
      .then(() => {
        clearTimeout(timer);
        resolve(answer);
      });
  });
