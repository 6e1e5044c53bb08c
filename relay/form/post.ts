/** How an attempt has ended. */
export interface Answer {
  status?: number;
  /** As `Retry-After` says, or not a number. */
  waitMs?: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever answered may not be a relay
  body?: any;
  /** There was no response. */
  fault?: boolean;
}

/** Makes one request. It never rejects; whether it ends is up to the browser. */
export const post = async (href: string, body: URLSearchParams, keepalive: boolean): Promise<Answer> => {
  try {
    // A redirect leads to a page, which says nothing about the lead.
    const response = await fetch(href, { method: "POST", body, keepalive, redirect: "error" });
    return {
      status: response.status,
      waitMs: +response.headers.get("retry-after")! * 1000,
      body: await response.json().catch(() => {}),
    };
  } catch {
    return { fault: true };
  }
};
