// One request, or one wait, with its deadline and the caller's signal. Timers, signals, fetch and its
// answers may all be a caller's own, so each is touched behind a catch.

import type { Encoded } from "./body.ts";
import {
  END_ABORTED,
  END_JSON,
  END_LOST,
  END_NOT_CONNECTED,
  END_NOT_STARTED,
  END_REDIRECT,
  END_TEXT,
  END_TIMED_OUT,
  END_UNSENDABLE,
} from "./boundary.ts";
import type { Host } from "./host.ts";
import { now } from "./platform.ts";
import { type Foreign, nameOf, safely, textOf } from "./safely.ts";
import { onAbort } from "./signals.ts";

/** `END_…` in boundary.ts. */
type End = number;

export interface Outgoing {
  /** The caller's own fetch. */
  fetch: unknown;
  /** Whether a failure to connect is taken for proof that nothing was sent. */
  trustsConnectErrors: boolean;
  method: string;
  /** With the query, an API key included. */
  url: string;
  headers: Record<string, string>;
  body: Encoded["body"];
}

const NOT_A_RESPONSE = "NotAResponse";

// How much of an unsuccessful response is kept, in UTF-16 units: `KEPT` in http.rs.
const KEPT = 8192;

// Scheme and host of the last URL that was one: those that begin alike are, too.
let lastOrigin = "";

export class Attempt {
  /** How it ended; 0 while it has not. */
  end: End = 0;
  /** The response's, where one began to arrive, else 0. */
  status = 0;
  /** How long it took. */
  ms = 0;
  /** The answer's JSON. */
  value: unknown;
  /** The response's text. */
  text: string | undefined;
  /** The class of what failed, and its system's code. */
  cause: string | undefined;
  causeCode: string | undefined;
  /** It does not reject. */
  readonly ended: Promise<void>;

  private readonly started = now();
  private resolve: () => void = () => {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unlisten: () => void = () => {};
  private controller: AbortController | undefined;
  /** The response, once it began to arrive. */
  private response: Foreign;

  /** A wait that has begun, unless it is over already: then nothing is sent. */
  constructor(signal: AbortSignal | undefined, ms: number) {
    this.ended = new Promise((resolve) => {
      this.resolve = resolve;
    });
    if (signal && safely(() => signal.aborted)) this.finish(END_ABORTED);
    else {
      try {
        // Not as the timer's own argument: what somebody put in its place may drop that.
        this.timer = setTimeout(() => this.finish(END_TIMED_OUT), ms);
      } catch {
        this.finish(END_UNSENDABLE);
      }
    }
    if (signal && !this.end) this.unlisten = onAbort(signal, () => this.finish(END_ABORTED));
    // It may have called back at once.
    if (this.end) this.unlisten();
  }

  /** Whether there was an attempt at all. */
  get wasTried(): boolean {
    return this.end !== END_NOT_STARTED && this.end !== END_UNSENDABLE;
  }

  /** A header of the response. */
  header(name: string): string | undefined {
    return textOf(() => this.response.headers.get(name));
  }

  /** Makes the request and reads the whole answer. `request` answers `undefined` where there is none to make. */
  async send(host: Host, request: () => Outgoing | undefined): Promise<void> {
    if (this.end) {
      this.end = this.end === END_ABORTED ? END_NOT_STARTED : END_UNSENDABLE;
      return;
    }
    let fetch: Foreign;
    let trusts: boolean;
    let url: string;
    let init: RequestInit;
    try {
      const { fetch: own, trustsConnectErrors, method, url: given, headers, body } = request() as Outgoing;
      trusts = trustsConnectErrors && !own;
      // Looked up at every call, so that a fetch put in its place later counts.
      fetch = own || globalThis.fetch;
      if (typeof fetch !== "function") throw 0;
      // A wrong URL must not look like a lost connection. A path is one of the page's own.
      url = given[0] === "/" ? new Request(given).url : given;
      const origin = url.slice(0, url.indexOf("/", 8));
      if (origin !== lastOrigin) new URL(url);
      lastOrigin = origin;
      this.controller = new AbortController();
      init = {
        method,
        headers: { ...headers },
        // Neither `mode` nor `credentials`: workerd throws at both.
        redirect: "manual",
        // Ours, since the caller's reason may be anything, and fetch would reject with it.
        signal: this.controller.signal,
        body: body as BodyInit,
      };
      if (!own) host.keep(init);
    } catch {
      return this.finish(END_UNSENDABLE);
    }
    try {
      const response = await fetch(url, init);
      host.connectedOnce();
      // Too late: nobody will read it.
      if (this.end) return await response.body?.cancel();
      const status = safely(() => response.status);
      // How a platform hides a redirect that it was told not to follow. A fetch of the caller's
      // own may have followed one: its response is not to this request.
      const isRedirect =
        safely(() => response.redirected) === true ||
        (status === 0 && safely(() => response.type) === "opaqueredirect");
      if (isRedirect) return this.finish(END_REDIRECT);
      if (!Number.isInteger(status) || status < 1 || status > 999) return this.lose(NOT_A_RESPONSE);
      this.status = status;
      this.response = response;
      const text = await response.text();
      if (typeof text !== "string") return this.lose(NOT_A_RESPONSE);
      const value = status > 199 && status < 300 && safely(() => JSON.parse(text));
      if (typeof value !== "object" || !value || Array.isArray(value)) {
        this.text = text.slice(0, KEPT);
        return this.finish(END_TEXT);
      }
      this.value = value;
      this.finish(END_JSON);
    } catch (fault) {
      // Its message may quote the URL, and with it a key, so it is not read.
      const error: Foreign = fault;
      const code = nameOf(() => error.code) || nameOf(() => error.cause.code);
      const isNotSent = trusts && !this.status && host.neverConnected(fetch, error);
      if (!isNotSent) host.connectedOnce();
      this.lose(nameOf(() => error.name) || "Unknown", code, isNotSent ? END_NOT_CONNECTED : END_LOST);
    }
  }

  private lose(cause: string, code?: string, end: End = END_LOST): void {
    this.cause = cause;
    this.causeCode = code;
    this.finish(end);
  }

  /**
   * The first end counts. Timer and listener go: a Node process must not be kept alive by a timer
   * that nobody waits for.
   */
  private finish(end: End): void {
    try {
      if (this.end) return;
      this.end = end;
      const ms = safely(() => Math.round(now() - this.started));
      // A clock may have been changed meanwhile.
      this.ms = ms > 0 && ms < 2 ** 31 ? ms : 0;
      this.unlisten();
      if (end !== END_JSON && end !== END_TEXT) safely(() => (this.controller as AbortController).abort());
    } finally {
      // Whatever went wrong before, such as a stack that is full: then the timer comes by again.
      this.resolve();
    }
    safely(() => clearTimeout(this.timer));
  }
}
