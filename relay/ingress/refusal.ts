interface More {
  /** Which field of the request is wrong. */
  field?: string | undefined;
  /** For the page's developer: the expected value, and the next step. It quotes only names of the request. */
  detail?: string | undefined;
  /** In seconds. */
  retryAfter?: number;
  headers?: Record<string, string>;
}

/**
 * A request that goes no further. Visitors read the text of its code (`texts.ts`), builders its `detail`; neither quotes
 * anything of the request but names of fields.
 */
export class Refusal extends Error {
  readonly status: number;
  /** Stable. */
  readonly code: string;
  readonly field: string | undefined;
  readonly detail: string | undefined;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, { field, detail, retryAfter, headers = {} }: More = {}) {
    super(detail ?? code);
    this.status = status;
    this.code = code;
    this.field = field;
    this.detail = detail;
    this.headers = { ...headers, ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }) };
  }
}

export const notFound = (): Refusal => new Refusal(404, "not_found", { detail: "There is nothing here." });
