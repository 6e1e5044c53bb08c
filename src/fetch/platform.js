// What the platform gives, and callers in its place: timers, signals, fetch, its answers.
// Everything that may be a caller's own is touched here, behind a catch.

// How a race ended, as `Winner` in stop.rs reads it.
const DONE = 0, FAILED = 1, TIMED_OUT = 2, ABORTED = 3;

// A deadline and the caller's signal, joined.
export class Stop {
  #controller = new AbortController();
  #signal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {() => void} */
  #onAbort = () => {};
  #stopped;

  /** @param {AbortSignal | undefined | null} signal @param {number} ms */
  constructor(signal, ms) {
    this.#signal = signal;
    this.#stopped = new Promise((resolve) => {
      this.#timer = setTimeout(resolve, ms, [TIMED_OUT]);
      this.#onAbort = () => resolve([ABORTED]);
    });
    try {
      signal?.addEventListener("abort", this.#onAbort);
    } catch {
      // A signal that takes no listener still counts between attempts.
    }
  }

  // The signal for the fetch. It is ours: the caller's reason may be anything, and fetch would
  // reject with it.
  get signal() {
    return this.#controller.signal;
  }

  /** @param {(request: Request) => unknown} fetch @param {Request} request */
  send(fetch, request) {
    return this.#race(() => fetch(request));
  }

  /** @param {Response} answer */
  text(answer) {
    return this.#race(() => answer.text());
  }

  wait() {
    return this.#stopped;
  }

  /**
   * Takes the timer and the listener away: a Node process must not be kept alive by a timer
   * that nobody waits for.
   * @param {boolean} settled whether there is nothing left to abort
   */
  close(settled) {
    clearTimeout(this.#timer);
    try {
      this.#signal?.removeEventListener("abort", this.#onAbort);
    } catch {
      // See above.
    }
    if (!settled) this.#controller.abort();
  }

  /** @param {() => unknown} work */
  #race(work) {
    const done = (async () => work())().then((value) => [DONE, value], (fault) => [FAILED, fault]);
    return Promise.race([done, this.#stopped]);
  }
}

/** @param {AbortSignal | undefined | null} signal */
export const isAborted = (signal) => {
  try {
    return !!signal?.aborted;
  } catch {
    return false;
  }
};

/**
 * Looked up at every call, so that a fetch put in its place later counts.
 * @param {Function | undefined} own
 */
export const fetchOr = (own) =>
  own ?? (typeof globalThis.fetch === "function" ? globalThis.fetch : undefined);

/**
 * An answer's status, type, Retry-After and request id; the status is undefined where it is none.
 * @param {Response} answer
 */
export const head = (answer) => {
  /** @param {() => unknown} read @returns {any} */
  const attempt = (read) => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  // A fetch of the caller's own may have followed one: its answer is not to this request.
  if (attempt(() => answer.redirected) === true) return [0, "opaqueredirect"];
  const status = attempt(() => answer.status);
  return [
    Number.isInteger(status) && status >= 0 && status < 1000 ? status : undefined,
    attempt(() => answer.type),
    attempt(() => answer.headers.get("retry-after")),
    attempt(() => answer.headers.get("x-request-id")),
  ];
};

/**
 * A file as a Blob, by handle: its bytes never pass through WebAssembly's memory. undefined where
 * it is no file. An ArrayBuffer is told by its tag, since one of another realm is no instance of
 * ours.
 * @param {any} file
 * @param {string | undefined | null} type
 */
export const toBlob = (file, type) => {
  if (file instanceof Blob) {
    // A slice of all of it has its bytes and another type, but not its name.
    const { name } = /** @type {File} */ (file);
    return type === undefined || type === null ? file
      : Object.defineProperty(file.slice(0, file.size, type), "name", { value: name });
  }
  const isBytes = ArrayBuffer.isView(file) ||
    Object.prototype.toString.call(file) === "[object ArrayBuffer]";
  return isBytes ? new Blob([file], { type: type ?? "" }) : undefined;
};

/**
 * A JSON object's text with the API key as its first member.
 * @param {string} text
 * @param {string} key
 */
export const withKey = (text, key) =>
  `{"api_key":${JSON.stringify(key)}${text.length > 2 ? "," : ""}${text.slice(1)}`;

/**
 * The class and the system's code of a failure. Its message may quote the URL, and with it a
 * key, so it is not read.
 * @param {unknown} fault
 */
export const nameAndCode = (fault) => {
  /** @param {string[]} path */
  const read = (...path) => {
    try {
      const name = path.reduce((/** @type {any} */ value, step) => value[step], fault);
      // Spelt as a name is, so that it cannot carry anything else.
      return typeof name === "string" && /^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : undefined;
    } catch {
      return undefined;
    }
  };
  return [read("name"), read("code") ?? read("cause", "code")];
};

// Whether this is a page or a web worker. Servers that have the same globals are told by names
// that only they have.
export const isBrowser = () => {
  /** @type {any} */
  const global = globalThis;
  const { document, WorkerGlobalScope, navigator, process, Deno, Bun, EdgeRuntime } = global;
  if (typeof document === "object" && document) return true;
  return typeof WorkerGlobalScope === "function" &&
    WorkerGlobalScope.prototype.isPrototypeOf(globalThis) &&
    navigator?.userAgent !== "Cloudflare-Workers" &&
    !process?.versions?.node && !Deno && !Bun && !EdgeRuntime;
};
