// The messages between the ingress and the outbox. Types only.
import type { ListenerSubmit } from "botsplash";
import type { NotedAlert } from "../alert.ts";
import type { Consent, ConsentHead, ConsentLine, SealedConsent } from "./consents.ts";
import type { OptOut } from "./opt-outs.ts";
import type { LeadState } from "./states.ts";

export type { LeadState } from "./states.ts";

/** A guard that can catch a lead: `number` before it is sent, the others before it is kept. */
export type Guard = "honeypot" | "turnstile" | "lure" | "number";

/** The fate of a lead when nobody can tell whether the API has processed it. */
export type OnAmbiguous = "review" | "resend" | "drop" | "lookup";

/** A fault that the owner must fix before a lead goes: in the service that verifies it, or in the words of a consent. */
export type Hold = "verification" | "consent";

/** A lead that the ingress hands over, checked and mapped. */
export interface NewLead {
  /** The submission key that the form or the client made: the same key is the same lead. */
  key?: string;
  submission: ListenerSubmit;
  via: "form" | "script";
  /** The guard for which it is quarantined instead of queued. */
  caughtBy?: Guard;
  /** Why it is held instead of queued. */
  heldBy?: Hold;
  /** The proof that its visitor agreed to be texted. */
  consent?: Consent;
  /** How its body was read, where that was not UTF-8. */
  charset?: string;
  /** Names of the form's fields that mean nothing to the relay. */
  unknown?: string[];
  /** The part that tells it from others, where that is not the whole submission. */
  said?: ListenerSubmit;
}

/** A `NewLead` with its hashes, before the outbox has it. */
export interface HashedLead extends Pick<NewLead, "via" | "caughtBy" | "heldBy" | "charset" | "unknown"> {
  /** The hash of its submission key. */
  key?: string;
  /** The hash of what it says. */
  content: string;
  /** As JSON. */
  submission: string;
  consent?: SealedConsent;
}

/**
 * The outbox's answer to a lead that was handed over.
 *
 * - `accepted`: it is on durable storage;
 * - `duplicate`: it already was: the same key, or the same content within the window;
 * - `conflict`: the key is known, with another content;
 * - `full`: there is no room for more; nothing was kept.
 */
export type Acceptance =
  | { outcome: "accepted" | "duplicate"; id: string; state: LeadState }
  | { outcome: "conflict" | "full" };

/** Who is meant: by number, by email, or by both. */
export interface PersonQuery {
  phoneNumber?: string;
  email?: string;
}

/** The records of a person in an outbox: leads, the oldest first, and proofs of consent. */
export interface PersonFile {
  leads: LeadView[];
  consents: ConsentLine[];
}

/** A lead as the review API shows it. */
export interface LeadView {
  id: string;
  state: LeadState;
  /** Why it is there, in words without personal data. */
  reason: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** Milliseconds since 1970. */
  changedAt: number;
  attempts: number;
  /** How often the same lead came in again without being kept a second time. */
  repeats: number;
  /** For `queued` and `checking`: not before then, in milliseconds since 1970. */
  dueAt?: number;
  /** The last HTTP status. */
  status?: number;
  via: "form" | "script";
  /** The API's id for it, once delivered. */
  requestId?: string;
  /** The guard that caught it. */
  caughtBy?: Guard;
  /** The fault that its owner must fix before it goes. */
  heldBy?: Hold;
  /** How its body was read, where that was not UTF-8. */
  charset?: string;
  /** Names of its form's fields that mean nothing to the relay. */
  unknown?: string[];
  /** How its visitor agreed to be texted. */
  consent?: Consent;
  /** Until its retention time is over. */
  submission?: ListenerSubmit;
}

/** Which leads the owner looks for. */
export interface LeadSearch {
  state?: LeadState;
  /** Words and numbers that its fields hold, or its id. */
  text?: string;
  /** Received since then, in milliseconds since 1970. */
  from?: number;
  /** Received before then, in milliseconds since 1970. */
  to?: number;
  via?: "form" | "script";
  /** The guard that caught it, or what holds it. */
  guard?: string;
  /** The id of the last lead of the page before. */
  before?: string;
  /** 1 to 100. */
  limit?: number;
}

