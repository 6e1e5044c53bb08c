/** How a request ended; with nothing in it when it did not end in time. */
export interface Answer {
  status?: number;
  /** As `Retry-After` says, or not a number. */
  waitMs?: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever answered may not be a relay
  answer?: any;
  /** There was no answer. */
  fault?: boolean;
}

/**
 * Makes one request.
 * @param realm whose `fetch` makes it
 * @param controller ends it
 * @param ms until the answer's last byte
 * @returns never rejects, and does not rely on fetch to settle: in WebKit one that outlives its page never does, once the
 *   page's loading was stopped. Its signal fires all the same
 */
export const ask = (
  realm: Pick<typeof globalThis, "fetch">,
  url: string,
  init: RequestInit,
  controller: AbortController,
  ms: number,
) =>
  new Promise<Answer>((resolve) => {
    const { signal } = controller;
    const end: Answer = {};
    signal.onabort = () => resolve(end);
    setTimeout(() => controller.abort(), ms);
    const request = async () => {
      const response = await realm.fetch(url, { ...init, signal });
      end.status = response.status;
      end.waitMs = Number(response.headers.get("retry-after")) * 1000;
      end.answer = await response.json();
    };
    request()
      .catch(() => {
        end.fault = end.status === undefined;
      })
      .then(() => resolve(end));
  });
