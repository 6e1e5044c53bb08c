// The one error that callers see. Rust decides every field (see `Error` in src/error.rs);
// this file only gives them a class that `instanceof` knows.

// Two copies of a package defeat `instanceof`; a registered symbol does not care.
const brand = Symbol.for("botsplash.error");

export class BotsplashError extends Error {
  constructor(message, fields, hidden) {
    super(message, hidden.cause === undefined ? undefined : { cause: hidden.cause });
    Object.assign(this, fields);
    // Not enumerable, so that JSON, consoles and loggers do not print what the server said.
    Object.defineProperty(this, "body", { value: hidden.body });
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
