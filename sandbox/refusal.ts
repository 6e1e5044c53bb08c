/** One field of a request that is not as the contract wants it. */
export interface FieldProblem {
  /** Where it is, such as `visitor.email` or `items[0].status`. */
  readonly field: string;
  /** The fault in the field. */
  readonly message: string;
}

export interface RefusalDetails {
  readonly fields?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Thrown by whatever finds a reason to refuse a request; answered as an error.
 *
 * The API's own error bodies are not published: this form is the sandbox's choice. No value from the
 * request may enter a message, so that an error can be logged and shown.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, { fields, headers = {} }: RefusalDetails = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.headers = headers;
  }

  /** The body of the response. */
  get body(): object {
    const { code, message, fields } = this;
    return { success: false, error: { code, message, ...(fields && { fields }) } };
  }
}
