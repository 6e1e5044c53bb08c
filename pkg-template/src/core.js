// Brings the wasm up, and makes the class that callers see out of the class that Rust exports.
// It knows no operation by name: what RawClient can do, Botsplash can do.

import { BotsplashError } from "#error";
import { imports, RawClient, start as startWasm } from "#glue";

/** What of RawClient is not an operation. */
const plumbing = ["constructor", "free", "__destroy_into_raw"];

/**
 * @param {string} message
 * @param {string | undefined} operation
 * @param {{ hint?: string }} fields
 * @param {unknown} [cause]
 */
const failure = (message, operation, fields, cause) =>
  new BotsplashError(
    `${operation ? `${operation}: ` : ""}${message} Nothing was sent.`,
    {
      code: "configuration",
      ...(operation && { operation }),
      delivery: "not_sent",
      attempts: [],
      ...fields,
    },
    { cause },
  );

/**
 * @param {(imports: WebAssembly.Imports) => WebAssembly.Instance | Promise<WebAssembly.Instance>} load
 *   Where only a ready-made module is allowed, it answers at once: there a promise that one
 *   request made must not be waited for by another.
 * @param {string} hint what to do when `load` fails
 */
export const lazyClient = (load, hint) => {
  let running = false;
  /** @type {Promise<void> | undefined} */
  let starting;

  /** @param {WebAssembly.Instance} instance */
  const run = ({ exports }) => {
    startWasm(exports);
    running = true;
  };

  const start = () => {
    if (running || starting) return starting;
    const instance = load(imports);
    if (!("then" in instance)) return run(instance);
    // A start that failed is forgotten, so that the next call tries again.
    return (starting = instance.then(run).finally(() => (starting = undefined)));
  };

  /** @param {string} [operation] */
  const up = async (operation) => {
    try {
      await start();
    } catch (cause) {
      throw failure("the WebAssembly part did not start.", operation, { hint }, cause);
    }
  };

  class Botsplash {
    #options;
    /** @type {any} */
    #raw;
    #freed = false;

    /** @param {unknown} options */
    constructor(options) {
      this.#options = snapshot(options);
    }

    /** @param {string} [operation] */
    #refuseFreed(operation) {
      if (this.#freed) throw failure("free() was called on this client.", operation, {});
    }

    get #client() {
      return (this.#raw ??= new RawClient(this.#options));
    }

    async ready() {
      this.#refuseFreed();
      await up();
      this.#client;
    }

    free() {
      const raw = this.#raw;
      this.#freed = true;
      this.#raw = undefined;
      try {
        raw?.free();
      } catch {
        // It is in use, by a getter that calls free(): then it goes when it is collected.
      }
    }

    static {
      for (const name of Object.getOwnPropertyNames(RawClient.prototype)) {
        if (plumbing.includes(name)) continue;
        const { [name]: value } = {
          /** @this {Botsplash} @param {unknown[]} args */
          async [name](...args) {
            this.#refuseFreed(name);
            // Once the wasm is up, the arguments are read before the call returns. Until then they
            // are kept as they are now: the caller may use the same object for the next lead.
            if (!running) {
              args = args.map((arg) => snapshot(arg));
              await up(name);
            }
            // Awaited here, since the trace of an error is followed along awaits to the caller.
            return await this.#client[name](...args);
          },
        };
        hide(this.prototype, name, value);
      }
      if (Symbol.dispose) hide(this.prototype, Symbol.dispose, this.prototype.free);
      // The class keeps its name where the rest of the file is minified.
      hide(this, "name", "Botsplash");
    }
  }
  return Botsplash;
};

/**
 * What a caller may change later, copied: plain objects and arrays. All else stays as it is, and
 * so does what throws when it is read: it is refused where it is checked.
 * @param {any} value
 * @param {Map<unknown, unknown>} [seen]
 * @returns {any}
 */
const snapshot = (value, seen = new Map()) => {
  if (seen.has(value)) return seen.get(value);
  try {
    const isList = Array.isArray(value);
    if (!isList && ![Object.prototype, null].includes(Object.getPrototypeOf(value))) return value;
    /** @type {any} */
    const copy = isList ? [] : {};
    seen.set(value, copy);
    for (const name of Object.keys(value)) {
      const item = snapshot(value[name], seen);
      Object.defineProperty(copy, name, { value: item, enumerable: true, writable: true, configurable: true });
    }
    if (isList) copy.length = value.length;
    return copy;
  } catch {
    seen.set(value, value);
    return value;
  }
};

/** @param {object} target @param {PropertyKey} name @param {unknown} value */
const hide = (target, name, value) =>
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
