/** A request, and what came back. */
export interface Exchange {
  request: { method: string; url: string; headers: [string, string][]; body: string };
  /** Missing while, and if, there is no answer. */
  response?: { status: number; statusText: string; headers: [string, string][]; body?: string };
  /** Up to the answer's last byte, or the failure. Missing while under way. */
  durationMs?: number;
  /** The name of what went wrong instead of a whole answer. */
  failure?: string;
}

/**
 * A `fetch` that keeps what it sends and what comes back, and is otherwise the page's own.
 * @param note told of each exchange when it starts and whenever more of it is known
 */
export const recordingFetch =
  (note: (exchange: Exchange) => void) =>
  async (request: Request): Promise<Response> => {
    const { method, url, headers } = request;
    const exchange: Exchange = { request: { method, url, headers: [...headers], body: await request.clone().text() } };
    const began = performance.now();
    const over = (failure?: unknown) => {
      exchange.durationMs = performance.now() - began;
      if (failure !== undefined) exchange.failure = failure instanceof Error ? failure.name : "unknown";
      note(exchange);
    };
    note(exchange);
    try {
      const response = await fetch(request);
      const { status, statusText } = response;
      const answer: Exchange["response"] = { status, statusText, headers: [...response.headers] };
      exchange.response = answer;
      // The copy is read aside: the client must not wait for what is only looked at.
      response
        .clone()
        .text()
        .then((body) => {
          answer.body = body;
          over();
        }, over);
      return response;
    } catch (failure) {
      over(failure);
      throw failure;
    }
  };
