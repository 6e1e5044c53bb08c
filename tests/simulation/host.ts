// A host with one listener's outbox on it: processes that end and begin, alarms, and the relay's ingress before it.

import { createIngress } from "../../relay/ingress/ingress.ts";
import { type ListenerOptions, settingsFor } from "../../relay/options.ts";
import { COORDINATOR } from "../../relay/outbox/coordinator.ts";
import { defineOutbox, type OutboxObject } from "../../relay/outbox/durable-object.ts";
import type { Outbox } from "../../relay/outbox/types.ts";
import { createDisk, type Disk } from "./disk.ts";
import { createProcess, type Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./time.ts";
import { LISTENER, type World } from "./world.ts";

/** How soon a host makes an object anew that has ended. */
const AGAIN_MS = 500;

export interface Host {
  readonly disk: Disk;
  readonly isUp: () => boolean;
  /** The listener's options of the process that runs, or ran last. */
  readonly listener: () => ListenerOptions;
  /** Sends a form. @returns the response, or undefined if nobody answered */
  post(form: URLSearchParams): Promise<Response | undefined>;
  /** The owner's way to the outbox; undefined while the host is down. */
  outbox(): Outbox | undefined;
  sweep(): Promise<void>;
  crash(): void;
  start(listener?: ListenerOptions): void;
  /** Told when an alarm got lost. */
  onLostAlarm: () => void;
  /** Told of what the owner hears. */
  onAlert: (code: string) => void;
}

export interface HostDependencies {
  timeline: Timeline;
  random: Random;
  world: World;
  /** Whatever is outside. */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/** The coordinator is not what is tried here: it has one listener, and no number that must not be texted. */
const coordinate = (url: string, input: unknown): Response => {
  const command = new URL(url).pathname.slice(1);
  if (command === "cron") return Response.json({ listeners: input, optOuts: 0 });
  return Response.json(command === "optOuts" || command === "directory" ? [] : null);
};

export const createHost = ({ timeline, random, world, fetch }: HostDependencies): Host => {
  const disk = createDisk(timeline, random.fork("disk"));
  let { listener } = world;
  let lives = 0;
  let running: { process: Process; ingress: ReturnType<typeof createIngress>; outbox: Outbox } | undefined;
  let alarmAt: number | undefined;
  let ring: () => void = () => {};

  let unwatch: () => void = () => {};

  /** Looks whether the alarm is due by the clock on the wall. */
  const watchAlarm = (): void => {
    unwatch();
    if (alarmAt === undefined) return;
    const wait = alarmAt - timeline.wall();
    unwatch = timeline.after(Math.max(0, Math.min(wait, 60_000)), () => {
      if (alarmAt === undefined || !running) return;
      if (alarmAt > timeline.wall()) watchAlarm();
      else ring();
    });
  };

  const start = (changed: ListenerOptions = listener): void => {
    listener = changed;
    lives += 1;
    const process = createProcess(timeline, random.fork(`life ${lives}`), fetch);
    process.enter();

    let object: OutboxObject | undefined;
    let alarms: Promise<void> = Promise.resolve();
    const live = (): OutboxObject => {
      if (object) return object;
      const end = (): void => {
        if (!object) return;
        object = undefined;
        timeline.after(AGAIN_MS, () => {
          if (!process.isDead()) tryLive();
        });
      };
      const storage = disk.open({
        setAlarm: (at) => {
          alarmAt = at;
          watchAlarm();
        },
        onLost: (isUsable) => {
          if (!isUsable) end();
        },
        survives: world.host === "stays",
      });
      const made = new Outbox({ storage, ...(world.host === "abort" && { abort: end }) }, {});
      object = made;
      // An object's alarms go one after another. One that has ended may wait for ever, and holds up none but its own.
      alarms = Promise.resolve();
      return made;
    };
    const tryLive = (): void => {
      try {
        live();
      } catch {
        timeline.after(AGAIN_MS, () => {
          if (!process.isDead() && !object) tryLive();
        });
      }
    };

    ring = () => {
      alarmAt = undefined;
      if (random.chance(world.lostAlarms)) {
        host.onLostAlarm();
        return;
      }
      alarms = alarms.then(async () => {
        if (process.isDead()) return;
        try {
          await live().alarm();
        } catch {
          tryLive();
        }
      });
    };

    const settingsOf = settingsFor(
      {
        ...world.options,
        appId: "demo",
        auth: { username: "user", password: "password" },
        baseUrl: "https://api.test/open/v1",
        listeners: { [LISTENER]: listener },
        rateLimit: false,
        siteverifyUrl: "https://siteverify.test/",
        onAlert: ({ code }) => host.onAlert(code),
        outbox: {
          idFromName: (name) => name,
          get: (name: string) => ({
            fetch: async (url, init) => {
              if (process.isDead()) await new Promise(() => {});
              if (name === COORDINATOR) return coordinate(url, JSON.parse(String(init.body)));
              return live().fetch({ url, text: async () => String(init.body) });
            },
          }),
        },
      },
      process.runtime,
    );
    const env = {};
    const Outbox = defineOutbox(() => settingsOf(env));
    running = { process, ingress: createIngress(settingsOf), outbox: settingsOf(env).outbox(LISTENER) };
    environment = env;
    tryLive();
    watchAlarm();
  };
  let environment = {};

  const host: Host = {
    disk,
    isUp: () => running !== undefined,
    listener: () => listener,
    onLostAlarm: () => {},
    onAlert: () => {},
    async post(form) {
      if (!running) return undefined;
      const { ingress, process } = running;
      const body = form.toString();
      const request = new Request(`https://relay.test/demo/listener/botsplash/${LISTENER}`, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "content-length": String(body.length),
          origin: "https://www.example.com",
        },
      });
      const response = await ingress.fetch(request, environment);
      // Who waits for a dead process hears nothing; whoever asks is not part of it.
      return process.isDead() ? undefined : response;
    },
    outbox: () => running?.outbox,
    async sweep() {
      await running?.ingress.scheduled(undefined, environment);
    },
    crash() {
      running?.process.die();
      running = undefined;
      disk.cut();
    },
    start,
  };
  return host;
};
