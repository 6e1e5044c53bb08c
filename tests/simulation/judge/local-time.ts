// The hour of the day somewhere, by the platform's own reading of zones: the relay has another.
import { ZONE } from "../world.ts";

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

/** How far a zone is ahead of UTC, in milliseconds: asked once for each quarter of an hour, which is as often as it changes. */
const offsets = new Map<string, Map<number, number>>();
const QUARTER_MS = 15 * MINUTE;

const offsetOf = (zone: string, at: number): number => {
  const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, ofZone);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  const local = new Date(quarter).toLocaleString("sv-SE", { timeZone: zone });
  const offset = Date.parse(`${local.replace(" ", "T")}Z`) - quarter;
  ofZone.set(quarter, offset);
  return offset;
};

/** The day in the owner's zone, as a number. */
export const localDay = (at: number): number => Math.floor((at + offsetOf(ZONE, at)) / DAY_MS);

/** The minutes after midnight. */
export const localMinutes = (at: number, zone: string): number =>
  Math.floor(((((at + offsetOf(zone, at)) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE);

/** Of a time such as `09:30`. */
export const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
