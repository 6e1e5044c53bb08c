// Types of the npm package botsplash, made from the Rust crate's.
declare global {
    interface SymbolConstructor {
        /** A method that is used to release resources held by an object. */
        readonly dispose: unique symbol;
        /** A method that is used to asynchronously release resources held by an object. */
        readonly asyncDispose: unique symbol;
    }
    interface Disposable {
        [Symbol.dispose](): void;
    }
    interface AsyncDisposable {
        [Symbol.asyncDispose](): PromiseLike<void>;
    }
}

/**
 * A client of the Botsplash Open API.
 *
 * Every method makes one call. It resolves with the API's answer, or rejects with a
 * `BotsplashError` whose `delivery` says what is known about the request's effect.
 */
export class Botsplash {
    /**
     * Reads a lead form, or checks a submission, as `submitListener` takes it. Nothing is sent.
     *
     * `input` is a submission, or a form: a `FormData`, `URLSearchParams`, `Map`, list of entries, or a
     * plain object, such as a framework's parsed body. Its names are those of the fields of the visitor
     * and the args. Empty fields are left out. So are other names, which `skipped` lists: look at it,
     * since a form that says `phone` gives a lead without a number. A known name that is given twice,
     * or a file, is a `validation` error.
     */
    readSubmission(input: ListenerSubmit | FormValues, options?: ReadOptions): Promise<ReadSubmission>;
    /**
     * Keeps the options. Nothing is sent before the first call.
     *
     * `appId` is the account's App Name or ID. Wrong options reject the first call, and
     * `ready()`, with code `configuration`.
     */
    constructor(options: ClientOptions);
    /**
     * Submits a visitor to a listener, which starts the engagement that its workflow names.
     *
     * A second submit can text a person twice. `listenerId` is the listener's id in the admin's
     * Listener Settings. Route: published.
     */
    submitListener(listenerId: string, submission: ListenerSubmit, call?: SubmitOptions): Promise<ListenerSubmitResponse>;
    /**
     * Stores a file and answers a key, which a listener submit can name in `args.mediaKey`.
     *
     * Carriers usually take under 1 MB, some up to 5 MB; JPG, PNG, MP4 and PDF are the safe
     * formats. No limit is published for the upload itself. Route: published.
     */
    uploadFile(file: Blob | ArrayBuffer | ArrayBufferView, options?: UploadOptions): Promise<UploadResponse>;
    /**
     * Creates or updates the visitor and starts the sequence for it.
     *
     * A second call can text a person twice.
     *
     * Route: assumed. `npx botsplash contract` tells the API's own, for `routes`.
     */
    triggerSequence(sequenceId: string, trigger: SequenceTrigger, call?: CallOptions): Promise<SequenceTriggerResponse>;
    /**
     * Updates a visitor known by an external id, agent assignment included.
     *
     * Route: assumed. `npx botsplash contract` tells the API's own, for `routes`.
     */
    updateVisitor(who: VisitorRef, update: VisitorUpdate, call?: CallOptions): Promise<Visitor>;
    /**
     * Runs one of the account's actions for a visitor known by an external id.
     *
     * Route: assumed. `npx botsplash contract` tells the API's own, for `routes`.
     */
    callVisitorAction(who: VisitorRef, actionId: string, call?: CallOptions): Promise<Visitor>;
    /**
     * Lists the meetings of a visitor known by an external id.
     *
     * Route: assumed. `npx botsplash contract` tells the API's own, for `routes`.
     */
    listMeetings(who: VisitorRef, call?: CallOptions): Promise<MeetingList>;
    /**
     * Schedules a meeting with a visitor known by an external id.
     *
     * A visitor that does not exist is a 400. Whether the time lies in the future is left to
     * the server, whose clock decides.
     *
     * Route: assumed. `npx botsplash contract` tells the API's own, for `routes`.
     */
    scheduleMeeting(who: VisitorRef, meeting: MeetingSchedule, call?: CallOptions): Promise<MeetingScheduleResponse>;
    /**
     * Sends a message to a visitor known by CRM id and phone number.
     *
     * A second call can text a person twice.
     *
     * Route: assumed. `npx botsplash contract` tells the API's own, for `routes`.
     */
    sendMessage(message: MessageSend, call?: CallOptions): Promise<Visitor>;
    /**
     * Sets each phone number's visitor to the given status.
     *
     * Route: assumed. `npx botsplash contract` tells the API's own, for `routes`.
     */
    updatePhoneStatuses(update: PhoneStatusUpdate, call?: CallOptions): Promise<PhoneStatusUpdateResponse>;
    /**
     * Resolves when the WebAssembly runs and the configuration is good; rejects with the
     * `BotsplashError` that the first call would reject with.
     *
     * Nothing needs it: every call waits for the same. It brings a mistake to light early.
     */
    ready(): Promise<void>;
    /**
     * Gives the client's memory back at once instead of when it is collected.
     *
     * Calls in flight still finish; later ones reject. Nothing needs it.
     */
    free(): void;
    /** The same as `free()`, for `using` and `await using`. */
    [Symbol.dispose](): void;
}

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
    auth?: Auth | undefined;
    /**
     * Where the API, or a relay for it, lives. Default: `https://api.botsplash.com/open/v1`. With
     * `http:` credentials travel in the clear.
     */
    baseUrl?: string | undefined;
    /**
     * Milliseconds for each attempt, up to the response's last byte. Default: 30000. A whole call,
     * waits included, never takes longer than `timeoutMs * (retries + 1)`.
     */
    timeoutMs?: number | undefined;
    /**
     * How often a call may be tried again, 0 to 10. Default: 2. A call that acts on a person is
     * tried again only when the server said that it did nothing. That is after 429, or 503 with
     * `Retry-After`. 0 is absolute.
     */
    retries?: number | undefined;
    /**
     * Replaces the method and path of operations: `{ sendMessage: "POST /{appId}/messages" }`.
     * `npx botsplash contract` finds them in the API's own OpenAPI description.
     */
    routes?: { [operation in OperationName]?: string } | undefined;
    /**
     * Lets fields through that this package does not know yet, by path and with any JSON in them:
     * `{ sendMessage: ["visitor.nickname"], updatePhoneStatuses: ["items[].note"] }`.
     * `npx botsplash contract` finds those that the API has. To type one, add it to its interface:
     * `declare module "botsplash" { interface VisitorInfo { nickname?: string } }`.
     */
    extraFields?: { [operation in OperationName]?: readonly string[] } | undefined;
    /** Called in place of the global `fetch`: a service binding, the sandbox, a test double. */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
    /** Told of every attempt once it is over. The client ignores its exceptions. */
    onAttempt?: ((event: AttemptEvent) => void) | undefined;
    /** Lets `auth` be used in a browser. For pages that nobody else can open. */
    allowBrowserCredentials?: boolean | undefined;
    /**
     * Whether a failure to connect, as Node, Bun and Deno tell it, proves that nothing was sent. Default: `true`. Set it
     * to `false` where something beneath the global `fetch` tries a request several times.
     */
    trustConnectErrors?: boolean | undefined;
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
    signal?: AbortSignal | undefined;
    /** Milliseconds for each attempt, in place of the client's. */
    timeoutMs?: number | undefined;
    /** How often it may be tried again, in place of the client's. */
    retries?: number | undefined;
}

