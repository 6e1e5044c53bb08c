// The transport of fetch.rs: requests and waits, each with its promise and a way to end it early.
// A promise always resolves, whatever fetch and its response do.

// How a request ended, as `Transport::send` in fetch.rs reads it.
const WHOLE = 0,
  CUT_OFF = 1,
  LOST = 2,
  UNSENDABLE = 3,
  REDIRECT = 4;

/**
 * Begins a request. Its promise resolves with how it ended, the status, `Retry-After`, the request's
 * id, and the text, or the name and the code of what went wrong.
 * @param {typeof fetch | undefined} own
 * @param {string} method
 * @param {string} url
 * @param {string | undefined} authorization
 * @param {string | undefined} contentType
 * @param {Uint8Array<ArrayBuffer> | undefined} body
 */
export const request = (own, method, url, authorization, contentType, body) => {
  const controller = new AbortController();
  const ended = async () => {
    /** @type {RequestInit} */
    const init = {
      method,
      headers: {
        accept: "application/json",
        ...(authorization === undefined ? {} : { authorization }),
        ...(contentType === undefined ? {} : { "content-type": contentType }),
      },
      // Neither `mode` nor `credentials`: workerd throws at both.
      redirect: "manual",
      signal: controller.signal,
      ...(body && { body }),
    };
    const fetch = own ?? globalThis.fetch;
    try {
      // An address that is not a URL must not look like a lost connection.
      new Request(url, init);
      if (typeof fetch !== "function") return [UNSENDABLE];
    } catch {
      return [UNSENDABLE];
    }
    /** @type {unknown[]} */
    let head = [LOST, 0, undefined, undefined];
    try {
      const response = await fetch(url, init);
      if (response.redirected || response.type === "opaqueredirect") return [REDIRECT];
      const { status, headers } = response;
      head = [CUT_OFF, status, headers.get("retry-after") ?? undefined, headers.get("x-request-id") ?? undefined];
      const text = await response.text();
      return [WHOLE, ...head.slice(1), text];
    } catch (fault) {
      const error = /** @type {any} */ (fault);
      // Its message may quote the URL, and with it a key, so it is not read.
      return [...head, nameOf(() => error.name) ?? "Unknown", nameOf(() => error.code ?? error.cause.code)];
    }
  };
  return { ended: ended(), close: () => controller.abort() };
};

/**
 * Begins a wait.
 * @param {number} ms
 */
export const wait = (ms) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const ended = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  // A process must not be kept alive by a timer that nobody waits for.
  return { ended, close: () => clearTimeout(timer) };
};

/**
 * Spelt as a name is, so that it cannot carry anything else.
 * @param {() => unknown} read
 */
const nameOf = (read) => {
  try {
    const name = read();
    return typeof name === "string" && /^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
};

/** Milliseconds since a moment that stays the same. */
export const elapsed = () => (globalThis.performance ?? Date).now();

// Whether this is a page or a web worker. Servers that have the same globals are told by names
// that only they have.
export const isBrowser = () => {
  /** @type {any} */
  const global = globalThis;
  const { document, WorkerGlobalScope, navigator, process, Deno, Bun, EdgeRuntime } = global;
  if (typeof document === "object" && document) return true;
  return (
    typeof WorkerGlobalScope === "function" &&
    globalThis instanceof WorkerGlobalScope &&
    navigator?.userAgent !== "Cloudflare-Workers" &&
    !process?.versions?.node &&
    !Deno &&
    !Bun &&
    !EdgeRuntime
  );
};
