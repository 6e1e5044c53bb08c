/**
 * One field of a request that is not as the contract wants it.
 * @typedef {object} FieldProblem
 * @property {string} field Where it is, such as `visitor.email` or `items[0].status`.
 * @property {string} message What is wrong with it.
 */

/**
 * Thrown by whatever finds a reason to refuse a request; answered as an error.
 *
 * The API's own error bodies are not published: this form is the sandbox's choice. No value from the
 * request may enter a message, so that an error can be logged and shown.
 */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {{ fields?: FieldProblem[], headers?: Record<string, string> }} [more]
   */
  constructor(status, code, message, { fields, headers = {} } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.headers = headers;
  }

  /** The body of the answer. */
  get body() {
    const { code, message, fields } = this;
    return { success: false, error: { code, message, ...(fields && { fields }) } };
  }
}
