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
