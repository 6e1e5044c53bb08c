/** How the client is set up. */
export interface ClientOptions {
  /** The account's App Name or ID. */
  appId: string;
  /**
   * Credentials for every call. Without them none are sent: that is how a page talks to a relay.
   *
   * In a page or a web worker they are refused unless `allowBrowserCredentials` is set, since
   * every visitor could read them.
   */
  auth?: Auth;
  /**
   * Where the API, or a relay for it, lives. Default: `https://api.botsplash.com/open/v1`. With
   * `http:` credentials travel in the clear.
   */
  baseUrl?: string;
  /**
   * Milliseconds for each attempt, up to the response's last byte. Default: 30000. A whole call,
   * waits included, never takes longer than `timeoutMs * (retries + 1)`.
   */
  timeoutMs?: number;
  /**
   * How often a call may be tried again, 0 to 10. Default: 2. A call that acts on a person is
   * tried again only when the server said that it did nothing. That is after 429, or 503 with
   * `Retry-After`. 0 is absolute.
   */
  retries?: number;
  /**
   * Replaces the method and path of operations: `{ sendMessage: "POST /{appId}/messages" }`.
   * `npx botsplash contract` finds them in the API's own OpenAPI description.
   */
  routes?: { [operation in OperationName]?: string };
  /**
   * Lets fields through that this package does not know yet, by path and with any JSON in them:
   * `{ sendMessage: ["visitor.nickname"], updatePhoneStatuses: ["items[].note"] }`.
   * `npx botsplash contract` finds those that the API has. To type one, add it to its interface:
   * `declare module "botsplash" { interface VisitorInfo { nickname?: string } }`.
   */
  extraFields?: { [operation in OperationName]?: readonly string[] };
  /** Called in place of the global `fetch`: a service binding, the sandbox, a test double. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Told of every attempt once it is over. The client ignores its exceptions. */
  onAttempt?: (event: AttemptEvent) => void;
  /** Lets `auth` be used in a browser. For pages that nobody else can open. */
  allowBrowserCredentials?: boolean;
  /**
   * Whether a failure to connect, as Node, Bun and Deno tell it, proves that nothing was sent. Default: `true`. Set it
   * to `false` where something beneath the global `fetch` tries a request several times.
   */
  trustConnectErrors?: boolean;
}

/**
 * HTTP Basic credentials, or an API key.
 *
 * The key travels in the query by default. With `in: "body"` it goes into the JSON body or the
 * upload's form; an operation without a body (`callVisitorAction`, `listMeetings`) still sends it
 * in the query.
 */
export type Auth =
  | { username: string; password: string; apiKey?: never; in?: never }
  | { apiKey: string; in?: "query" | "body"; username?: never; password?: never };

/** The options of one call. */
export interface CallOptions {
  /** Ends the call when it aborts. */
  signal?: AbortSignal;
  /** Milliseconds for each attempt, in place of the client's. */
  timeoutMs?: number;
  /** How often it may be tried again, in place of the client's. */
  retries?: number;
}

/** The options of one submit. */
export interface SubmitOptions extends CallOptions {
  /**
   * For a relay, which takes what has the same key once, however often it is sent. Make one for
   * each lead, and keep it for as long as you may send that lead again. 1 to 64 of
   * `A-Za-z0-9-._~`, such as a UUID. The API itself has no such key, so a client
   * with `auth` refuses it.
   */
  submissionKey?: string;
}

/** A form's names and values, as its platform or framework has them. */
export type FormValues = Iterable<readonly [string, string | Blob]> | { readonly [name: string]: unknown };

/** A submission that was read from a form. */
export interface ReadSubmission extends ListenerSubmit {
  /** The form's names that it left out; not enumerable, since it is not part of what is sent. */
  readonly skipped?: readonly string[];
}

/** The options of reading a form. */
export interface ReadOptions {
  /** Further names of the form's fields, which go to the visitor's `extendedAttributes`. */
  extendedAttributes?: readonly string[];
}

/** The options of one upload. */
export interface UploadOptions extends CallOptions {
  /** The file's name. Default: a `File`'s own, else `file`. */
  fileName?: string;
  /** The file's media type. Default: a `Blob`'s own. */
  contentType?: string;
}

