// One process that may die at any moment: its timers, its requests and its memory with it. Storage is not here.
import { createHash } from "node:crypto";
import type { Runtime } from "../../relay/runtime.ts";
import type { Random } from "./random.ts";
import { Response } from "./response.ts";
import type { Timeline } from "./time.ts";

export interface Process {
  readonly runtime: Runtime;
  readonly isDead: () => boolean;
  /** Nothing of it goes on. */
  die(): void;
  /** Makes it the one whose timers the globals are: the client of the API knows no others. */
  enter(): void;
}

type Fetch = Runtime["fetch"];

const NEVER = new Promise<never>(() => {});

/** Runs what waits for nothing but its turn: promises, and `process.nextTick`. It has to be called from outside of them. */
export const settle: () => void = (process as unknown as { _tickCallback(): void })._tickCallback;

export const createProcess = (timeline: Timeline, random: Random, world: Fetch): Process => {
  let isDead = false;
  const timers = new Map<number, () => void>();
  let lastTimer = 0;

  const after = (ms: number, run: () => void): (() => void) => {
    const cancel = timeline.after(ms, () => {
      if (!isDead) run();
    });
    return cancel;
  };

  /** Nobody hears the events of a dead process. */
  const alive = async <Value>(promise: Promise<Value>): Promise<Value> => {
    try {
      const value = await promise;
      return isDead ? await NEVER : value;
    } catch (error) {
      if (isDead) await NEVER;
      throw error;
    }
  };

  const timeout = (ms: number): AbortSignal => {
    const controller = new AbortController();
    after(ms, () => controller.abort(new DOMException("The operation timed out.", "TimeoutError")));
    return controller.signal;
  };

  const digest = async (bytes: string | Uint8Array): Promise<ArrayBuffer> => {
    const { buffer, byteOffset, byteLength } = createHash("sha256").update(bytes).digest();
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  };

  const runtime: Runtime = {
    now: timeline.wall,
    randomBytes: random.bytes,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    timeout,
    digest,
    fetch: (url, init) => (isDead ? NEVER : alive(world(url, init))),
  };

  return {
    runtime,
    isDead: () => isDead,
    die() {
      isDead = true;
    },
    enter() {
      const fill = <View extends ArrayBufferView>(view: View): View => {
        new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(random.bytes(view.byteLength));
        return view;
      };
      Object.assign(globalThis, {
        setTimeout: (run: () => void, ms = 0) => {
          const id = (lastTimer += 1);
          timers.set(
            id,
            after(ms, () => {
              timers.delete(id);
              run();
            }),
          );
          return id;
        },
        clearTimeout: (id: number) => {
          timers.get(id)?.();
          timers.delete(id);
        },
        fetch: runtime.fetch,
        Response,
      });
      Date.now = timeline.wall;
      performance.now = () => timeline.elapsed;
      Math.random = random.next;
      AbortSignal.timeout = timeout;
      Object.defineProperty(globalThis, "crypto", {
        configurable: true,
        value: {
          getRandomValues: fill,
          randomUUID: () => Buffer.from(random.bytes(16)).toString("hex"),
          subtle: { digest: (_: string, bytes: Uint8Array) => digest(bytes) },
        },
      });
    },
  };
};
