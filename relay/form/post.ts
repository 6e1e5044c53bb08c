/** How an attempt has ended; with nothing in it while it has not. */
export interface Answer {
  status?: number;
  /** As `Retry-After` says, or not a number. */
  waitMs?: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever answered may not be a relay
  body?: any;
  /** There was no answer. */
  fault?: boolean;
}

/** Makes one request. It never rejects; whether it ends is up to the browser. */
export const post = async (url: string, init: RequestInit, answer: Answer) => {
  try {
    // A redirect leads to a page, which says nothing about the lead.
    const response = await fetch(url, { ...init, redirect: "error" });
    answer.status = response.status;
    answer.waitMs = Number(response.headers.get("retry-after")) * 1000;
    answer.body = await response.json();
  } catch {
    answer.fault = !answer.status;
  }
};
