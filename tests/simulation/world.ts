// Makes a world of a seed: the relay's configuration, and the events with their times.
import type { ListenerOptions, RelayOptions } from "../../relay/options.ts";
import { BAD_MOODS, type HeadHabit, type Mood, POISONS, type Poison } from "./api.ts";
import type { Random } from "./random.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const LISTENER = "welcome";
export const ZONE = "America/New_York";
const ZONES = ["America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", undefined];

/** A form that somebody sends, once or more often. */
export interface Post {
  phone: string;
  key: string | undefined;
  zone: string | undefined;
  isBot: boolean;
  token: string;
}

export type Happening =
  | { kind: "post"; post: Post }
  | { kind: "mood"; mood: Mood; forMs: number }
  | { kind: "crash"; downMs: number }
  | { kind: "deploy"; listener: ListenerOptions }
  | { kind: "disk"; what: "write" | "takesBack" | "commit"; forMs: number }
  | { kind: "clock"; byMs: number }
  | { kind: "owner"; what: "resend" | "resend at any hour" | "drop" | "resume" };

export interface World {
  options: Pick<RelayOptions, "timeoutMs" | "timeZone" | "origins">;
  listener: ListenerOptions;
  headHabit: HeadHabit;
  hasWrongRoute: boolean;
  /** How a commit that fails ends an object: it asks for it, its host does it, or it starts anew by itself. */
  host: "abort" | "ends" | "stays";
  /** How often an alarm does not come. */
  lostAlarms: number;
  poisons: Map<string, Poison>;
  happenings: { at: number; happening: Happening }[];
  /** When all is well again. */
  healsAt: number;
}

const numberCapOf = (random: Random): ListenerOptions => (random.chance(0.25) ? { numberCap: random.int(1, 2) } : {});

const listenerOf = (random: Random): ListenerOptions => ({
  onAmbiguous: random.pick(["review", "review", "resend", "drop", "lookup", "lookup", "lookup"] as const),
  dedupeWindowMs: random.pick([0, 10 * MINUTE, 10 * MINUTE, 2 * HOUR]),
  honeypot: "website",
  ...(random.chance(0.25) && { dailyCap: random.int(2, 9) }),
  ...(random.chance(0.25) && {
    sendHours: random.pick([
      { from: "09:00", to: "17:00" },
      { from: "08:30", to: "12:00" },
    ]),
  }),
  ...numberCapOf(random.fork("number cap")),
  ...(random.chance(0.3) && { maxAgeHours: random.pick([1, 6, 30]) }),
  ...(random.chance(0.2) && { turnstile: { secret: "s", hostname: "www.example.com", action: "lead" } }),
});

export const createWorld = (random: Random): World => {
  const lasts = random.int(20, 200) * MINUTE;
  const happenings: World["happenings"] = [];
  const poisons: World["poisons"] = new Map();
  const at = (): number => random.int(0, lasts);
  const add = (when: number, happening: Happening): void => {
    happenings.push({ at: Math.min(when, lasts), happening });
  };

  const poisonous = random.pick([0, 0.05, 0.4]);
  const people = random.int(3, 24);
  for (let person = 0; person < people; person += 1) {
    const phone = `333${String(4_440_000 + person)}`;
    const post: Post = { phone, zone: random.pick(ZONES), key: undefined, isBot: false, token: "good" };
    const key = (): string | undefined => (random.chance(0.7) ? `key-${phone}-${random.int(1, 3)}` : undefined);
    const begin = random.chance(0.3) ? Math.min(lasts, random.int(0, 2) * SECOND) : at();
    add(begin, {
      kind: "post",
      post: { ...post, key: key(), isBot: random.chance(0.1), token: random.chance(0.2) ? "bad" : "good" },
    });
    if (random.chance(0.3)) add(begin + random.int(0, 5) * SECOND, { kind: "post", post: { ...post, key: key() } });
    if (random.chance(0.2)) add(begin + random.int(1, 150) * MINUTE, { kind: "post", post: { ...post, key: key() } });
    if (random.chance(poisonous)) poisons.set(phone, random.pick(POISONS));
  }

  const often = (most: number): number => (random.chance(0.5) ? random.int(0, most) : 0);
  for (let times = random.int(0, 5); times > 0; times -= 1) {
    add(at(), { kind: "mood", mood: random.pick(BAD_MOODS), forMs: random.int(5, 1800) * SECOND });
  }
  for (let times = often(4); times > 0; times -= 1) add(at(), { kind: "crash", downMs: random.int(1, 60) * SECOND });
  for (let times = often(2); times > 0; times -= 1) add(at(), { kind: "deploy", listener: listenerOf(random) });
  const posts = happenings.filter(({ happening }) => happening.kind === "post");
  for (let times = often(5); times > 0; times -= 1) {
    const what = random.pick(["write", "takesBack", "commit"] as const);
    // Often when something is in flight.
    const when = random.chance(0.7) ? random.pick(posts).at + random.int(0, 1500) : at();
    add(when, { kind: "disk", what, forMs: random.chance(0.5) ? random.int(1, 900) : random.int(1, 40) * SECOND });
  }
  for (let times = random.chance(0.2) ? random.int(1, 3) : 0; times > 0; times -= 1) {
    add(at(), { kind: "clock", byMs: random.pick([-1, 1]) * random.pick([MINUTE, HOUR, 7 * HOUR, 50 * HOUR]) });
  }
  for (let times = often(5); times > 0; times -= 1) {
    add(at(), { kind: "owner", what: random.pick(["resend", "resend at any hour", "drop", "resume"] as const) });
  }

  return {
    options: { timeoutMs: random.pick([10_000, 30_000]), timeZone: ZONE, origins: ["https://www.example.com"] },
    listener: listenerOf(random),
    headHabit: random.pick(["404", "404", "404", "200", "hang", "reset", "500", "hang all but POST"]),
    hasWrongRoute: random.chance(0.1),
    host: random.pick(["abort", "ends", "stays"]),
    lostAlarms: random.chance(0.2) ? 0.1 : 0,
    poisons,
    happenings,
    healsAt: lasts,
  };
};
