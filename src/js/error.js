// The one error that callers see. Rust decides every field (see `Error` in src/error.rs); this
// file gives them a class that `instanceof` knows.

// Two copies of a package defeat `instanceof`; a registered symbol does not care.
const brand = Symbol.for("botsplash.error");

export class BotsplashError extends Error {
  /**
   * @param {string} message
   * @param {Record<string, unknown>} fields those that hold nothing are left out
   * @param {{ cause?: unknown, body?: unknown }} hidden
   */
  constructor(message, fields, { cause, body }) {
    super(message, cause ? { cause } : undefined);
    for (const name of Object.keys(fields)) {
      if (fields[name] || fields[name] === 0) this[name] = fields[name];
    }
    // Not enumerable, so that JSON, consoles and loggers do not print what the server said. No
    // getter of a private field, which the proxies of state libraries break.
    Object.defineProperty(this, "body", { value: body });
  }
}
Object.defineProperty(BotsplashError.prototype, "name", { value: "BotsplashError" });
Object.defineProperty(BotsplashError.prototype, brand, { value: true });

/** @param {any} value */
export const isBotsplashError = (value) => {
  try {
    return value[brand] === true;
  } catch {
    return false;
  }
};

/**
 * Makes the error when it is called: with wasm on the stack, taking a trace of it costs several
 * times as much, and has nothing in it for the caller.
 * @param {string} lines what is known, in the order below, each empty where it is not; status and
 *   milliseconds of each attempt come last
 * @param {string | undefined} id the header
 * @param {string | undefined} text the answer's
 */
export const toError = (lines, id, text) => {
  const [message, code, operation, delivery, field, hint, causeName, causeCode, status, retryAfterMs, ...tries] =
    lines.split("\n");
  /** @type {any} */
  let body = text;
  try {
    if (text) body = JSON.parse(text);
  } catch {
    // It stays text.
  }
  // Spelt as ids are: a server may have quoted the request there.
  const requestId = [id, body?.requestId].find(
    (id) => typeof id === "string" && /^(?![\d.-]{7,15}$)[\w.:-]{1,64}$/.test(id),
  );
  const attempts = [];
  for (let at = 0; at < tries.length; at += 2) {
    const durationMs = +tries[at + 1];
    attempts.push(tries[at] ? { status: +tries[at], durationMs } : { durationMs });
  }
  const fields = {
    code,
    operation,
    delivery,
    attempts,
    status: status && +status,
    field,
    requestId,
    retryAfterMs: retryAfterMs && +retryAfterMs,
    hint,
  };
  const cause = causeName && Object.assign(new Error(causeCode), causeCode && { code: causeCode });
  // Its stack leads here, which tells nobody anything.
  if (cause) Object.defineProperty(cause, "name", { value: causeName }).stack = "";
  return () => new BotsplashError(message, fields, { cause, body });
};

/** @param {() => BotsplashError} maker */
export const made = (maker) => maker();

/**
 * What an observer throws is its own affair: the call goes on. So is what an async one rejects
 * with.
 * @param {(event: object) => unknown} observer
 * @param {string} operation
 * @param {number} attempt
 * @param {number | undefined} status
 * @param {number} durationMs
 * @param {string} delivery
 */
export const notify = (observer, operation, attempt, status, durationMs, delivery) => {
  const tell = async () => observer({ operation, attempt, ...(status && { status }), durationMs, delivery });
  tell().catch(() => {});
};
