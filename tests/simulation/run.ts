// One seed from its beginning to the verdict.
import { Botsplash } from "botsplash";
import { createApi } from "./api.ts";
import { createHost } from "./host.ts";
import { Broken } from "./judge/broken.ts";
import { createJudge } from "./judge/judge.ts";
import { settle } from "./process.ts";
import { createRandom } from "./random.ts";
import { createTimeline } from "./time.ts";
import { createWorld, type Happening, LISTENER, type Post } from "./world.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** For so long all is well at the end: all hours and a midnight are in it. */
const WELL_MS = 30 * HOUR;

const LOOK_EVERY_MS = 20 * SECOND;
const SWEEP_EVERY_MS = 5 * MINUTE;
/** When all is well, little happens, and time goes quicker. */
const SWEEP_SELDOM_MS = HOUR;

/** More would be a world that never comes to rest. */
const MOST_STEPS = 60_000;

export interface Outcome {
  seed: number;
  /** The rule that did not hold; undefined if all did. */
  broken: string | undefined;
  /** The events, a line for each. */
  trace: string[];
  leads: number;
  sends: number;
}

/** The client starts once, in the real world. */
export const started = new Botsplash({ appId: "demo" }).ready();

/** From outside of all promises, once `started` is fulfilled. */
export const runSeed = (seed: number): Outcome => {
  const random = createRandom(String(seed));
  const timeline = createTimeline();
  const world = createWorld(random.fork("world"));
  const trace: string[] = [];
  const note = (line: string): void => {
    trace.push(`${stamp(timeline.elapsed)}  ${line}`);
  };

  const api = createApi(timeline, random.fork("api"));
  for (const [phone, poison] of world.poisons) api.poisons.set(phone, poison);
  Object.assign(api, { headHabit: world.headHabit, hasWrongRoute: world.hasWrongRoute });
  const outside = (url: string, init?: RequestInit): Promise<Response> =>
    url.startsWith("https://siteverify.test/") ? verify(init) : api.fetch(url, init);
  const host = createHost({ timeline, random: random.fork("host"), world, fetch: outside });
  const judge = createJudge(timeline, api, host);
  let sends = 0;
  let failure: unknown;
  const guarded = (run: () => void | Promise<void>): void => {
    const failed = (error: unknown): void => {
      failure ??= error;
    };
    try {
      void Promise.resolve(run()).catch(failed);
    } catch (error) {
      failed(error);
    }
  };

  const { onAttempt, onEnd, onLookUp } = api;
  api.onAttempt = (attempt) => {
    sends += 1;
    note(`the relay sends ${attempt.phone}`);
    guarded(() => onAttempt(attempt));
  };
  api.onEnd = (attempt) => {
    note(`the API has told of ${attempt.phone}: ${attempt.told}`);
    onEnd(attempt);
  };
  api.onLookUp = (id, status) => {
    note(`the API is asked about ${id}: ${status ?? "no response"}`);
    onLookUp(id, status);
  };
  host.onAlert = (code) => note(`the owner hears of ${code}`);
  host.onLostAlarm = () => {
    note("an alarm gets lost");
    judge.excuse();
  };

  const post = async ({ phone, key, zone, isBot, token }: Post, tries = 5): Promise<void> => {
    const form = new URLSearchParams({ phoneNumber: phone });
    if (key !== undefined) form.set("submissionKey", key);
    if (zone !== undefined) form.set("tzName", zone);
    if (isBot) form.set("website", "spam");
    form.set("cf-turnstile-response", token);
    const response = await host.post(form);
    note(
      `${phone} is posted${isBot ? " by a bot" : ""}${token === "bad" ? " with a bad token" : ""}: ${response?.status}`,
    );
    if (response?.status === 202) {
      judge.accepted((await response.json()).requestId, { phone, key, zone, isBot, token });
    } else if (tries > 0 && response?.status !== 422) {
      timeline.after(random.int(2, 60) * SECOND, () =>
        guarded(() => post({ phone, key, zone, isBot, token }, tries - 1)),
      );
    }
  };

  const owner = async (what: Extract<Happening, { kind: "owner" }>["what"]): Promise<void> => {
    const outbox = host.outbox();
    if (!outbox) return;
    note(`the owner does: ${what}`);
    if (what === "resume") return outbox.resume();
    const { leads } = await outbox.list({});
    const ids = leads.filter(() => random.chance(0.5)).map(({ id }) => id);
    if (what === "drop") {
      judge.ownerDrops(ids);
      return void (await outbox.drop(ids));
    }
    const states = new Map(leads.map(({ id, state }) => [id, state]));
    judge.ownerResends(ids.filter((id) => ["review", "rejected", "quarantined"].includes(states.get(id) ?? "")));
    await outbox.resend(ids, { anyHour: what === "resend at any hour" });
  };

  const ignored = (promise: Promise<unknown>): Promise<void> =>
    promise.then(
      () => {},
      () => {},
    );

  const happen = (happening: Happening): void => {
    switch (happening.kind) {
      case "post":
        guarded(() => post(happening.post));
        return;
      case "mood": {
        note(`the API is ${happening.mood} for ${happening.forMs / 1000} s`);
        api.mood = happening.mood;
        timeline.after(happening.forMs, () => {
          note("the API is up");
          api.mood = "up";
        });
        return;
      }
      case "crash":
        if (!host.isUp()) return;
        note(`the relay crashes, for ${happening.downMs / 1000} s`);
        host.crash();
        judge.crashed();
        timeline.after(happening.downMs, () => {
          if (host.isUp()) return;
          note("the relay starts");
          judge.excuse();
          host.start();
          judge.started();
        });
        return;
      case "deploy":
        note(`the relay is deployed with ${JSON.stringify(happening.listener)}`);
        host.crash();
        judge.crashed();
        judge.forgetDay();
        host.start(happening.listener);
        judge.started();
        return;
      case "disk":
        note(`the disk fails (${happening.what}) for ${happening.forMs} ms`);
        judge.excuse(happening.forMs + EXCUSED_AFTER_DISK_MS);
        host.disk.trouble = () => ({
          [happening.what === "commit" ? "commit" : "write"]: true,
          takesBack: happening.what === "takesBack",
        });
        timeline.after(happening.forMs, () => {
          host.disk.trouble = () => ({});
        });
        return;
      case "clock":
        note(`the clock is set by ${happening.byMs / 1000} s`);
        judge.clockWasSet();
        timeline.jump(happening.byMs);
        judge.clockWasSet();
        return;
      case "owner":
        guarded(() => ignored(owner(happening.what)));
        return;
    }
  };

  note(`a ${world.host} host; HEAD: ${world.headHabit}; ${JSON.stringify(world.listener)}`);
  if (world.poisons.size > 0) note(`poison: ${JSON.stringify(Object.fromEntries(world.poisons))}`);
  host.start();
  for (const { at, happening } of world.happenings) timeline.after(at, () => guarded(() => happen(happening)));
  const end = world.healsAt + HOUR + WELL_MS;
  const every = (ms: number, until: number, run: () => void): void => {
    timeline.after(ms, () => {
      run();
      if (timeline.elapsed < until) every(ms, until, run);
    });
  };
  every(LOOK_EVERY_MS, world.healsAt + HOUR, () => {});
  const sweep = (): void => guarded(() => ignored(host.sweep()));
  every(SWEEP_EVERY_MS, world.healsAt + HOUR, sweep);
  every(SWEEP_SELDOM_MS, end, sweep);
  timeline.after(world.healsAt, () => {
    note("all is well from here on");
    world.lostAlarms = 0;
  });

  for (let steps = 0; failure === undefined && timeline.elapsed < end && timeline.step(); steps += 1) {
    settle();
    if (steps > MOST_STEPS) failure = new Broken("It never comes to rest.");
    if (timeline.elapsed < end && failure === undefined) guarded(() => judge.check());
  }
  if (failure !== undefined) {
    note("it falls over; this is on the disk:");
    for (const row of host.disk.query("SELECT value FROM facts WHERE name = 'pace'")) note(`  pace ${row["value"]}`);
    const columns = "state, due_at - ? AS due, turn, waits_for, any_hour, maybe_sent, reason";
    for (const row of host.disk.query(`SELECT ${columns} FROM leads WHERE state <> 'delivered'`, timeline.wall())) {
      note(`  ${JSON.stringify(row)}`);
    }
  }
  if (failure === undefined) guarded(() => judge.checkEnd());
  const leads = Number(host.disk.query("SELECT count(*) AS n FROM leads")[0]?.["n"]);
  host.crash();
  host.disk.free();
  if (failure !== undefined && !(failure instanceof Broken)) {
    note(failure instanceof Error ? String(failure.stack) : String(failure));
  }
  const broken = failure === undefined ? undefined : failure instanceof Error ? failure.message : String(failure);
  return { seed, broken, trace, leads, sends };
};

const EXCUSED_AFTER_DISK_MS = 90 * SECOND;

const verify = async (init?: RequestInit): Promise<Response> => {
  const token = new URLSearchParams(String(init?.body)).get("response");
  const body = JSON.stringify({ success: token === "good", hostname: "www.example.com", action: "lead" });
  return new Response(body, { headers: { "content-length": String(body.length) } });
};

const stamp = (ms: number): string => {
  const [hours, minutes, seconds] = [ms / HOUR, (ms / MINUTE) % 60, (ms / SECOND) % 60].map((part) =>
    String(Math.floor(part)).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(ms % 1000).padStart(3, "0")}`;
};

/** A failing seed in a few lines, and how to see it again. */
export const storyOf = ({ seed, broken, trace }: Outcome): string => {
  const lines = trace.length > 40 ? [...trace.slice(0, 2), "...", ...trace.slice(-36)] : trace;
  return [
    `seed ${seed}: ${broken}`,
    ...lines.map((line) => `  ${line}`),
    `again: npm run simulate -- --seeds 1 --from ${seed}`,
  ].join("\n");
};

export { LISTENER };
