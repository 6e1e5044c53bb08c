// Listens to callers' signals: once to each, however many calls have it. At the eleventh listener, Node would warn.
import { safely } from "./safely.ts";

interface Listener {
  callbacks: Set<() => void>;
  tell: () => void;
}

let listeners: WeakMap<AbortSignal, Listener> | undefined;

/** Calls back when the signal aborts, until the answer is called. Neither throws. */
export const onAbort = (signal: AbortSignal, callback: () => void): (() => void) =>
  safely(() => {
    const all = (listeners ||= new WeakMap());
    const known = all.get(signal);
    const { callbacks, tell } = known || listenerOf(new Set());
    callbacks.add(callback);
    if (!known) {
      all.set(signal, { callbacks, tell });
      // A signal that takes no listener still counts between attempts.
      safely(() => signal.addEventListener("abort", tell));
    }
    return () => {
      callbacks.delete(callback);
      if (callbacks.size > 0) return;
      // Nothing of ours is left at a signal that may live as long as the program.
      all.delete(signal);
      safely(() => signal.removeEventListener("abort", tell));
    };
  }) || (() => {});

const listenerOf = (callbacks: Set<() => void>): Listener => ({
  callbacks,
  tell: () => {
    for (const callback of [...callbacks]) callback();
  },
});
