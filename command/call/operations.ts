// The arguments of each operation on a command line, and the call of the client that they become.
import type { Botsplash, CallOptions, OperationName, VisitorRef } from "botsplash";

/** The arguments of a call, read. */
export interface CallInput {
  /** A listener's, a sequence's or an action's; empty where the operation takes none. */
  readonly id: string;
  /** The visitor; missing where the operation takes none. */
  readonly who: VisitorRef | undefined;
  /** The JSON of the body. Whether it fits is the client's to say. */
  readonly body: unknown;
  readonly file: { readonly blob: Blob; readonly fileName?: string; readonly contentType?: string } | undefined;
  readonly submissionKey: string | undefined;
  readonly options: CallOptions;
}

export interface CallShape {
  /** The argument after the operation's name. */
  readonly operand?: "listenerId" | "sequenceId" | "actionId" | "file";
  /** It is about one visitor. */
  readonly who?: true;
  /** It takes JSON. */
  readonly body?: true;
  readonly call: (client: Botsplash, input: CallInput) => Promise<unknown>;
}

/** Types are the client's to check, and it says what it expected. */
// biome-ignore lint/suspicious/noExplicitAny: the body is whatever somebody has written
type Unchecked = any;

/** By name: an operation that is missing here does not compile. */
export const callShapes: { readonly [Name in OperationName]: CallShape } = {
  submitListener: {
    operand: "listenerId",
    body: true,
    call: (client, { id, body, submissionKey, options }) =>
      client.submitListener(id, body as Unchecked, {
        ...options,
        ...(submissionKey !== undefined && { submissionKey }),
      }),
  },
  uploadFile: {
    operand: "file",
    call: (client, { file, options }) => {
      const { blob, ...about } = file as NonNullable<CallInput["file"]>;
      return client.uploadFile(blob, { ...options, ...about });
    },
  },
  triggerSequence: {
    operand: "sequenceId",
    body: true,
    call: (client, { id, body, options }) => client.triggerSequence(id, body as Unchecked, options),
  },
  updateVisitor: {
    who: true,
    body: true,
    call: (client, { who, body, options }) => client.updateVisitor(who as Unchecked, body as Unchecked, options),
  },
  callVisitorAction: {
    operand: "actionId",
    who: true,
    call: (client, { who, id, options }) => client.callVisitorAction(who as Unchecked, id, options),
  },
  listMeetings: {
    who: true,
    call: (client, { who, options }) => client.listMeetings(who as Unchecked, options),
  },
  scheduleMeeting: {
    who: true,
    body: true,
    call: (client, { who, body, options }) => client.scheduleMeeting(who as Unchecked, body as Unchecked, options),
  },
  sendMessage: {
    body: true,
    call: (client, { body, options }) => client.sendMessage(body as Unchecked, options),
  },
  updatePhoneStatuses: {
    body: true,
    call: (client, { body, options }) => client.updatePhoneStatuses(body as Unchecked, options),
  },
};

/** `submitListener <listenerId> < body.json` */
export function usageOf(name: OperationName): string {
  const { operand, who, body } = callShapes[name];
  return [name, operand && `<${operand}>`, who && "--client-visitor-id <id>", body && "< body.json"]
    .filter(Boolean)
    .join(" ");
}
