/**
 * A Worker's variables and bindings, its execution context, ids of its objects: whatever the platform and the owner make
 * of them. The relay hands them on, and looks at none but its own bindings.
 */
// biome-ignore lint/suspicious/noExplicitAny: a function of a narrower type must be assignable, which `unknown` forbids.
export type Env = any;

/** A Worker's bindings, as far as the relay needs them. */
export interface Execution {
  /** Keeps the Worker alive until it is done. */
  waitUntil?(promise: Promise<unknown>): void;
}
