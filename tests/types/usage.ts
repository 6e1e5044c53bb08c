// How a user writes it. Compiled, never run: every line here must stay legal.

import type {
  AttemptEvent,
  Auth,
  CallOptions,
  ClientOptions,
  Delivery,
  ErrorCode,
  ListenerSubmit,
  MeetingSchedule,
  NewVisitor,
  OperationName,
  PhoneStatusItem,
  UploadOptions,
  Visitor,
  VisitorInfo,
  VisitorRef,
  VisitorUpdate,
} from "botsplash";
import { Botsplash, BotsplashError, bodyOf, isBotsplashError } from "botsplash";

// --- setting up -------------------------------------------------------------------------------

const withPassword = new Botsplash({ appId: "acme", auth: { username: "acme-crm", password: "..." } });
const withKey = new Botsplash({ appId: "acme", auth: { apiKey: "..." } });
const onRelay = new Botsplash({ appId: "acme", baseUrl: "/relay" });

const placements: Auth[] = [
  { apiKey: "...", in: "query" },
  { apiKey: "...", in: "body" },
];

const events: AttemptEvent[] = [];
const options: ClientOptions = {
  appId: "acme",
  auth: placements[0] ?? { apiKey: "..." },
  baseUrl: "https://relay.example/open/v1",
  timeoutMs: 10_000,
  retries: 0,
  routes: { sendMessage: "POST /{appId}/messages", listMeetings: "GET /{appId}/visitor/{idType}/{idValue}/meetings" },
  fetch: (url, init) => fetch(url, init),
  onAttempt: (event) => events.push(event),
  allowBrowserCredentials: true,
};
export const client = new Botsplash(options);

export const plain: ClientOptions[] = [
  // The global fetch, and doubles that answer at once or need no request.
  { appId: "acme", fetch },
  { appId: "acme", fetch: async () => new Response('{"success":true}') },
  {
    appId: "acme",
    onAttempt: ({ operation, attempt, status, durationMs, delivery }) =>
      console.log(operation, attempt, status ?? "no response", durationMs, delivery),
  },
];

// --- the nine operations ----------------------------------------------------------------------

const jane: NewVisitor = {
  clientVisitorId: "12345",
  firstName: "Jane",
  lastName: "Doe",
  phoneNumber: "3334445555",
  deliveryStatus: 202,
  extendedAttributes: { color: "red", priority: 1, tags: ["new"], nested: { deep: null } },
};
const contact: VisitorInfo = { clientVisitorId: "12345", validPhoneNumbers: ["3334445555", "2223334444"] };
const byCrm: VisitorRef = { clientVisitorId: "12345" };
const byApp: VisitorRef = { clientAppId: "12345" };
const within: CallOptions = { signal: AbortSignal.timeout(1000), timeoutMs: 500, retries: 1 };

export async function everyOperation(): Promise<void> {
  await client.submitListener("welcome", { visitor: jane, args: { message: "Welcome!" } });
  await client.submitListener("welcome", { visitor: {} }, within);

  const { key } = await client.uploadFile(new Blob(["%PDF"], { type: "application/pdf" }));
  if (typeof key === "string") await client.submitListener("welcome", { visitor: jane, args: { mediaKey: key } });

  await client.triggerSequence("reminder", { visitor: contact }, within);
  await client.updateVisitor(byCrm, { updateOnly: true, retainPhones: true, visitor: contact }, { retries: 0 });
  await client.updateVisitor(byApp, {});
  await client.callVisitorAction(byCrm, "archive", within);
  await client.listMeetings({ clientAppId: "12345" }, within);
  await client.scheduleMeeting(byCrm, { agentClientUserId: "54321", followupAt: "2030-08-24T14:15:22Z" }, within);
  await client.sendMessage({ text: "See you at ten.", visitor: contact }, within);
  await client.updatePhoneStatuses({ items: [{ phoneNumber: "3334445555", status: "send" }] }, within);
}

// --- arguments --------------------------------------------------------------------------------

// A value under a program's own type, closed or not, fits the open objects.
interface LeadFacts {
  color: string;
  score?: number;
}
const facts: LeadFacts = { color: "red" };
type Campaign = { readonly campaign: "spring"; readonly message?: string };
const campaign: Campaign = { campaign: "spring" };

export const openObjects: ListenerSubmit[] = [
  { visitor: { extendedAttributes: facts } },
  { visitor: {}, args: campaign },
  { visitor: {}, args: { message: "Hello", mediaUrl: "https://example.com/a.png", template: 7, when: { hour: 9 } } },
];

export const meetings: MeetingSchedule[] = [
  { agentClientUserId: "54321", followupAt: new Date(Date.now() + 3_600_000) },
  {
    agentClientUserId: "54321",
    followupAt: new Date().toISOString(),
    duration: 30,
    notes: "",
    description: "",
    additionalEmails: [],
  },
];

