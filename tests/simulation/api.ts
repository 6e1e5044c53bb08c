// The API on all kinds of days, with a record of who was texted.
import type { Random } from "./random.ts";
import type { Timeline } from "./time.ts";

/** How the API is for a while. */
export type Mood =
  | "up"
  /** There is nobody who answers. */
  | "reset"
  | "hang"
  /** Errors, after the effect or without one. */
  | "500"
  | "503"
  | "503 later"
  | "429"
  | "429 later"
  | "401"
  | "403"
  /** The address leads somewhere else. */
  | "404"
  | "302"
  /** Something answers in its place. */
  | "maintenance"
  | "oddly"
  /** It takes leads, and its answers are lost. */
  | "torn";

export const BAD_MOODS: readonly Mood[] = [
  "reset",
  "hang",
  "500",
  "503",
  "503 later",
  "429",
  "429 later",
  "401",
  "403",
  "404",
  "302",
  "maintenance",
  "oddly",
  "torn",
];

/** How the API is to one lead, whatever its mood. */
export type Poison = "400" | "401" | "403" | "408" | "429" | "429 day" | "500" | "reset";

export const POISONS: readonly Poison[] = ["400", "401", "403", "408", "429", "429 day", "500", "reset"];

/** How it takes a HEAD, when it takes leads. */
export type HeadHabit = "404" | "200" | "hang" | "reset" | "500" | "hang all but POST";

/** The relay's knowledge of an attempt. */
export type Told = "taken" | "not done" | "unconfirmed" | "nothing";

export interface Attempt {
  phone: string;
  visitorId: string | undefined;
  /** It texted the person. */
  hadEffect: boolean;
  told: Told;
  hasEnded: boolean;
  /** When it began and ended, by the time that never jumps. */
  startedAt: number;
  endedAt?: number;
  /** The status of the response, and for how long it asked to wait. */
  status?: number;
  retryAfterMs?: number;
  /** It is known, or somebody has decided, that it does not keep the lead from being sent again. */
  isCleared?: boolean;
  /** Two look-ups have said that the API does not know it. */
  isDisproved?: boolean;
  /** The owner wanted uncertain leads to be sent again when it ended. */
  isPolicy?: boolean;
}

export interface Api {
  fetch(url: string, init?: RequestInit): Promise<Response>;
  mood: Mood;
  readonly poisons: Map<string, Poison>;
  /** Its look-ups lead nowhere. */
  hasWrongRoute: boolean;
  headHabit: HeadHabit;
  /** Until then it asked everybody to wait. */
  readonly asksUntil: number;
  /** A submit has come in, and one has ended. */
  onAttempt: (attempt: Attempt) => void;
  onEnd: (attempt: Attempt) => void;
  /** It was asked about an id. */
  onLookUp: (visitorId: string, status: number | undefined) => void;
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): Response => {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  return new Response(body, { status, headers: { "content-length": String(body.length), ...headers } });
};

const LOST = new TypeError("fetch failed");

/** The meaning of a response, read by its own rules and not by the relay's. */
const toldBy = (response: Response, text: string): Told => {
  const { status, headers } = response;
  if (status >= 200 && status < 300) {
    try {
      return JSON.parse(text).success === true ? "taken" : "unconfirmed";
    } catch {
      return "unconfirmed";
    }
  }
  if (status === 503) return headers.has("retry-after") ? "not done" : "nothing";
  return status < 500 && status !== 408 ? "not done" : "nothing";
};

