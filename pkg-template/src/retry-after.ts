// Reads a Retry-After by the rules of src/core/retry.rs: both are held against tests/shared/retry-after.json.
import { timeOfDay } from "./platform.ts";
import { safely } from "./safely.ts";

/** The milliseconds that the header asks to wait; NaN where it asks for none. */
export const askedMs = (header = ""): number => Number(safely(() => read(header.trim())));

const read = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date knows no leap second.
  const date = text.replace(":60 ", ":59 ");
  const ms = Date.parse(date) + (date === text ? 0 : 1000);
  // It takes other forms too, and a wrong weekday. HTTP's is the one that it writes.
  return new Date(Date.parse(date)).toUTCString() === date ? ms - timeOfDay() : Number.NaN;
};
