// A scenario as it is played: the leads that it made, and what the relay says of them.
import { effect, signal } from "@preact/signals";
import { type Desk, desk, passTime, type RelayLead } from "../target/desk.ts";
import { backstage, clientFor, target } from "../target/target.ts";
import { beginnings, refresh } from "../target/texts.ts";
import { type Scenario, type ScenarioName, type Stage, scenarios } from "./scenarios.ts";

export interface Playing {
  name: ScenarioName;
  /** Whether anything is still to be seen without waiting. */
  running: boolean;
  ids: readonly string[];
  leads: readonly RelayLead[];
  /** By the relay's clock. */
  now: number;
  /** Why it could not be played. */
  problem?: string;
}

export const scenario = signal<ScenarioName>("twice");
export const playing = signal<Playing | undefined>(undefined);

effect(() => {
  void beginnings.value;
  void target.value;
  playing.value = undefined;
});

const LOOK_EVERY_MS = 250;
const LOOKS = 60;

/** Longer waits are for the clock to pass. */
const SOON_MS = 5000;

export const isWaiting = ({ dueAt }: RelayLead, now: number) => dueAt !== undefined && dueAt > now + SOON_MS;

const isAtRest = (lead: RelayLead, now: number) =>
  !["queued", "sending", "checking"].includes(lead.state) || isWaiting(lead, now);

/** Looks at the leads of a play until that is so, or for a while. */
const watch = async (play: Playing, isSeen: (play: Playing) => boolean): Promise<void> => {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const seen = await desk();
    if (!seen || playing.value?.name !== play.name) return;
    tell(play, seen);
    if (isSeen(play)) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  await refresh();
};

const tell = (play: Playing, { leads, now }: Desk): void => {
  play.leads = play.ids.flatMap((id) => leads.find((lead) => lead.id === id) ?? []);
  play.now = now;
  playing.value = { ...play };
};

const follow = async (play: Playing): Promise<void> => {
  await watch(play, ({ leads, ids, now }) => leads.length === ids.length && leads.every((lead) => isAtRest(lead, now)));
  play.running = false;
  if (playing.value?.name === play.name) playing.value = { ...play };
};

const attempted = async (play: Playing, action: () => Promise<unknown>): Promise<void> => {
  play.running = true;
  playing.value = { ...play };
  try {
    await action();
    await follow(play);
  } catch (error) {
    playing.value = { ...play, running: false, problem: error instanceof Error ? error.message : String(error) };
  }
};

/** Plays the chosen scenario. */
export const play = async (): Promise<void> => {
  if (playing.value?.running) return;
  const name = scenario.value;
  const { play: perform }: Scenario = scenarios[name];
  const current: Playing = { name, running: true, ids: [], leads: [], now: 0 };
  await attempted(current, async () => {
    const [seen, behind] = await Promise.all([desk(), backstage()]);
    if (!seen || !behind) throw new Error("This page cannot see into this relay. The one of `npm run demo` lets it.");
    const stage: Stage = {
      client: clientFor({ routes: {}, fetch }),
      fault: behind.fault,
      until: (id, is) => watch(current, ({ leads }) => leads.some((lead) => lead.id === id && is(lead))),
      now: seen.now,
      show: (id) => {
        current.ids = [...new Set([...current.ids, id])];
      },
    };
    await perform(stage);
  });
};

/** Puts the relay's clock forward to when this lead is due, and looks again. */
export const waitFor = async ({ dueAt }: RelayLead): Promise<void> => {
  const play = playing.value;
  if (!play || play.running || dueAt === undefined) return;
  await attempted({ ...play }, () => passTime(dueAt));
};
