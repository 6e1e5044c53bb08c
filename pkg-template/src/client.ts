// The class that callers see. It knows no operation by name: what the tables have, Botsplash can do.
import { operations } from "#tables";
import { call } from "./call.ts";
import { connected, free, keepState, type State, stateOf, usable } from "./connection.ts";
import { enginesOf, type Load, Stopped } from "./engine.ts";
import { refused, stopped } from "./failure.ts";
import type { Host } from "./host.ts";
import { optionsOf } from "./options.ts";
import { isRefusal, readSafely } from "./refusal.ts";
import { submissionOf } from "./submission.ts";

/** `hint` says what to do when `load` fails. */
export const clientClass = (host: Host, load: Load, hint: string) => {
  const engines = enginesOf(load, () => host.remedy(hint));

  class Botsplash {
    constructor(given: unknown) {
      const options = readSafely(undefined, () => optionsOf(given));
      const state: State = { options, connection: undefined, isFreed: false };
      keepState(this, state);
    }

    async ready(): Promise<void> {
      const state = stateOf(this, "ready");
      const options = usable(state, undefined);
      const engine = await engines(undefined);
      try {
        connected(state, options, engine);
      } catch (reason) {
        throw reason instanceof Stopped ? stopped(undefined, [], reason.cause) : reason;
      }
    }

    async readSubmission(input: unknown, options: unknown): Promise<unknown> {
      const name = "readSubmission";
      const { operations } = usable(stateOf(this, name), name);
      const read = readSafely(name, () => ({ submission: submissionOf(name, operations, input, options) }));
      if (isRefusal(read)) throw refused(read);
      return read.submission;
    }

    free(): void {
      free(stateOf(this, "free"));
    }
  }

  operations.forEach(({ name }, place) => {
    const method = {
      // The promise is that of the call itself: one more around it would be one more turn.
      [name](...given: unknown[]): Promise<unknown> {
        return call(host, engines, this, place, given);
      },
    }[name];
    hide(Botsplash.prototype, name, method);
  });
  if (Symbol.dispose) hide(Botsplash.prototype, Symbol.dispose, Botsplash.prototype.free);
  // The class keeps its name where the rest of the file is minified.
  hide(Botsplash, "name", "Botsplash");
  return Botsplash;
};

const hide = (target: object, name: PropertyKey, value: unknown): void => {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
};