/** The options of one submit. */
export interface SubmitOptions extends CallOptions {
    /**
     * For a relay, which takes what has the same key once, however often it is sent. Make one for
     * each lead, and keep it for as long as you may send that lead again. 1 to 64 of
     * `A-Za-z0-9-._~`, such as a UUID. The API itself has no such key, so a client
     * with `auth` refuses it.
     */
    submissionKey?: string | undefined;
}

/** A form's names and values, as its platform or framework has them. */
export type FormValues = Iterable<readonly [string, string | Blob]> | { readonly [name: string]: unknown };

/** A submission that was read from a form. */
export interface ReadSubmission extends ListenerSubmit {
    /** The form's names that it left out; not enumerable, since it is not part of what is sent. */
    readonly skipped?: readonly string[] | undefined;
}

/** The options of reading a form. */
export interface ReadOptions {
    /** Further names of the form's fields, which go to the visitor's `extendedAttributes`. */
    extendedAttributes?: readonly string[] | undefined;
}

/** The options of one upload. */
export interface UploadOptions extends CallOptions {
    /** The file's name. Default: a `File`'s own, else `file`. */
    fileName?: string | undefined;
    /** The file's media type. Default: a `Blob`'s own. */
    contentType?: string | undefined;
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
    status?: number | undefined;
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
    readonly operation?: OperationName | "readSubmission" | undefined;
    /**
     * The HTTP status of the last attempt, where it was answered; `attempts` has all of them. It is not called `status`,
     * with which Express and Fastify would answer your own visitor.
     */
    readonly httpStatus?: number | undefined;
    /** The path of the argument or option that is wrong, such as `visitor.email`. */
    readonly field?: string | undefined;
    /** The server's id for the request. */
    readonly requestId?: string | undefined;
    /** How long the server asked to wait, in milliseconds. */
    readonly retryAfterMs?: number | undefined;
    /** The message without the hint. */
    readonly summary: string;
    /** The next step for the reader. */
    readonly hint?: string | undefined;
    /** The failure below, by name and code only: its message might quote the request. */
    readonly cause?: unknown | undefined;
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

/** Names one visitor by an external id: one or the other, never both. */
export type VisitorRef = { clientVisitorId: string; clientAppId?: never } | { clientAppId: string; clientVisitorId?: never };

/** An object whose fields are the caller's own: any name, any JSON. */
export type JsonObject = { [name: string]: any };

/** The form of every response: the server may add fields, and they reach the caller untouched. */
export type OpenResponse = { [name: string]: JsonValue | undefined };

/** The input of a listener: the visitor, and the words for them. */
export interface ListenerSubmit {
    /** Whom to engage. */
    visitor: NewVisitor;
    /** The input of the listener's workflow, beside the visitor. */
    args?: ListenerArgs | undefined;
}

/**
 * The input of a listener's workflow: these published names, and any others the account's
 * workflow knows.
 */
export interface ListenerArgs extends JsonObject {
    /** The text to send. */
    message?: string | undefined;
    /** A public link to a picture, video or PDF to send along. */
    mediaUrl?: string | undefined;
    /** The key of an uploaded file to send along, as `uploadFile` answers it. */
    mediaKey?: string | undefined;
}

/** A visitor to engage: a contact from a CRM, or a new lead. Every field is optional. */
export interface NewVisitor {
    /** The customer's id in the caller's own CRM. */
    clientVisitorId?: string | undefined;
    /** The caller's own id of the agent who looks after the visitor. */
    agentClientUserId?: string | undefined;
    /** The caller's own ids of further agents who take part. */
    participantAgentIds?: string | undefined;
    /** The code of the team that the visitor belongs to. */
    teamCode?: string | undefined;
    /** Given name. */
    firstName?: string | undefined;
    /** Family name. */
    lastName?: string | undefined;
    /** Email address. */
    email?: string | undefined;
    /** The phone number that messages go to. */
    phoneNumber?: string | undefined;
    /** A US state code, such as `NC`. */
    state?: string | undefined;
    /** An IANA time zone, such as `America/New_York`. */
    tzName?: string | undefined;
    /** A delivery status code. 201 and 202 have been seen; their meanings are not published. */
    deliveryStatus?: number | undefined;
    /** The account's own attributes: any names, any JSON. */
    extendedAttributes?: JsonObject | undefined;
}

/**
 * A visitor as sequences, updates and messages take it: a contact whom the account's CRM knows.
 *
 * Every field is optional.
 */
export interface VisitorInfo {
    /** The customer's id in the caller's own CRM. */
    clientVisitorId?: string | undefined;
    /** An application-specific id of the customer. */
    clientAppId?: string | undefined;
    /** The caller's own id of the agent who looks after the visitor. */
    agentClientUserId?: string | undefined;
    /** The code of the team that the visitor belongs to. */
    teamCode?: string | undefined;
    /** Given name. */
    firstName?: string | undefined;
    /** Family name. */
    lastName?: string | undefined;
    /** Email address. */
    email?: string | undefined;
    /** The phone number that messages go to. */
    phoneNumber?: string | undefined;
    /** Every phone number on which the visitor can be reached. */
    validPhoneNumbers?: string[] | undefined;
    /** A US state code, such as `NC`. */
    state?: string | undefined;
    /** How far the visitor has come, in the account's own words. */
    milestone?: string | undefined;
    /** The visitor's status, in the account's own words. */
    visitorStatus?: string | undefined;
    /** An IANA time zone, such as `America/New_York`. */
    tzName?: string | undefined;
    /** A delivery status code. 201 and 202 have been seen; their meanings are not published. */
    deliveryStatus?: number | undefined;
}

/** The input of a sequence. */
export interface SequenceTrigger {
    /** The visitor to create or update, and to start the sequence for. */
    visitor: VisitorInfo;
}

/** The changes to a visitor, and how to make them. */
export interface VisitorUpdate {
    /**
     * Look the visitor up and update it if found. The outcome when it is not found is
     * not published.
     */
    updateOnly?: boolean | undefined;
    /** Tell the agents already connected that a message was sent to the visitor. */
    agentUpdate?: boolean | undefined;
    /** When the visitor moves to another agent, the first agent keeps access. */
    retainAccess?: boolean | undefined;
    /** Add the phone numbers to those on file; otherwise they replace them. */
    retainPhones?: boolean | undefined;
    /** The visitor's new values. */
    visitor?: VisitorInfo | undefined;
}

/** A meeting to schedule. */
export interface MeetingSchedule {
    /** The caller's own id of the agent or employee who holds the meeting. */
    agentClientUserId: string;
    /** When it begins: an ISO 8601 date-time with an offset, in the future. */
    followupAt: string | Date;
    /** Minutes. The server's default is 30. */
    duration?: number | undefined;
    /** Notes for the agent. */
    notes?: string | undefined;
    /** The meeting's subject. The server's default is "Meeting scheduled via API". */
    description?: string | undefined;
    /** Email addresses of further people to invite. */
    additionalEmails?: string[] | undefined;
}

/** A message, and whom it is for. */
export interface MessageSend {
    /** The text to send. */
    text: string;
    /** The visitor, known by CRM id and phone number. */
    visitor?: VisitorInfo | undefined;
}

/** The phone numbers to update. */
export interface PhoneStatusUpdate {
    /** One entry per phone number. */
    items: PhoneStatusItem[];
}

/** A phone number and its visitor's new status. */
export interface PhoneStatusItem {
    /** The phone number. */
    phoneNumber: string;
    /** The status. The API knows more than the one that is published. */
    status: "send" | (string & {});
}

/** The answer to a submit. */
export interface ListenerSubmitResponse extends OpenResponse {
    /** Whether the listener took the submission. */
    success?: boolean | null | undefined;
    /** The submission's id at Botsplash, a UUID. */
    requestId?: string | null | undefined;
}

/** The answer to an upload. */
export interface UploadResponse extends OpenResponse {
    /** The stored file's key, for a listener's `args.mediaKey`. */
    key?: string | null | undefined;
}

/** The answer to a triggered sequence. */
export interface SequenceTriggerResponse extends OpenResponse {
    /** The visitor's id at Botsplash. */
    visitorId?: string | null | undefined;
    /** The id of the sequence's run for this visitor. */
    visitorSequenceId?: string | null | undefined;
    /** Where an agent sees the visitor. */
    visitorUrl?: string | null | undefined;
    /** Whether the sequence was started. */
    success?: boolean | null | undefined;
}

/** A visitor as the API answers it. */
export interface Visitor extends OpenResponse {
    /** The visitor's id at Botsplash. */
    id?: string | null | undefined;
    /** The customer's id in the caller's own CRM. */
    clientVisitorId?: string | null | undefined;
    /** The name under which the visitor appears. */
    handle?: string | null | undefined;
    /** The agent's id at Botsplash. */
    agentId?: string | null | undefined;
    /** The caller's own id of the agent. */
    agentClientUserId?: string | null | undefined;
    /** The team's id at Botsplash, a UUID. */
    teamId?: string | null | undefined;
    /** The team's code. */
    teamCode?: string | null | undefined;
    /** Given name. */
    firstName?: string | null | undefined;
    /** Family name. */
    lastName?: string | null | undefined;
    /** Email address. */
    email?: string | null | undefined;
    /** Phone number. */
    phoneNumber?: string | null | undefined;
    /** The address of a picture. */
    pictureUrl?: string | null | undefined;
    /** City. */
    city?: string | null | undefined;
    /** A US state code, such as `NC`. */
    state?: string | null | undefined;
    /** How far the visitor has come, in the account's own words. */
    milestone?: string | null | undefined;
    /** The visitor's status, in the account's own words. */
    visitorStatus?: string | null | undefined;
    /** An IANA time zone, such as `America/New_York`. */
    tzName?: string | null | undefined;
    /** Whether the visitor has been archived. */
    archived?: boolean | null | undefined;
    /** A delivery status code; its meanings are not published. */
    deliveryStatus?: number | null | undefined;
}

/** A visitor's meetings. */
export interface MeetingList extends OpenResponse {
    /** The visitor's id at Botsplash. */
    visitorId?: string | null | undefined;
    /** How many meetings there are. */
    count?: number | null | undefined;
    /** The meetings. Their fields are not published. */
    meetings?: OpenResponse[] | null | undefined;
}

/** The answer to a scheduled meeting. */
export interface MeetingScheduleResponse extends OpenResponse {
    /** Whether the meeting was scheduled. */
    success?: boolean | null | undefined;
    /** The visitor's id at Botsplash. */
    visitorId?: string | null | undefined;
    /** The meeting's id. */
    meetingId?: string | null | undefined;
    /** When it begins: an ISO 8601 date-time. */
    followupAt?: string | null | undefined;
    /** The error of the visitor's update. */
    updateError?: string | null | undefined;
    /** Where an agent sees the visitor. */
    visitorUrl?: string | null | undefined;
}

/** The answer to an update of phone statuses. */
export interface PhoneStatusUpdateResponse extends OpenResponse {
    /** Whether the update was made. */
    success?: boolean | null | undefined;
    /** How many were updated. */
    count?: number | null | undefined;
}
