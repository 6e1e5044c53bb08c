// The one error that callers see. Rust decides every field (see `Error` in src/error.rs); this
// file gives them a class that `instanceof` knows.

// Two copies of a package defeat `instanceof`; a registered symbol does not care.
const brand = Symbol.for("botsplash.error");

export class BotsplashError extends Error {
  constructor(message, fields, { cause, body }) {
    super(message, cause && { cause });
    for (const name in fields) if (fields[name] !== undefined) this[name] = fields[name];
    // Not enumerable, so that JSON, consoles and loggers do not print what the server said.
    Object.defineProperty(this, "body", { value: body });
  }
}
Object.defineProperty(BotsplashError.prototype, "name", { value: "BotsplashError" });
Object.defineProperty(BotsplashError.prototype, brand, { value: true });

export const isBotsplashError = (value) => {
  try {
    return value[brand] === true;
  } catch {
    return false;
  }
};

// `tries` holds status and milliseconds in turn, with a status of 0 where there was none.
export const toError = (
  message, code, operation, delivery, tries, status, field, requestId, retryAfterMs, hint, text,
  causeName, causeCode,
) => {
  let body = text;
  try {
    body = JSON.parse(text);
  } catch {
    // It stays text.
  }
  // Spelt as ids are: a server may have quoted the request there.
  requestId = [requestId, body?.requestId].find(
    (id) => typeof id === "string" && /^[\w.:-]{1,64}$/.test(id),
  );
  const attempts = [];
  for (let at = 0; at < tries.length; at += 2) {
    attempts.push({ ...(tries[at] && { status: tries[at] }), durationMs: tries[at + 1] });
  }
  const fields = {
    code, operation, delivery, attempts, status, field, requestId, retryAfterMs, hint,
  };
  const cause = causeName && Object.assign(new Error(causeCode ?? ""), { code: causeCode });
  if (cause) Object.defineProperty(cause, "name", { value: causeName });
  return new BotsplashError(message, fields, { cause, body });
};

// What an observer throws is its own affair: the call goes on. So is what an async one rejects with.
export const notify = (observer, operation, attempt, status, durationMs, delivery) => {
  const tell = async () =>
    observer({ operation, attempt, ...(status && { status }), durationMs, delivery });
  tell().catch(() => {});
};