/** An outbox's report to the coordinator. */
export interface Digest {
  counts: Record<LeadState, number>;
  /** Since the time that was asked about. */
  received: number;
  delivered: number;
  quarantined: number;
  /** Leads that ever were taken out of a full quarantine. */
  evicted: number;
  /** Names of fields that mean nothing, and how often they came. */
  unknown: Record<string, number>;
  /** Leads that lose their contents within a week. */
  expiring: number;
  lastReceivedAt?: number;
  consentHead?: ConsentHead;
}

/** How an outbox is doing. */
export interface OutboxStatus {
  counts: Record<LeadState, number>;
  /** Why sending is paused: its owner has to see to it. Meanwhile a lead is tried every minute. */
  paused?: string;
  /** The reason why the next lead waits, if any waits. */
  waiting?: Waiting;
  /** When the lead that waits longest came in, in milliseconds since 1970. */
  oldestQueuedAt?: number;
}

/** Why no lead goes at this moment, or one at a time. */
export interface Waiting {
  /** In words without personal data. */
  reason: string;
  /** In milliseconds since 1970. */
  since: number;
  /** When a lead goes next, at the earliest. Absent where something in flight is waited for. */
  until?: number;
}

/** How an owner has leads sent again. */
export interface ResendOptions {
  /** At any hour, whatever `sendHours` says. */
  anyHour?: boolean;
}

/** Which leads to list. */
export interface LeadQuery {
  state?: LeadState;
  /** The id of the last lead of the page before. */
  after?: string;
  /** 1 to 100. */
  limit?: number;
}

/** A page of leads; `next` is the `after` of the page that follows. */
export interface LeadPage {
  leads: LeadView[];
  next?: string;
}

/** The outbox of one listener. */
export interface Outbox {
  /** Is it here already? Asked before a guard that can answer only once. */
  find(lead: NewLead): Promise<Acceptance | undefined>;
  accept(lead: NewLead): Promise<Acceptance>;
  status(): Promise<OutboxStatus>;
  /** Oldest first. */
  list(query: LeadQuery): Promise<LeadPage>;
  /** Back to `queued`, from the states that are `resendable`. */
  resend(ids: string[], options?: ResendOptions): Promise<{ changed: number }>;
  /** To `dropped`, from the states that are `droppable`. */
  drop(ids: string[]): Promise<{ changed: number }>;
  /** Ends every wait: one lead that waits goes at once, and the others when it is delivered. */
  resume(): Promise<void>;
  /** Re-arms what is overdue; asked by the cron. `optOuts`: the version that its copy of the list should have. */
  sweep(optOuts?: number): Promise<void>;
  /** The newest first. */
  search(query: LeadSearch): Promise<LeadPage>;
  /** Takes back what was done to these leads, as far as nothing else has happened to them. */
  undo(ids: string[]): Promise<{ changed: number }>;
  /** All that there is of a person. */
  person(who: PersonQuery): Promise<PersonFile>;
  /** Erases a person. */
  erase(who: PersonQuery): Promise<{ changed: number }>;
  /** Consents after a place in the chain, of one person or of all. */
  consents(query: { after?: number; who?: PersonQuery }): Promise<{ lines: ConsentLine[]; next?: number }>;
  /** The events since a time. */
  digest(since: number): Promise<Digest>;
  /** Takes over entries of the list of numbers that must not be texted. */
  copyOptOuts(entries: OptOut[]): Promise<void>;
}

/** The object that knows all outboxes. */
export interface CoordinatorStub {
  note(alerts: NotedAlert[]): Promise<void>;
  register(listenerIds: string[]): Promise<void>;
  directory(): Promise<string[]>;
  cron(listenerIds: string[]): Promise<{ listeners: string[]; optOuts: number }>;
  changeOptOut(change: { number: string; isOut: boolean }): Promise<OptOut>;
  optOuts(since: number): Promise<OptOut[]>;
}

/** Tells the owner of it. */
export type Tell = (code: string, message: string, more?: { status?: number | undefined; count?: number }) => void;
