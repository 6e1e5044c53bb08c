// What the platform gives, and callers in its place: timers, signals, fetch, its answers.
// Everything that may be a caller's own is touched here, behind a catch.

// How an attempt or a wait ended, as `outcome` in fetch.rs reads it.
const JSON_OBJECT = 1,
  TEXT = 2,
  LOST = 3,
  TIMED_OUT = 4,
  ABORTED = 5,
  REDIRECT = 6,
  NOT_STARTED = 7,
  UNSENDABLE = 8;

const NOT_A_RESPONSE = "NotAResponse";

// How much of an answer that is no success is kept, in UTF-16 units: `KEPT` in http.rs.
const KEPT = 8192;

// Scheme and host of the last URL that was one: those that begin alike are, too.
let lastHost = "";

// One request, or one wait, with its deadline and the caller's signal. Rust reads the fields that
// are not private, once `ended` has resolved.
class Attempt {
  /** How it ended; 0 while it has not. */
  end = 0;
  /** The answer's, where one began to arrive, else 0. */
  status = 0;
  /** How long it took. */
  ms = 0;
  /** @type {unknown} the answer's JSON */
  value;
  /** It does not reject. */
  ended;

  #started = now();
  #signal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(() => void) | undefined} */
  #onAbort;
  /** @type {AbortController | undefined} */
  #controller;
  /** @type {any} the answer, once it began to arrive */
  #answer;
  /** @type {() => void} */
  #resolve = () => {};
  /** @type {unknown[]} */
  #texts = [];

