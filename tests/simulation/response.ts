// Responses whose bodies are texts, and whose headers are few: a world makes thousands of them, and Node's are streams.

class Headers {
  readonly #values = new Map<string, string>();

  constructor(values: Record<string, string> = {}) {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value);
  }
}

/** As much of a `Response` as the relay and its client ask for. */
class TextResponse {
  readonly redirected = false;
  readonly type = "default";
  readonly statusText = "";
  readonly body: { cancel(): Promise<void> } | null;
  readonly status: number;
  readonly headers: Headers;
  readonly #text: string;

  constructor(
    text: string | null,
    { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
  ) {
    this.body = text === null ? null : { cancel: async () => {} };
    this.#text = text ?? "";
    this.status = status;
    this.headers = new Headers(headers);
  }

  static json(
    value: unknown,
    { headers = {}, ...init }: { status?: number; headers?: Record<string, string> } = {},
  ): TextResponse {
    return new TextResponse(JSON.stringify(value), {
      ...init,
      headers: { "content-type": "application/json", ...headers },
    });
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  async text(): Promise<string> {
    return this.#text;
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }

  /** It can be read as often as one likes. */
  clone(): this {
    return this;
  }
}

/** In place of the global one. */
export const Response = TextResponse as unknown as typeof globalThis.Response;
