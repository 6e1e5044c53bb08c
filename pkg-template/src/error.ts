// The one error that callers see. failure.ts makes it; this file gives it a class that `instanceof`
// knows. An app that asks no more of the package gets no more of it.
import type { Foreign } from "./safely.ts";

// Two copies of a package defeat `instanceof`; a registered symbol does not care.
const brand = Symbol.for("botsplash.error");

/** The parts of an error, beside its message. None holds personal data. */
const FIELDS = [
  "code",
  "operation",
  "delivery",
  "attempts",
  "httpStatus",
  "field",
  "requestId",
  "retryAfterMs",
  "summary",
  "hint",
];

/** The server's answers, by their errors. They are not properties: whatever lists an error's own finds none of them. */
let bodies: WeakMap<object, unknown> | undefined;

export class BotsplashError extends Error {
  [field: string]: unknown;

  /** Of the fields, those that hold nothing are left out. */
  constructor(message: string, fields: Record<string, unknown>, cause?: unknown, body?: unknown) {
    super(message);
    for (const name of FIELDS) {
      if (fields[name] || fields[name] === 0) this[name] = fields[name];
    }
    if (cause) Object.defineProperty(this, "cause", { value: cause, configurable: true, writable: true });
    if (body !== undefined) (bodies = bodies || new WeakMap()).set(this, body);
  }

  toJSON(): object {
    const plain: Record<string, unknown> = { name: "BotsplashError", message: this.message };
    for (const name of FIELDS) if (this[name] !== undefined) plain[name] = this[name];
    return plain;
  }

  static from(given: unknown, body?: unknown): BotsplashError {
    const plain: Foreign = given || {};
    const { code = "network", delivery = "unknown", attempts = [], message = `${code}, ${delivery}` } = plain;
    return new BotsplashError(
      String(message),
      { summary: String(message), ...plain, code, delivery, attempts },
      undefined,
      body,
    );
  }
}
for (const [name, value] of [
  ["name", "BotsplashError"],
  [brand, true],
] as const) {
  Object.defineProperty(BotsplashError.prototype, name, { value });
}

export const isBotsplashError = (value: unknown): boolean => {
  try {
    return (value as { [brand]?: unknown })[brand] === true;
  } catch {
    return false;
  }
};

export const bodyOf = (error: unknown): unknown => (bodies ? bodies.get(error as object) : undefined);
