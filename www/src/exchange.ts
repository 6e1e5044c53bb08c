/** A request, and what came back. No credential is in it. */
export interface Exchange {
  request: { method: string; url: string; headers: [string, string][]; body: string };
  /** Missing until a response begins to arrive. */
  response?: { status: number; statusText: string; headers: [string, string][]; body?: string };
  startedAt: number;
  /** Up to the response's last byte, or the failure. Missing while in flight. */
  durationMs?: number;
  /** The name of what went wrong instead of a whole response. */
  failure?: string;
}

export type Fetch = (request: Request) => Promise<Response>;

/**
 * A `fetch` that keeps what it sends and what comes back.
 * @param send what it is otherwise
 * @param note told of each exchange when it starts and whenever more of it is known
 */
export const recording =
  (send: Fetch, note: (exchange: Exchange) => void): Fetch =>
  async (request) => {
    const exchange: Exchange = { request: await shown(request.clone()), startedAt: performance.now() };
    const over = (failure?: unknown) => {
      exchange.durationMs = performance.now() - exchange.startedAt;
      if (failure !== undefined) exchange.failure = failure instanceof Error ? failure.name : "unknown";
      note(exchange);
    };
    note(exchange);
    try {
      const response = await send(request);
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

const REDACTED = "[redacted]";

const shown = async (request: Request): Promise<Exchange["request"]> => {
  const { method, url, headers } = request;
  const type = headers.get("content-type") ?? "";
  return {
    method,
    url: url.replace(/([?&]api_key=)[^&]*/, `$1${REDACTED}`),
    headers: [...headers].map(([name, value]) => [name, name === "authorization" ? REDACTED : value]),
    body: type.startsWith("multipart/") ? await parts(request) : withoutKey(await request.text()),
  };
};

const withoutKey = (body: string) => body.replace(/^\{"api_key":"(\\.|[^"\\])*"/, `{"api_key":"${REDACTED}"`);

/** The parts of a form by name and size: the bytes are nothing to look at. */
const parts = async (request: Request) =>
  [...(await request.formData())]
    .map(([name, value]) =>
      typeof value === "string"
        ? `${name}: ${REDACTED}`
        : `${name}: ${value.name}, ${value.type || "no type"}, ${value.size} bytes`,
    )
    .join("\n");
