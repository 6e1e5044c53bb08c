// What the platform tells: the time, a random number, whether it is a browser.
import { type Foreign, safely } from "./safely.ts";

/** Milliseconds since any moment. */
export const now = (): number => safely(() => performance.now()) ?? safely(() => Date.now());

/** Milliseconds since the epoch; NaN where no clock tells. */
export const timeOfDay = (): number => Number(safely(() => +Date.now()));

/** A random number in 0..1. */
export const random = (): number => safely(() => Math.random() % 1) ?? 0.5;

/**
 * Whether this is a page or a web worker. Servers that have the same globals are told by names that
 * only they have.
 */
export const isBrowser = (): boolean => {
  const { document, WorkerGlobalScope, navigator, process, Deno, Bun, EdgeRuntime } = globalThis as Foreign;
  if (typeof document === "object" && document) return true;
  return (
    typeof WorkerGlobalScope === "function" &&
    // biome-ignore lint/suspicious/noPrototypeBuiltins: what is asked is what it inherits from.
    WorkerGlobalScope.prototype.isPrototypeOf(globalThis) &&
    navigator?.userAgent !== "Cloudflare-Workers" &&
    !process?.versions?.node &&
    !Deno &&
    !Bun &&
    !EdgeRuntime
  );
};