// The published status completes in an editor, and any other one is taken.
const fromElsewhere: string = "paused";
export const statuses: PhoneStatusItem[] = ["send" as const, "paused", fromElsewhere].map((status) => ({
  phoneNumber: "3334445555",
  status,
}));

export async function uploads(bytes: ArrayBuffer, file: File, named: UploadOptions): Promise<void> {
  await client.uploadFile(file);
  await client.uploadFile(bytes, { fileName: "photo.png", contentType: "image/png" });
  await client.uploadFile(new Uint8Array(bytes), named);
  await client.uploadFile(new DataView(bytes), { ...within, fileName: "photo.png" });
}

// A type can be put together step by step.
export function updateFor(visitor: VisitorInfo, moved: boolean): VisitorUpdate {
  const update: VisitorUpdate = { visitor };
  if (moved) update.retainAccess = true;
  return update;
}

// --- answers ----------------------------------------------------------------------------------

// Nothing in an answer is promised, so every field may be null or missing.
export async function answers(): Promise<string> {
  const visitor: Visitor = await client.sendMessage({ text: "Hello" });
  const name: string | null | undefined = visitor.firstName;
  const archived: boolean = visitor.archived ?? false;
  const status: number = visitor.deliveryStatus ?? 0;

  // Fields that are not documented are there, as unknown.
  const unlisted: unknown = visitor["loyaltyTier"];
  const tier = typeof unlisted === "string" ? unlisted : "none";

  const { count, meetings } = await client.listMeetings(byCrm);
  for (const meeting of meetings ?? []) {
    const notes = meeting["notes"];
    if (typeof notes === "string") console.log(notes.length);
  }

  const { success, requestId } = await client.submitListener("welcome", { visitor: jane });
  const scheduled = await client.scheduleMeeting(byCrm, { agentClientUserId: "1", followupAt: new Date() });
  const { visitorSequenceId } = await client.triggerSequence("reminder", { visitor: {} });
  const updated = await client.updatePhoneStatuses({ items: [] });
  return [
    name,
    archived,
    status,
    tier,
    count,
    success,
    requestId,
    scheduled.followupAt,
    visitorSequenceId,
    updated.count,
  ].join();
}

// --- errors -----------------------------------------------------------------------------------

/** The reaction to a failure: every kind is decided, so a new one does not compile. */
function decide(code: ErrorCode): "fix" | "retry" | "stop" {
  switch (code) {
    case "validation":
    case "configuration":
      return "fix";
    case "network":
    case "timeout":
    case "http":
      return "retry";
    case "aborted":
    case "decode":
      return "stop";
    default:
      return code satisfies never;
  }
}

function mayHaveHappened(delivery: Delivery): boolean {
  switch (delivery) {
    case "not_sent":
    case "rejected":
      return false;
    case "unknown":
    case "accepted":
      return true;
    default:
      return delivery satisfies never;
  }
}

export async function careful(): Promise<void> {
  try {
    await client.sendMessage({ text: "Hello" });
  } catch (error) {
    if (!isBotsplashError(error)) throw error;
    const operation: OperationName | "readSubmission" | undefined = error.operation;
    const waited: number = error.retryAfterMs ?? 0;
    const durations: number[] = error.attempts.map((attempt) => attempt.durationMs);
    console.log(
      error.name,
      error.message,
      operation,
      error.httpStatus,
      error.field,
      error.requestId,
      error.hint,
      waited,
      durations,
    );
    const body: unknown = bodyOf(error);
    const cause: unknown = error.cause;
    if (decide(error.code) === "retry" && !mayHaveHappened(error.delivery))
      console.log(body, cause, error.attempts[0]?.status);
  }
}

export function describe(reason: unknown): string {
  if (reason instanceof BotsplashError) return `${reason.code}: ${reason.delivery}`;
  return reason instanceof Error ? reason.message : "";
}

// An Error like any other.
export const asError = (error: BotsplashError): Error => error;

// --- names and lifetimes ----------------------------------------------------------------------

export const names: Record<OperationName, string> = {
  submitListener: "Submit listener",
  uploadFile: "Upload file",
  triggerSequence: "Trigger sequence",
  updateVisitor: "Update visitor",
  callVisitorAction: "Call visitor action",
  listMeetings: "List meetings",
  scheduleMeeting: "Schedule meeting",
  sendMessage: "Send message",
  updatePhoneStatuses: "Update phone statuses",
};

export async function lifetimes(): Promise<void> {
  await withPassword.ready();
  withPassword.free();
  await Promise.all([withKey.ready(), onRelay.ready()]);
}
