// One object's alarm. Timers know nothing of the clock, so it is looked at again and again.

/** After a clock was set forward, an alarm is late by no more. */
const LOOK_AGAIN_MS = 60_000;

export interface Alarm {
  /** Milliseconds since 1970; replaces an earlier one. */
  set(at: number): void;
  /** Nothing is begun any more. Resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** @param action Never called before the last call of it has ended; never rejects. */
export const createAlarm = (action: () => Promise<void>): Alarm => {
  let due: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const arm = (): void => {
    clearTimeout(timer);
    if (due === undefined || running || stopped) return;
    timer = setTimeout(look, Math.min(Math.max(0, due - Date.now()), LOOK_AGAIN_MS));
  };

  const look = (): void => {
    if (due === undefined || Date.now() < due) {
      arm();
      return;
    }
    due = undefined;
    running = action().finally(() => {
      running = undefined;
      arm();
    });
  };

  return {
    set(at) {
      due = at;
      arm();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