/** A JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue | undefined };

/** The name of an operation: its `operationId`, and the client's method. */
export type OperationName = Exclude<keyof Botsplash, "readSubmission" | "ready" | "free" | symbol>;

/** One attempt: no URL, no body, nobody's data. */
export interface AttemptEvent {
  /** The operation. */
  operation: OperationName;
  /** Its number; the first is 1. */
  attempt: number;
  /** The HTTP status, if a response began to arrive. */
  status?: number;
  /** From the request's start to the response's last byte or the failure. */
  durationMs: number;
  /** The effect that this attempt alone may have had. */
  delivery: Delivery;
}

/** The kind of failure. */
export type ErrorCode =
  /** An argument does not fit the API's schema. Nothing was sent. */
  | "validation"
  /** The client itself is set up wrongly. Nothing was sent. */
  | "configuration"
  /** The connection failed, before or after the request got through. */
  | "network"
  /** No whole response within the time given. */
  | "timeout"
  /** The caller gave up. */
  | "aborted"
  /** The server answered with something other than success. */
  | "http"
  /** The server answered with success, and with a body that is not the JSON it documents. */
  | "decode";

/** The known effect of the request: the most that any attempt may have done. */
export type Delivery =
  /** Nothing left this program. */
  | "not_sent"
  /** The server refused it: nothing was done. */
  | "rejected"
  /** It may or may not have been processed. */
  | "unknown"
  /** The server said yes, or a proxy in its place did, and its response is missing or unreadable: see `bodyOf`. Do not send it again. */
  | "accepted";

/** A call that did not end with an answer. No credential, phone number or body is in its message. */
export class BotsplashError extends Error {
  private constructor();
  /**
   * Makes an error out of what another one's `toJSON()` gave, on the other side of a boundary that keeps plain data
   * alone. Such are a worker, a server action, a queue. In a test, out of the fields that the test is about.
   *
   * The server's response does not travel with it: a test that needs one gives it as `body`.
   *
   * ```js
   * BotsplashError.from({ code: "http", delivery: "rejected", httpStatus: 429, retryAfterMs: 60_000 });
   * ```
   */
  static from(fields: Partial<BotsplashErrorFields>, body?: unknown): BotsplashError;
  /** The error as plain data. It holds no personal data: it may be logged, stored, and handed on. */
  toJSON(): BotsplashErrorFields;
  readonly name: "BotsplashError";
  /** The kind of failure: match on this, never on the message. */
  readonly code: ErrorCode;
  /** The known effect of the request. */
  readonly delivery: Delivery;
  /** Every request that was made, in order. */
  readonly attempts: readonly { readonly status?: number; readonly durationMs: number }[];
  /** The operation; absent where the client itself is set up wrongly. */
  readonly operation?: OperationName | "readSubmission";
  /**
   * The HTTP status of the last attempt, where it was answered; `attempts` has all of them. It is not called `status`,
   * with which Express and Fastify would answer your own visitor.
   */
  readonly httpStatus?: number;
  /** The path of the argument or option that is wrong, such as `visitor.email`. */
  readonly field?: string;
  /** The server's id for the request. */
  readonly requestId?: string;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The message without the hint. */
  readonly summary: string;
  /** The next step for the reader. */
  readonly hint?: string;
  /** The failure below, by name and code only: its message might quote the request. */
  readonly cause?: unknown;
}

/** The fields of a `BotsplashError`, as `toJSON()` gives them and `BotsplashError.from` takes them. */
export interface BotsplashErrorFields
  extends Pick<
    BotsplashError,
    | "name"
    | "message"
    | "code"
    | "delivery"
    | "attempts"
    | "operation"
    | "httpStatus"
    | "field"
    | "requestId"
    | "retryAfterMs"
    | "summary"
    | "hint"
  > {}

/** Whether a value is a `BotsplashError`, also one of another copy of this package. */
export function isBotsplashError(value: unknown): value is BotsplashError;

/**
 * The beginning of the server's response, parsed if it is JSON, credentials scrubbed; `undefined` where there is none,
 * and through a Proxy. It never throws.
 *
 * It may hold personal data, so it is not a property of the error: nothing that prints an error prints it.
 */
export function bodyOf(error: unknown): unknown;
