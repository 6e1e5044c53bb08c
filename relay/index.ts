/**
 * A relay for the edge: takes leads from pages, keeps them, and submits them to the API.
 * @module
 */
import { createFront } from "./ingress/ingress.ts";
import { settingsFor } from "./options.ts";
import { defineOutbox } from "./outbox/durable-object.ts";

/**
 * @typedef {import("./options.ts").RelayOptions} RelayOptions
 * @typedef {import("./options.ts").ListenerOptions} ListenerOptions
 * @typedef {import("./options.ts").TurnstileOptions} TurnstileOptions
 * @typedef {import("./options.ts").LeadField} LeadField
 * @typedef {import("./options.ts").PassedOperation} PassedOperation
 * @typedef {import("./options.ts").OutboxNamespace} OutboxNamespace
 * @typedef {import("./options.ts").RateLimiter} RateLimiter
 * @typedef {import("./alert.ts").Alert} Alert
 * @typedef {import("./outbox/types.ts").LeadState} LeadState
 * @typedef {import("./outbox/types.ts").LeadView} LeadView
 */

/**
 * A Worker's default export, with its Durable Object.
 *
 * ```js
 * const relay = createRelay((env) => ({ appId: "acme", auth: { ... }, origins: [...], listeners: { welcome: {} } }));
 * export const Outbox = relay.Outbox;
 * export default relay;
 * ```
 * @typedef {object} Relay
 * @property {(request: Request, env: any) => Promise<Response>} fetch Answers a request; it never rejects.
 * @property {(controller: unknown, env: any) => Promise<void>} scheduled Wakes every listener's outbox: have it called
 *   by a cron trigger every five minutes.
 * @property {OutboxClass} Outbox The Durable Object class that keeps the leads, one object per listener, in SQLite.
 */

/** @typedef {new (ctx: any, env: any) => { fetch(request: Request): Promise<Response>, alarm(): Promise<void> }} OutboxClass */

/**
 * Sets a relay up. Nothing is read, checked or sent before the first request.
 *
 * Once it has answered 202, or 303 to `thanks`, the lead is on durable storage and ends in exactly one visible state. It never sends
 * again after an uncertain outcome unless its owner chose so. Exactly-once is not claimed: the API has no idempotency key.
 * @template [Env=any]
 * @param {RelayOptions | ((env: Env) => RelayOptions)} options or what makes them of the Worker's `env`, where secrets are
 * @returns {Relay}
 */
export const createRelay = (options) => {
  const settingsOf = settingsFor(options);
  return { ...createFront(settingsOf), Outbox: defineOutbox(settingsOf) };
};
