// The shapes that a sandbox shows to its users. Times are what `now()` gave: milliseconds since 1970.
import type { OperationName } from "botsplash";
import type { ReceivedPart } from "./body.ts";
import type { Json } from "./contract.ts";

/** A request as it arrived, preflights included. */
export interface RequestRecord {
  method: string;
  /** As it arrived, percent-encoding and all. */
  path: string;
  /** As it arrived, without the question mark; empty if there is none. */
  query: string;
  /** Under lower-case names. */
  headers: Record<string, string>;
  /** The text, or the parts of a multipart body. */
  body: string | ReceivedPart[];
  /** The operation that the route leads to, if it leads to one. */
  operation?: OperationName;
  /** The status of the response; missing while, and if, it gets no response. */
  status?: number;
}

/** Something that a request changed in the world. */
export interface LedgerEntry {
  operation: OperationName;
  /** Botsplash's id of the visitor concerned, if there is one. */
  visitorId?: string;
  at: number;
  /** Where in `requests` the request is. */
  requestIndex: number;
}

/** A text that a person received on their phone. */
export interface Text {
  /** The phone number. */
  to: string;
  text: string;
  /** The operation that sent it. */
  by: OperationName;
  /** The key or link of the file sent along. */
  media?: string;
}

/** A visitor on file: the API's Visitor, and what the API does not show. */
export interface SandboxVisitor {
  id: string;
  clientVisitorId: string | null;
  handle: string | null;
  agentId: string | null;
  agentClientUserId: string | null;
  teamId: string | null;
  teamCode: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phoneNumber: string | null;
  pictureUrl: string | null;
  city: string | null;
  state: string | null;
  milestone: string | null;
  visitorStatus: string | null;
  tzName: string | null;
  archived: boolean;
  deliveryStatus: number | null;
  clientAppId: string | null;
  /** All numbers on file, `phoneNumber` among them. */
  phoneNumbers: string[];
  /** The caller's ids of the agents who may see the visitor. */
  agentsWithAccess: string[];
  extendedAttributes: Json;
}

/** A visitor submitted to a listener. */
export interface Submission {
  requestId: string;
  appId: string;
  listenerId: string;
  visitorId: string;
  /** As submitted. */
  visitor: Json;
  /** As submitted; empty if none were. */
  args: Json;
  at: number;
}

/** A direct message. */
export interface Message {
  appId: string;
  visitorId: string;
  text: string;
  /** The phone number it went to. */
  to: string;
  at: number;
}

/** A sequence that was started. */
export interface SequenceRun {
  visitorSequenceId: string;
  appId: string;
  sequenceId: string;
  visitorId: string;
  at: number;
}

/** An action that was run. */
export interface ActionRun {
  appId: string;
  actionId: string;
  visitorId: string;
  at: number;
}

/** A meeting that was scheduled. */
export interface Meeting {
  meetingId: string;
  appId: string;
  visitorId: string;
  agentClientUserId: string;
  /** As scheduled. */
  followupAt: string;
  /** In minutes. */
  duration: number;
  notes: string | null;
  description: string;
  additionalEmails: string[];
  at: number;
}

/** The status that was set for a phone number. */
export interface PhoneStatus {
  appId: string;
  phoneNumber: string;
  status: string;
  /** The visitor with that number, if there is one. */
  visitorId: string | null;
  at: number;
}

/** A file that was stored. */
export interface Upload {
  key: string;
  appId: string;
  filename: string;
  type: string;
  /** In bytes. */
  size: number;
  bytes: Uint8Array;
  at: number;
}