export const createApi = (timeline: Timeline, random: Random): Api => {
  const visitors = new Set<string>();
  let asksUntil = 0;

  const later = <Value>(ms: number, value: () => Value): Promise<Value> =>
    new Promise((resolve, reject) => {
      timeline.after(ms, () => {
        try {
          resolve(value());
        } catch (error) {
          reject(error);
        }
      });
    });

  /** Rejects when the caller gives up. */
  const aborted = (signal: AbortSignal | null | undefined): Promise<never> =>
    new Promise((_, reject) => {
      if (signal?.aborted) reject(signal.reason);
      signal?.addEventListener("abort", () => reject(signal.reason));
    });

  const latency = (): number => (random.chance(0.05) ? random.int(5_000, 25_000) : random.int(20, 900));

  /** The fate of a submit: its effect, and the response or how that fails. */
  const fateOf = (mood: Mood | Poison): { effect: boolean; respond: (() => Response) | "lost" | "hang" } => {
    const perhaps = random.chance(0.5);
    switch (mood) {
      case "up":
        return { effect: true, respond: () => json(200, { success: true, requestId: "r" }) };
      case "reset":
        return { effect: random.chance(0.2), respond: "lost" };
      case "hang":
        return { effect: random.chance(0.3), respond: "hang" };
      case "torn":
        return { effect: true, respond: random.chance(0.5) ? "lost" : () => json(200, '{"success":tr') };
      case "500":
        return { effect: perhaps, respond: () => json(500, { error: "no" }) };
      case "503":
        return { effect: perhaps, respond: () => json(503, "") };
      case "503 later":
        return { effect: false, respond: () => json(503, "", { "retry-after": String(random.int(1, 90)) }) };
      case "429":
        return { effect: false, respond: () => json(429, "") };
      case "429 later":
        return { effect: false, respond: () => json(429, "", { "retry-after": String(random.int(1, 90)) }) };
      case "429 day":
        return { effect: false, respond: () => json(429, "", { "retry-after": "86400" }) };
      case "302":
        return { effect: false, respond: () => new Response(null, { status: 302, headers: { location: "/" } }) };
      case "maintenance":
        return { effect: false, respond: () => json(200, "<!doctype html><title>Back soon</title>") };
      case "oddly":
        return {
          effect: perhaps,
          respond: () => json(200, random.pick<unknown>([{ success: "true" }, { error: "no" }, [], 0, ""])),
        };
      default:
        return { effect: false, respond: () => json(Number(mood), { error: "no" }) };
    }
  };

  const submit = async (init: RequestInit): Promise<Response> => {
    const { visitor } = JSON.parse(String(init.body)) as { visitor: Record<string, string> };
    const phone = String(visitor["phoneNumber"]);
    const attempt: Attempt = {
      phone,
      visitorId: visitor["clientVisitorId"],
      hadEffect: false,
      told: "nothing",
      hasEnded: false,
      startedAt: timeline.elapsed,
    };
    api.onAttempt(attempt);
    const poison = api.poisons.get(phone);
    const mood = api.mood === "up" ? (poison ?? "up") : api.mood;
    const { effect, respond } = fateOf(mood);
    const takes = latency();
    // The effect comes some time before the response.
    if (effect) {
      timeline.after(takes * random.next(), () => {
        attempt.hadEffect = true;
        if (attempt.visitorId !== undefined) visitors.add(attempt.visitorId);
      });
    }
    const end = (told: Told): void => {
      if (attempt.hasEnded) return;
      attempt.hasEnded = true;
      attempt.endedAt = timeline.elapsed;
      attempt.told = told;
      api.onEnd(attempt);
    };
    try {
      const response = await Promise.race([
        aborted(init.signal),
        respond === "hang" ? new Promise<never>(() => {}) : later(takes, respond === "lost" ? fail : respond),
      ]);
      const retryAfter = response.headers.get("retry-after");
      if (retryAfter !== null) {
        attempt.retryAfterMs = Number(retryAfter) * 1000;
        asksUntil = timeline.elapsed + Math.min(900_000, attempt.retryAfterMs);
      }
      attempt.status = response.status;
      end(toldBy(response, await response.clone().text()));
      return response;
    } catch (error) {
      end("nothing");
      throw error;
    }
  };

  const fail = (): never => {
    throw LOST;
  };

  const head = async (method: string, init: RequestInit): Promise<Response> => {
    const { mood, headHabit } = api;
    const isGet = method === "GET" && headHabit !== "hang all but POST";
    // A server that refuses a HEAD stands before the API, and refuses on every day.
    const isOdd = headHabit !== "404" && headHabit !== "200" && !isGet;
    const habit = isOdd ? headHabit : mood === "up" ? "404" : mood;
    if (habit === "hang" || habit === "hang all but POST") return aborted(init.signal);
    if (habit === "reset") return later(random.int(1, 200), fail);
    const status = { "500": 500, "503": 503, "503 later": 503, maintenance: 200, "200": 200 }[habit as string] ?? 404;
    return later(random.int(10, 500), () => new Response(null, { status }));
  };

  const lookUp = async (url: string, init: RequestInit): Promise<Response> => {
    const visitorId = decodeURIComponent(/clientVisitorId\/([^/?]+)/.exec(url)?.[1] ?? "");
    if (api.mood === "hang") {
      api.onLookUp(visitorId, undefined);
      return aborted(init.signal);
    }
    return later(random.int(20, 500), () => {
      const { mood } = api;
      const works = mood === "up" || mood === "torn" || mood === "oddly";
      const known = visitors.has(visitorId) && !api.hasWrongRoute ? 200 : 404;
      const status = works ? known : Number.parseInt(mood, 10) || undefined;
      api.onLookUp(visitorId, status);
      if (status === undefined) throw LOST;
      return json(status, { visitorId: "v", count: 0, meetings: [] });
    });
  };

  const api: Api = {
    mood: "up",
    poisons: new Map(),
    hasWrongRoute: false,
    headHabit: "404",
    get asksUntil() {
      return asksUntil;
    },
    onAttempt: () => {},
    onEnd: () => {},
    onLookUp: () => {},
    fetch(url, init = {}) {
      if (init.method === "POST") return submit(init);
      return url.includes("/meeting") ? lookUp(url, init) : head(init.method ?? "GET", init);
    },
  };
  return api;
};
