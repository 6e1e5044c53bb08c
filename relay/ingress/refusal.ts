/** A request that goes no further. Its message is for whoever made the request: it quotes nothing of it but names of fields. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code stable
   * @param {string} message
   * @param {{ field?: string | undefined, retryAfter?: number, headers?: Record<string, string> }} [more] `retryAfter` in seconds
   */
  constructor(status, code, message, { field, retryAfter, headers = {} } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.headers = { ...headers, ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }) };
  }

  get body() {
    const { code, message, field } = this;
    return { code, message, ...(field !== undefined && { field }) };
  }
}

export const notFound = () => new Refusal(404, "not_found", "There is nothing here.");
