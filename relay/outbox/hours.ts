// The time where a person lives, and the hours in which they may be texted.

const MINUTE = 60_000;
const DAY_MINUTES = 1440;

/** Minutes after midnight; `from` is the first minute, `to` the first one that is too late. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** `"09:30"` as minutes after midnight; `"24:00"` is the end of the day. Undefined if it is not a time of day. */
export const minutesOf = (text: unknown): number | undefined => {
  const [, hours, minutes] = (typeof text === "string" && /^(\d\d):([0-5]\d)$/.exec(text)) || [];
  const total = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && total <= DAY_MINUTES ? total : undefined;
};

/** `{ from: "09:00", to: "20:00" }` as minutes; undefined if it is anything else. */
export const hoursOf = (value: unknown): Hours | undefined => {
  const given = value as { from?: unknown; to?: unknown } | null | undefined;
  const from = minutesOf(given?.from);
  const to = minutesOf(given?.to);
  return from !== undefined && to !== undefined && to - from >= 60 ? { from, to } : undefined;
};

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  // Visitors name zones, and there are some 600: no reason to keep each that anybody makes up.
  if (formats.size > 100) formats.clear();
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(zone, format);
  return format;
};

/** Is it an IANA time zone that this runtime knows? */
export const isTimeZone = (name: unknown): name is string => {
  if (typeof name !== "string" || name === "") return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
};

/** The local day, such as `2026-11-26`, and the minutes after its midnight. */
export const localTime = (zone: string, at: number): { day: string; minutes: number } => {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: `${parts["year"]}-${parts["month"]}-${parts["day"]}`,
    minutes: Number(parts["hour"]) * 60 + Number(parts["minute"]),
  };
};

/** Moves on, in steps of time zones' clocks, to the next time at which the local clock shows these minutes. */
const nextAt = (zone: string, minutes: number, after: number): number => {
  const start = after - (((after % MINUTE) + MINUTE) % MINUTE);
  const now = localTime(zone, start).minutes;
  const ahead = (minutes - now + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  const at = start + ahead * MINUTE;
  // On a day when the clocks change, that is off by what they change.
  const off = ((localTime(zone, at).minutes - minutes + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2;
  const corrected = at - off * MINUTE;
  return corrected > after ? corrected : at;
};

/** The end of the local day. */
export const nextMidnight = (zone: string, now: number): number => nextAt(zone, 0, now);

/** Clocks that are half a day apart have no hour in common. */
const MOST_STEPS = 24;

/**
 * When the hours are next kept in all of these zones: `now` if they are. Zones that have no hour in common count by the
 * first of them alone.
 */
export const nextWithin = ({ from, to }: Hours, zones: readonly string[], now: number): number => {
  let at = now;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const blocking = zones.find((zone) => {
      const { minutes } = localTime(zone, at);
      return minutes < from || minutes >= to;
    });
    if (blocking === undefined) return at;
    at = nextAt(blocking, from, at);
  }
  return nextWithin({ from, to }, zones.slice(0, 1), now);
};
