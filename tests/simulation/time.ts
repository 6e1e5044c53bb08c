// Time that passes only from one event to the next, and a clock that may be wrong.

export interface Timeline {
  /** Milliseconds since the simulation began: these never jump. */
  readonly elapsed: number;
  /** The time of the wall clock, in milliseconds since 1970. */
  wall(): number;
  /** The clock is set by so many milliseconds. */
  jump(byMs: number): void;
  /** Runs something after so many milliseconds, unless it is cancelled. @returns cancels it */
  after(ms: number, run: () => void): () => void;
  /** Goes to the next event. @returns whether there was one */
  step(): boolean;
}

const BEGIN = Date.UTC(2026, 2, 2, 14, 0, 0);

interface Event {
  at: number;
  order: number;
  run: () => void;
}

const isBefore = (one: Event, other: Event): boolean =>
  one.at === other.at ? one.order < other.order : one.at < other.at;

/** A heap, as small as it can be. */
const createQueue = () => {
  const heap: Event[] = [];
  const swap = (i: number, j: number): void => {
    [heap[i], heap[j]] = [heap[j]!, heap[i]!];
  };
  return {
    push(event: Event): void {
      let index = heap.push(event) - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (!isBefore(heap[index]!, heap[parent]!)) return;
        swap(index, parent);
        index = parent;
      }
    },
    pop(): Event | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let index = 0; ; ) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        let least = index;
        if (left < heap.length && isBefore(heap[left]!, heap[least]!)) least = left;
        if (right < heap.length && isBefore(heap[right]!, heap[least]!)) least = right;
        if (least === index) return first;
        swap(index, least);
        index = least;
      }
    },
  };
};

export const createTimeline = (): Timeline => {
  const queue = createQueue();
  const cancelled = new Set<number>();
  let elapsed = 0;
  let offset = BEGIN;
  let order = 0;
  return {
    get elapsed() {
      return elapsed;
    },
    wall: () => elapsed + offset,
    jump(byMs) {
      offset += byMs;
    },
    after(ms, run) {
      const mine = (order += 1);
      let isOver = false;
      queue.push({
        at: elapsed + Math.max(0, Math.ceil(ms)),
        order: mine,
        run: () => {
          isOver = true;
          run();
        },
      });
      return () => {
        if (!isOver) cancelled.add(mine);
      };
    },
    step() {
      for (let event = queue.pop(); event; event = queue.pop()) {
        if (cancelled.delete(event.order)) continue;
        elapsed = event.at;
        event.run();
        return true;
      }
      return false;
    },
  };
};
