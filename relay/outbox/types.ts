// What the front and the outbox say to each other. Types only.

/**
 * Where a lead is. It is always in exactly one state:
 *
 * - `queued`: waits to be sent, for the first time or again after an answer that says nothing was done;
 * - `sending`: on its way; after a crash that is `review`;
 * - `delivered`: the API said yes;
 * - `rejected`: the API said no, and will again;
 * - `review`: nobody can tell whether it was processed; its owner decides;
 * - `quarantined`: a guard caught it; its owner decides;
 * - `dropped`: its owner, or the configuration, gave it up.
 * @typedef {"queued" | "sending" | "delivered" | "rejected" | "review" | "quarantined" | "dropped"} LeadState
 */

/**
 * What the front hands over, checked and mapped.
 * @typedef {object} NewLead
 * @property {string} [key] the submission key that the form or the client made: the same key is the same lead
 * @property {import("botsplash").ListenerSubmit} submission
 * @property {"form" | "script"} via
 * @property {"honeypot" | "turnstile"} [caughtBy] the guard for which it is quarantined instead of queued
 */

/**
 * What became of a lead that was handed over.
 *
 * - `accepted`: it is on durable storage;
 * - `duplicate`: it already was: the same key, or the same content within the window;
 * - `conflict`: the key is known, with another content;
 * - `full`: there is no room for more; nothing was kept.
 * @typedef {{ outcome: "accepted" | "duplicate", id: string, state: LeadState } | { outcome: "conflict" | "full" }} Acceptance
 */

/**
 * A lead as the review API shows it.
 * @typedef {object} LeadView
 * @property {string} id
 * @property {LeadState} state
 * @property {string} reason why it is there, in words without personal data
 * @property {number} receivedAt milliseconds since 1970
 * @property {number} changedAt milliseconds since 1970
 * @property {number} attempts
 * @property {number} [status] the last HTTP status
 * @property {"form" | "script"} via
 * @property {string} [requestId] the API's id for it, once delivered
 * @property {import("botsplash").ListenerSubmit} [submission] until its retention time is over
 */

/**
 * The outbox of one listener.
 * @typedef {object} Outbox
 * @property {(lead: NewLead) => Promise<Acceptance | undefined>} find is it here already? Asked before a guard that can answer only once
 * @property {(lead: NewLead) => Promise<Acceptance>} accept
 * @property {() => Promise<{ counts: Record<LeadState, number>, paused?: string, oldestQueuedAt?: number }>} status
 * @property {(query: { state?: LeadState, after?: string, limit?: number }) => Promise<{ leads: LeadView[], next?: string }>} list oldest first
 * @property {(ids: string[]) => Promise<{ changed: number }>} resend back to `queued`, from `review`, `quarantined` or `rejected`
 * @property {(ids: string[]) => Promise<{ changed: number }>} drop to `dropped`, from any state but `sending` and `delivered`
 * @property {() => Promise<void>} resume ends the pause after refused credentials
 * @property {() => Promise<void>} sweep re-arms what is overdue; asked by the cron
 */

export {};
