interface More {
  /** Which field of the request is wrong. */
  field?: string | undefined;
  /** In seconds. */
  retryAfter?: number;
  headers?: Record<string, string>;
}

/** A request that goes no further. Its message is for whoever made the request: it quotes nothing of it but names of fields. */
export class Refusal extends Error {
  readonly status: number;
  /** Stable. */
  readonly code: string;
  readonly field: string | undefined;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, { field, retryAfter, headers = {} }: More = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.headers = { ...headers, ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }) };
  }

  get body(): { code: string; message: string; field?: string } {
    const { code, message, field } = this;
    return { code, message, ...(field !== undefined && { field }) };
  }
}

export const notFound = (): Refusal => new Refusal(404, "not_found", "There is nothing here.");
