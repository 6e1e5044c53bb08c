// The one error that callers see. failure.ts makes it; this file gives it a class that `instanceof`
// knows, and an app that asks no more of the package gets no more of it.

// Two copies of a package defeat `instanceof`; a registered symbol does not care.
const brand = Symbol.for("botsplash.error");

export class BotsplashError extends Error {
  [field: string]: unknown;

  /** Of the fields, those that hold nothing are left out. */
  constructor(message: string, fields: Record<string, unknown>, cause?: unknown, body?: unknown) {
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

export const isBotsplashError = (value: unknown): boolean => {
  try {
    return (value as { [brand]?: unknown })[brand] === true;
  } catch {
    return false;
  }
};
