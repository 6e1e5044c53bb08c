// What the platform gives, and callers in its place: timers, signals, fetch, its answers.
// Everything that may be a caller's own is touched here, behind a catch.

// How an attempt or a wait ended, as `end` in fetch.rs reads it.
const JSON_OBJECT = 0, TEXT = 1, LOST = 2, TIMED_OUT = 3, ABORTED = 4, REDIRECT = 5,
  NOT_STARTED = 6, UNSENDABLE = 7;

// One request, or one wait, with its deadline and the caller's signal.
export class Attempt {
  #signal;
  #ms;
  /** @type {AbortController | undefined} */
  #controller;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(() => void) | undefined} there while timer and listener are */
  #onAbort;

  /** @param {AbortSignal | undefined | null} signal @param {number} ms */
  constructor(signal, ms) {
    this.#signal = signal;
    this.#ms = ms;
  }

  // Resolves with how the wait ended.
  async wait() {
    return isAborted(this.#signal) ? [ABORTED] : this.#race();
  }

  /**
   * It does not reject. Where the platform has no timers there is no work.
   * @param {(done: (end: unknown[]) => void) => void} [work]
   * @returns {Promise<any[]>}
   */
  async #race(work) {
    try {
      return await new Promise((resolve) => {
        // Not as the timer's own argument: what somebody put in its place may drop that.
        this.#timer = setTimeout(() => resolve([TIMED_OUT]), this.#ms);
        const onAbort = (this.#onAbort = () => resolve([ABORTED]));
        try {
          this.#signal?.addEventListener("abort", onAbort);
        } catch {
          // A signal that takes no listener still counts between attempts.
        }
        work?.(resolve);
      });
    } catch {
      return [UNSENDABLE];
    }
  }

  /**
   * Makes the request and reads the whole answer. It does not reject.
   * @param {Function | undefined} own the caller's fetch
   * @param {string} url
   * @param {string} method
   * @param {Headers} headers
   * @param {string | Blob | undefined} body
   * @param {string | undefined} key an API key that goes into the body
   * @param {string | undefined} fileName
   * @returns {Promise<any[]>} how it ended; the JSON, the text, or the name of what failed; its
   *   code; status, Retry-After and request id where an answer began to arrive
   */
  async send(own, url, method, headers, body, key, fileName) {
    if (isAborted(this.#signal)) return [NOT_STARTED];
    /** @type {any} */
    let fetch;
    /** @type {RequestInit} */
    let init;
    try {
      // Looked up at every call, so that a fetch put in its place later counts.
      fetch = own ?? globalThis.fetch.bind(undefined);
      // What is no URL must not look like a lost connection. A path is one of the page's own.
      if (url[0] === "/") url = new Request(url).url;
      else new URL(url);
      this.#controller = new AbortController();
      init = {
        method,
        headers,
        body: body instanceof Blob ? form(body, key, fileName) : withKey(body, key),
        // Neither `mode` nor `credentials`: workerd throws at both.
        redirect: "manual",
        // Ours, since the caller's reason may be anything, and fetch would reject with it.
        signal: this.#controller.signal,
      };
    } catch {
      return [UNSENDABLE];
    }
    /** @type {unknown[]} */
    let head = [];
    const [end, value, code] = await this.#race(async (done) =>
      done(await exchange(() => fetch(url, init), (...parts) => (head = parts))));
    this.close(end < LOST);
    return [end, value, code, ...head];
  }

  /**
   * Takes the timer and the listener away: a Node process must not be kept alive by a timer
   * that nobody waits for.
   * @param {boolean} settled whether there is nothing left to abort
   */
  close(settled) {
    const onAbort = this.#onAbort;
    if (!onAbort) return;
    this.#onAbort = undefined;
    clearTimeout(this.#timer);
    try {
      this.#signal?.removeEventListener("abort", onAbort);
    } catch {
      // See above.
    }
    if (!settled) this.#controller?.abort();
  }
}

/**
 * @param {() => Promise<Response>} send
 * @param {(...head: unknown[]) => void} tell that an answer began to arrive
 * @returns {Promise<unknown[]>}
 */
const exchange = async (send, tell) => {
  /** @param {() => any} read */
  const attempt = (read) => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  try {
    const answer = await send();
    const status = attempt(() => answer.status);
    // How a platform hides a redirect that it was told not to follow. A fetch of the caller's
    // own may have followed one: its answer is not to this request.
    if (attempt(() => answer.redirected) === true) return [REDIRECT];
    if (status === 0 && attempt(() => answer.type) === "opaqueredirect") return [REDIRECT];
    if (!Number.isInteger(status) || status < 1 || status > 999) return [LOST, NOT_A_RESPONSE];
    tell(
      status,
      attempt(() => answer.headers.get("retry-after")),
      attempt(() => answer.headers.get("x-request-id")),
    );
    const text = await answer.text();
    if (typeof text !== "string") return [LOST, NOT_A_RESPONSE];
    const value = status > 199 && status < 300 && attempt(() => JSON.parse(text));
    return typeof value === "object" && value && !Array.isArray(value)
      ? [JSON_OBJECT, value]
      : [TEXT, text.slice(0, KEPT)];
  } catch (fault) {
    // Its message may quote the URL, and with it a key, so it is not read.
    /** @param {() => any} read */
    const name = (read) => {
      const name = attempt(read);
      // Spelt as a name is, so that it cannot carry anything else.
      return typeof name === "string" && /^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : undefined;
    };
    const error = /** @type {any} */ (fault);
    return [
      LOST,
      name(() => error.name) ?? "Unknown",
      name(() => error.code) ?? name(() => error.cause.code),
    ];
  }
};

const NOT_A_RESPONSE = "NotAResponse";

// How much of an answer that is no success is kept, in UTF-16 units: `KEPT` in http.rs.
const KEPT = 8192;

/** @param {AbortSignal | undefined | null} signal */
const isAborted = (signal) => {
  try {
    return !!signal?.aborted;
  } catch {
    return false;
  }
};

/**
 * @param {Blob} file
 * @param {string | undefined} key
 * @param {string | undefined} name
 */
const form = (file, key, name) => {
  const form = new FormData();
  if (key !== undefined) form.append("api_key", key);
  form.append("file", file, name || "file");
  return form;
};

/**
 * A JSON object's text, with the API key as its first member if there is one.
 * @param {string | undefined} text
 * @param {string | undefined} key
 */
const withKey = (text, key) =>
  text === undefined || key === undefined ? text
    : `{"api_key":${JSON.stringify(key)}${text.length > 2 ? "," : ""}${text.slice(1)}`;

/**
 * A file as a Blob and its name, by handle: its bytes never pass through WebAssembly's memory.
 * undefined where it is no file. An ArrayBuffer is told by its tag, since one of another realm is
 * no instance of ours.
 * @param {any} file
 * @param {string | undefined | null} type
 * @param {string | undefined | null} name
 */
export const toBlob = (file, type, name) => {
  const isBytes = ArrayBuffer.isView(file) ||
    Object.prototype.toString.call(file) === "[object ArrayBuffer]";
  if (!isBytes && !(file instanceof Blob)) return undefined;
  const blob = isBytes ? new Blob([file], { type: type ?? "" })
    : type === undefined || type === null ? file
      : file.slice(0, file.size, type);
  return [blob, name ?? file.name];
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

/**
 * Runs a task of Rust's to its end: see task.rs.
 * @param {{ poll(value: unknown): unknown, free(): void }} task
 */
export const drive = async (task) => {
  try {
    /** @type {any} */
    let next = [];
    // A call ends with an object, never with a list. It begins a moment later than it was made, so
    // that its errors have no wasm on their stack.
    while (Array.isArray(next)) next = task.poll(await next[0]);
    return next;
  } catch (thrown) {
    // A call that fails throws what makes its error.
    throw typeof thrown === "function" ? thrown() : thrown;
  } finally {
    try {
      task.free();
    } catch {
      // It ended in the middle of a poll; what ended it is told.
    }
  }
};

// Milliseconds since any moment.
export const now = () => {
  try {
    return performance.now();
  } catch {
    return Date.now();
  }
};
