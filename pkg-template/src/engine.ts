// The wasm: brought up with the first call, and given up where it fails.
import { imports, start } from "#glue";
import { unusable } from "./failure.ts";

/** A source of instances. Where only a ready-made module is allowed, it answers at once. */
export type Load = (imports: WebAssembly.Imports) => WebAssembly.Instance | Promise<WebAssembly.Instance>;

/** An instance of the wasm. Handles are its own: another one knows nothing of them. */
export interface Engine {
  isAlive: boolean;
}

/** Gives the engine that runs, for a call of the operation. It rejects with an error for the caller. */
export type Engines = (operation: string | undefined) => Engine | Promise<Engine>;

/** `hint` says what to do when `load` fails. */
export const enginesOf = (load: Load, hint: () => string): Engines => {
  let running: Engine | undefined;
  let starting: Promise<Engine> | undefined;

  const run = ({ exports }: WebAssembly.Instance): Engine => {
    start(exports);
    return (running = { isAlive: true });
  };

  const up = (): Engine | Promise<Engine> => {
    if (starting) return starting;
    const instance = load(imports);
    // No promise where there need not be one: at the edge, one that another request made must not be
    // waited for.
    if (!("then" in instance)) return run(instance);
    // A start that failed is forgotten, so that the next call tries again.
    return (starting = instance.then(run).finally(() => {
      starting = undefined;
    }));
  };

  const started = async (operation: string | undefined): Promise<Engine> => {
    try {
      return await up();
    } catch (cause) {
      throw unusable(operation, "the WebAssembly part did not start", hint(), cause);
    }
  };

  return (operation) => (running?.isAlive ? running : started(operation));
};

/** The engine has ended, in this call or in another one: then there is no cause. */
export class Stopped {
  readonly cause: unknown;

  constructor(cause?: unknown) {
    this.cause = cause;
  }
}

/**
 * Calls functions of the wasm. Whatever it throws has left it in the middle of something, so it is
 * given up. Other calls that it had find out when they come back to it.
 */
export const within = <Answer>(engine: Engine, work: () => Answer): Answer => {
  if (!engine.isAlive) throw new Stopped();
  try {
    return work();
  } catch (cause) {
    engine.isAlive = false;
    throw new Stopped(cause);
  }
};