  /** @param {AbortSignal | undefined | null} signal @param {number} ms */
  constructor(signal, ms) {
    this.#signal = signal;
    this.ended = /** @type {Promise<void>} */ (new Promise((resolve) => (this.#resolve = resolve)));
    if (tried(() => signal?.aborted)) this.#finish(ABORTED);
    else {
      try {
        // Not as the timer's own argument: what somebody put in its place may drop that.
        this.#timer = setTimeout(() => this.#finish(TIMED_OUT), ms);
      } catch {
        this.#finish(UNSENDABLE);
      }
    }
    // A signal that takes no listener still counts between attempts.
    if (signal && !this.end) {
      tried(() => signal.addEventListener("abort", (this.#onAbort = () => this.#finish(ABORTED))));
    }
  }

  /**
   * Makes the request and reads the whole answer.
   * @param {Function | undefined} own the caller's fetch
   * @param {string} line method and URL
   * @param {Record<string, string>} headers
   * @param {string | Blob | undefined} body
   * @param {string | undefined} key an API key that goes into the body
   * @param {string | undefined} fileName
   */
  async send(own, line, headers, body, key, fileName) {
    /** @type {any} */
    let fetch;
    let url = line.slice(line.indexOf(" ") + 1);
    /** @type {RequestInit} */
    let init;
    try {
      // Looked up at every call, so that a fetch put in its place later counts.
      fetch = own ?? globalThis.fetch;
      if (typeof fetch !== "function") throw 0;
      // What is no URL must not look like a lost connection. A path is one of the page's own.
      if (url[0] === "/") url = new Request(url).url;
      const host = url.slice(0, url.indexOf("/", 8));
      if (host !== lastHost) new URL(url);
      lastHost = host;
      this.#controller = new AbortController();
      init = {
        method: line.slice(0, line.indexOf(" ")),
        headers: { ...headers },
        body: typeof body === "string" || !body ? withKey(body, key) : form(body, key, fileName),
        // Neither `mode` nor `credentials`: workerd throws at both.
        redirect: "manual",
        // Ours, since the caller's reason may be anything, and fetch would reject with it.
        signal: this.#controller.signal,
      };
    } catch {
      return this.#finish(UNSENDABLE);
    }
    try {
      const answer = await fetch(url, init);
      // Too late: nobody will read it.
      if (this.end) return await answer.body?.cancel();
      const status = tried(() => answer.status);
      // How a platform hides a redirect that it was told not to follow. A fetch of the caller's
      // own may have followed one: its answer is not to this request.
      const isRedirect =
        tried(() => answer.redirected) === true || (status === 0 && tried(() => answer.type) === "opaqueredirect");
      if (isRedirect) return this.#finish(REDIRECT);
      if (!Number.isInteger(status) || status < 1 || status > 999) return this.#finish(LOST, NOT_A_RESPONSE);
      this.status = status;
      this.#answer = answer;
      const text = await answer.text();
      if (typeof text !== "string") return this.#finish(LOST, NOT_A_RESPONSE);
      const value = status > 199 && status < 300 && tried(() => JSON.parse(text));
      if (typeof value !== "object" || !value || Array.isArray(value)) {
        return this.#finish(TEXT, text.slice(0, KEPT));
      }
      this.value = value;
      this.#finish(JSON_OBJECT);
    } catch (fault) {
      // Its message may quote the URL, and with it a key, so it is not read.
      const error = /** @type {any} */ (fault);
      const code = nameOf(() => error.code) ?? nameOf(() => error.cause.code);
      this.#finish(LOST, nameOf(() => error.name) ?? "Unknown", code);
    }
  }

  /**
   * The answer's text, or the name of what failed; its code; `Retry-After`; the request's id.
   * @param {number} which
   */
  text(which) {
    return this.#texts[which];
  }

  /** Gives up what is under way. */
  close() {
    this.#finish(ABORTED);
  }

  /**
   * The first end counts. Timer and listener go: a Node process must not be kept alive by a timer
   * that nobody waits for.
   * @param {number} end
   * @param {string} [text]
   * @param {string} [code]
   */
  #finish(end, text, code) {
    try {
      if (this.end) return;
      this.end = end;
      const ms = tried(() => Math.round(now() - this.#started));
      // A clock may have been changed meanwhile.
      this.ms = ms > 0 && ms < 2 ** 31 ? ms : 0;
      tried(() => this.#signal?.removeEventListener("abort", /** @type {any} */ (this.#onAbort)));
      if (end !== JSON_OBJECT) {
        const header = (/** @type {string} */ name) => textOf(() => this.#answer?.headers.get(name));
        this.#texts = [text, code, header("retry-after"), header("x-request-id")];
        if (end !== TEXT) tried(() => this.#controller?.abort());
      }
    } finally {
      // Whatever went wrong before, such as a stack that is full: then the timer comes by again.
      this.#resolve();
    }
    tried(() => clearTimeout(this.#timer));
  }
}

/**
 * An attempt that has begun, unless it was over before: then nothing was sent. See `Attempt.send`.
 * @param {AbortSignal | undefined | null} signal
 * @param {number} ms
 * @param {Parameters<Attempt["send"]>} request
 */
export const send = (signal, ms, ...request) => {
  const attempt = new Attempt(signal, ms);
  if (!attempt.end) attempt.send(...request).catch(() => {});
  else attempt.end = attempt.end === ABORTED ? NOT_STARTED : UNSENDABLE;
  return attempt;
};

/**
 * A wait that has begun.
 * @param {AbortSignal | undefined | null} signal
 * @param {number} ms
 */
export const pause = (signal, ms) => new Attempt(signal, ms);

/**
 * What somebody else's object answers, undefined where it throws.
 * @param {() => any} read
 */
const tried = (read) => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** @param {() => any} read */
const textOf = (read) => {
  const text = tried(read);
  return typeof text === "string" ? text : undefined;
};

/**
 * Spelt as a name is, so that it cannot carry anything else.
 * @param {() => any} read
 */
const nameOf = (read) => {
  const name = textOf(read);
  return name && /^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : undefined;
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
  text === undefined || key === undefined
    ? text
    : `{"api_key":${JSON.stringify(key)}${text.length > 2 ? "," : ""}${text.slice(1)}`;

/**
 * A file as a Blob and its name, by handle: its bytes never pass through WebAssembly's memory.
 * undefined where it is no file. An ArrayBuffer is told by its tag, since one of another realm is
 * no instance of ours.
 * @param {any} file
 * @param {string | undefined | null} type
 * @param {string | undefined | null} name
 */
export const toBlob = (file, type, name) =>
  tried(() => {
    const isBytes = ArrayBuffer.isView(file) || Object.prototype.toString.call(file) === "[object ArrayBuffer]";
    if (!isBytes && !(file instanceof Blob)) return undefined;
    const blob = isBytes
      ? new Blob([file], { type: type ?? "" })
      : type === undefined || type === null
        ? file
        : file.slice(0, file.size, type);
    return [blob, name ?? file.name];
  });

// Whether this is a page or a web worker. Servers that have the same globals are told by names
// that only they have.
export const isBrowser = () => {
  /** @type {any} */
  const global = globalThis;
  const { document, WorkerGlobalScope, navigator, process, Deno, Bun, EdgeRuntime } = global;
  if (typeof document === "object" && document) return true;
  return (
    typeof WorkerGlobalScope === "function" &&
    // biome-ignore lint/suspicious/noPrototypeBuiltins: instanceof asks a Symbol.hasInstance that may be anybody's.
    WorkerGlobalScope.prototype.isPrototypeOf(globalThis) &&
    navigator?.userAgent !== "Cloudflare-Workers" &&
    !process?.versions?.node &&
    !Deno &&
    !Bun &&
    !EdgeRuntime
  );
};

/**
 * undefined where the value has no JSON.
 * @param {unknown} value
 */
export const toJson = (value) => textOf(() => JSON.stringify(value));

// Tried out, since what sets them from Rust does not survive a refusal.
export const emptyHeaders = () =>
  tried(() => {
    const headers = new Headers();
    headers.set("Accept", "*");
    return headers;
  });

/**
 * Headers as fetch takes them from anybody, undefined where they are no platform's.
 * @param {Headers} headers
 */
export const toObject = (headers) => tried(() => Object.fromEntries(headers));

/**
 * @param {Function} maker of the error
 * @returns {Promise<never>}
 */
export const refuse = async (maker) => {
  await undefined;
  throw maker();
};

/**
 * Runs a task of Rust's to its end: see task.rs.
 * @param {{ poll(end: number, status: number, ms: number): unknown, free(): void }} task
 */
export const drive = async (task) => {
  try {
    // A moment later than the call: until then it can be aborted, and what follows has neither the
    // caller's stack beneath it nor wasm.
    await undefined;
    let next = task.poll(0, 0, 0);
    while (next instanceof Attempt) {
      await next.ended;
      next = task.poll(next.end, next.status, next.ms);
    }
    if (typeof next === "function") throw next();
    return next;
  } finally {
    try {
      task.free();
    } catch {
      // It ended in the middle of a poll; what ended it is told.
    }
  }
};

// Both end up as numbers.
export const wallClock = () => tried(() => +Date.now());
export const dice = () => tried(() => Math.random() % 1) ?? 0.5;

// Milliseconds since any moment.
const now = () => tried(() => performance.now()) ?? tried(() => Date.now());
