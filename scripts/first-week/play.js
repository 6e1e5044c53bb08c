// Prints the week: run as a program of its own.
import { play, remarks } from "./days.js";
import { pageOf } from "./story.js";
import { createWorkerWorld } from "./worker-world.js";

/** Monday's midnight in New York, after the night in which the clocks went back. */
const MONDAY = Date.UTC(2026, 10, 2, 5);
const DAY = 86_400_000;

/** @type {import("./story.js").Line[]} */
const lines = [];
const relay = await createWorkerWorld(MONDAY + 8 * 3_600_000, {
  note: (who, what) => void lines.push({ at: relay?.now ?? MONDAY, who, what }),
});
/** @param {number} day @param {string} time */
const at = (day, time) => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return relay.until(MONDAY + day * DAY + (hours * 60 + minutes) * 60_000);
};
await play({ relay, at, note: (who, what) => void lines.push({ at: relay.now, who, what }) });
process.stdout.write(pageOf(lines, remarks));
