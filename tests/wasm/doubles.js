// Stand-ins for what a caller brings: a fetch, a signal, an object that misbehaves.

/**
 * A fetch that answers the same every time, and keeps what it was asked.
 * @param {number} status
 * @param {string} body
 * @param {HeadersInit} headers
 */
export const answering = (status, body, headers = {}) => {
  /** @type {object[]} */
  const seen = [];
  /** @param {Request} request */
  const fetch = async (request) => {
    const copy = request.clone();
    const type = copy.headers.get("content-type") ?? "";
    seen.push({
      method: copy.method,
      url: copy.url,
      redirect: copy.redirect,
      headers: Object.fromEntries(copy.headers),
      body: type.startsWith("multipart/") ? [...(await formOf(copy))].map(part) : await copy.text(),
    });
    return new Response(body, { status, headers });
  };
  return Object.assign(fetch, { seen });
};

/** A fetch that answers with these bytes. @param {Uint8Array} body */
export const answeringBytes = (body) => {
  const bytes = body.slice();
  return async () => new Response(bytes, { status: 200 });
};

/**
 * A request of WebKit's sends its files and does not read them back: there, it is taken to hold the
 * form that was filled last.
 * @param {Request} request
 */
const formOf = (request) => request.formData().catch(() => filled);

let filled = new FormData();
const { append } = FormData.prototype;
/** @param {[string, any, any?]} part */
FormData.prototype.append = function (...part) {
  filled = this;
  append.apply(this, part);
};

/** @param {[string, FormDataEntryValue]} entry */
const part = ([name, value]) =>
  typeof value === "string"
    ? { name, value }
    : { name, file: value.name, type: value.type || "application/octet-stream", size: value.size };

/** A fetch that never answers by itself, and rejects when its signal aborts, as the real one does. */
export const hanging = () => {
  /** @param {Request} request */
  const forever = ({ signal }) =>
    new Promise((_, reject) => {
      fetch.calls += 1;
      signal.addEventListener("abort", () => {
        fetch.aborted += 1;
        reject(signal.reason);
      });
    });
  const fetch = Object.assign(forever, { calls: 0, aborted: 0 });
  return fetch;
};

/** A fetch whose answer's body never ends. */
export const stalling = () => () => Promise.resolve(new Response(new ReadableStream({}), { status: 200 }));

/** A fetch written as a text, for what is said in a line. @param {string} body */
export const speaking = (body) => new Function("request", body);

/** A value written as a text. @param {string} text */
export const value = (text) => new Function(`return (${text})`)();

/** A signal that aborts a moment later, for the given reason. @param {unknown} reason */
export const abortingSoon = (reason) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 5);
  return controller.signal;
};

/**
 * Puts a function that throws in the place of one of the platform's, until the answer is called.
 * @param {string} path such as `Math.random`
 */
export const breaking = (path) => {
  const [name = "", ...names] = path.split(".").reverse();
  /** @type {any} */
  const object = names.reduceRight((within, part) => within[part], /** @type {any} */ (globalThis));
  const own = object[name];
  /** @param {any[]} given */
  object[name] = function (...given) {
    // A browser's driver asks for the page's functions as well, while a test waits.
    const isOurs = new.target !== undefined || new Error().stack?.includes("platform.js");
    if (isOurs) throw undefined;
    return own.apply(this, given);
  };
  return () => {
    object[name] = own;
  };
};
