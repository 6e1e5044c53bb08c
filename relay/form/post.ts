/** How an attempt ended; with nothing in it when it did not end in time. */
export interface Answer {
  status?: number;
  /** As `Retry-After` says, or not a number. */
  waitMs?: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever answered may not be a relay
  answer?: any;
  /** There was no answer. */
  fault?: boolean;
}

/** Makes one attempt. It never rejects; whether it ends is up to the browser. */
export const post = async (url: string, body: BodyInit, keepalive: boolean, signal: AbortSignal): Promise<Answer> => {
  const end: Answer = {};
  try {
    // A redirect leads to a page, which says nothing about the lead.
    const response = await fetch(url, { method: "POST", body, keepalive, signal, redirect: "error" });
    end.status = response.status;
    end.waitMs = Number(response.headers.get("retry-after")) * 1000;
    end.answer = await response.json();
  } catch {
    end.fault = !end.status;
  }
  return end;
};
