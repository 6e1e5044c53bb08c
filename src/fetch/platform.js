// The Rust transport's way to the platform. A program may put others in the place of the platform's functions,
// now or later. So they are looked up when they are called, and whatever they throw is an answer.

/** @typedef {number} How a request ended, or its time did: also in platform.rs */
const ANSWERED = 0;
const LOST = 1;
const REDIRECTED = 2;
const TIMED_OUT = 3;
const ABORTED = 4;

/** @typedef {[how: How, head?: Response | undefined, text?: string, code?: string | undefined]} End with the text, or the failure's name and code */

/**
 * A time that ends by itself, or when the caller gives up; undefined where no timer can be set.
 * @param {any} signal the caller's, or undefined
 * @param {number} ms
 * @returns {[ended: Promise<How>, clear: () => void] | undefined}
 */
export const deadline = (signal, ms) => {
  /** @type {(how: How) => void} */
  let end = () => {};
  /** @type {Promise<How>} */
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  const abort = () => end(ABORTED);
  const timer = attempt(() => [setTimeout(() => end(TIMED_OUT), ms)]);
  if (!timer) return undefined;
  // A signal that takes no listener still counts between attempts.
  attempt(() => signal.addEventListener("abort", abort));
  const clear = () => {
    attempt(() => clearTimeout(timer[0]));
    attempt(() => signal.removeEventListener("abort", abort));
  };
  return [ended, clear];
};

/** @param {any} signal @returns whether the caller has given up */
export const hasAborted = (signal) => !!attempt(() => signal.aborted);

/**
 * Sends a request and reads the whole response, until the time is over; undefined where there is no fetch.
 * @param {any} own the caller's fetch, if there is one
 * @param {Request} request
 * @param {Promise<How>} ended
 * @returns {Promise<End> | undefined} it does not reject
 */
export const exchange = (own, request, ended) => {
  const fetch = own ?? attempt(() => globalThis.fetch);
  if (typeof fetch !== "function") return undefined;
  /** @type {Response | undefined} */
  let head;
  /** @returns {Promise<End>} */
  const work = async () => {
    try {
      const response = await settled(() => fetch(request));
      if (!isPlain(response)) return [LOST, head, NOT_A_RESPONSE];
      // Then the response is not to this request.
      if (response.redirected || response.type === "opaqueredirect") return [REDIRECTED];
      // No server gave it.
      if (response.status === 0) return [LOST, head, NOT_A_RESPONSE];
      head = response;
      const text = await settled(() => response.text());
      return typeof text === "string" ? [ANSWERED, head, text] : [LOST, head, NOT_A_RESPONSE];
    } catch (error) {
      return [LOST, head, ...cause(error)];
    }
  };
  // Where both are ready, the time is over.
  return Promise.race([ended.then((how) => /** @type {End} */ ([how, head])), work()]);
};

const NOT_A_RESPONSE = "NotAResponse";

/**
 * A promise of what a function's value comes to, which may be anything.
 *
 * Its `then` is called here: WebKit never settles a promise that is resolved with one whose `then`
 * throws.
 * @param {() => any} call
 */
const settled = (call) =>
  new Promise((resolve, reject) => {
    const value = call();
    const then = typeof value === "object" && value ? value.then : undefined;
    if (typeof then === "function") then.call(value, resolve, reject);
    else resolve(value);
  });

/**
 * Whether it is a response of the platform's own, on which nobody has put other getters. They may throw. The
 * platform's own getter throws at all that the platform has not made.
 * @param {any} value
 * @returns {value is Response}
 */
const isPlain = (value) =>
  !!attempt(() => {
    const { prototype } = Response;
    const status = Object.getOwnPropertyDescriptor(prototype, "status")?.get?.call(value);
    const hasFields = Reflect.ownKeys(value).some((key) => typeof key === "string");
    return typeof status === "number" && !hasFields && Object.getPrototypeOf(value) === prototype;
  });

/** @type {(error: any) => [name: string, code: string | undefined]} by these alone: its message may quote the URL, and with it a key */
const cause = (error) => [name(() => error.name) ?? "Unknown", name(() => error.code) ?? name(() => error.cause.code)];

/** @param {() => any} read @returns a text that is spelt as a name is, so that it cannot carry anything else */
const name = (read) => {
  const value = attempt(read);
  return typeof value === "string" && /^[a-z][a-z_]{0,39}$/i.test(value) ? value : undefined;
};

/** @returns milliseconds since any moment */
export const now = () => number("performance", "now") ?? timeOfDay();

/** @returns milliseconds since the epoch; NaN where no clock tells */
export const timeOfDay = () => number("Date", "now") ?? Number.NaN;

/** @returns a random number in 0..1 */
export const random = () => (number("Math", "random") ?? 0.5) % 1;

/** @param {string} object @param {string} method @returns {number | undefined} the answer of a global object's method, if it is a number */
const number = (object, method) => {
  const value = attempt(() => /** @type {any} */ (globalThis)[object][method]());
  return typeof value === "number" ? value : undefined;
};

/** @template T @param {() => T} read @returns {T | undefined} what it answers; undefined where it throws */
const attempt = (read) => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
