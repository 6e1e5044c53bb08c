/**
 * A relay for the edge: takes leads from pages, keeps them, and submits them to the API.
 * @module
 */
import type { Env, Execution } from "./env.ts";
import { createIngress } from "./ingress/ingress.ts";
import { type RelayOptions, settingsFor } from "./options.ts";
import { defineOutbox } from "./outbox/durable-object.ts";

export type { Alert, ListenerSummary } from "./alert.ts";
export type { LeadField } from "./fields.ts";
export type { ProxiedOperation } from "./operations.ts";
export type {
  ConsentOptions,
  ListenerOptions,
  OutboxNamespace,
  RateLimiter,
  RelayOptions,
  TurnstileOptions,
} from "./options.ts";
export type { LeadState, LeadView } from "./outbox/types.ts";

/**
 * The Durable Object class that keeps the leads: one object per listener, in SQLite.
 */
export type OutboxClass = new (ctx: Env, env: Env) => OutboxObject;

/** One of them, as the platform calls it. */
export interface OutboxObject {
  fetch(request: Request): Promise<Response>;
  alarm(): Promise<void>;
  /** Never there: the platform's types know a Durable Object by it, and `DurableObjectNamespace<Outbox>` takes no other. */
  readonly __DURABLE_OBJECT_BRAND: never;
}

/**
 * A Worker's default export, with its Durable Object.
 *
 * ```js
 * const relay = createRelay((env) => ({ appId: "acme", auth: { ... }, origins: [...], listeners: { welcome: {} } }));
 * export class Outbox extends relay.Outbox {}
 * export default relay;
 * ```
 */
export interface Relay {
  /** Answers a request; it never rejects. Hand on the Worker's execution context: alerts end after the response. */
  fetch(request: Request, env: Env, execution?: Execution): Promise<Response>;
  /** Wakes every listener's outbox: have a cron trigger call it every five minutes. */
  scheduled(controller: unknown, env: Env, execution?: Execution): Promise<void>;
  /** The Durable Object class that keeps the leads: one object per listener, in SQLite. */
  Outbox: OutboxClass;
}

/**
 * Sets a relay up. Nothing is read, checked or sent before the first request.
 *
 * Once the relay has answered 202, or 303 to `successUrl`, the lead is on durable storage and ends in exactly one
 * visible state. The relay never sends again after an uncertain outcome unless its owner chose so. Exactly-once is not
 * claimed: the API has no idempotency key.
 *
 * `options` are the options, or a function that makes them of the Worker's `env`, where secrets are.
 */
export const createRelay = <WorkerEnv = Env>(options: RelayOptions | ((env: WorkerEnv) => RelayOptions)): Relay => {
  const settingsOf = settingsFor(options);
  return { ...createIngress(settingsOf), Outbox: branded(defineOutbox(settingsOf)) };
};

/** The brand is a type's alone. */
const branded = (outbox: new (ctx: Env, env: Env) => object): OutboxClass => outbox as OutboxClass;
