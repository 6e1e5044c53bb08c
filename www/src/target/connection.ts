// A call over the target, under the condition that holds, with all that can be seen of it.
import type { Botsplash, OperationName } from "botsplash";
import type { RequestRecord, Text } from "botsplash/sandbox";
import { type Exchange, recording } from "../exchange.ts";
import { ended, type Outcome } from "../outcome.ts";
import type { Backstage } from "./backstage.ts";
import { condition, conditionOf } from "./conditions.ts";
import { clientFor, sender } from "./target.ts";
import { behind, notice } from "./texts.ts";

/** A call as far as it has come. */
export interface Run {
  running: boolean;
  exchanges: readonly Exchange[];
  /** The requests that arrived at the API, where the page can see them. */
  arrived: readonly RequestRecord[];
  /** The texts that came of it, where they can be seen. */
  texts: readonly Text[];
  outcome?: Outcome;
  /** Whether somebody is still being waited for behind the relay. */
  awaiting: boolean;
}

const WATCH_EVERY_MS = 250;
const WATCH_TIMES = 60;
const LAST_LOOKS = 4;

/**
 * Makes a call and tells of it as it goes.
 * @param make the call itself
 * @param tell told of the run whenever more of it is known
 */
export const run = async (
  operation: OperationName,
  routes: Record<string, string>,
  make: (client: Botsplash) => Promise<unknown>,
  tell: (run: Run) => void,
): Promise<Run> => {
  let state: Run = { running: true, exchanges: [], arrived: [], texts: [], awaiting: false };
  const update = (change: Partial<Run>) => tell((state = { ...state, ...change }));
  update({});

  const stage = await behind();
  const before = await seen(stage);
  const send = await sender();
  const { fault } = conditionOf(condition.value);
  const isOffline = condition.value === "offline";
  let attempts = 0;
  const recorded = recording(
    async (request) => {
      // A browser's message for a connection that it does not have.
      if (isOffline) throw new TypeError("Failed to fetch");
      const wrong = fault?.(++attempts);
      if (wrong) await stage?.fault({ ...wrong, operation });
      return send(request);
    },
    (exchange) => {
      const known = state.exchanges.includes(exchange);
      update({ exchanges: known ? [...state.exchanges] : [...state.exchanges, exchange] });
    },
  );
  const client = clientFor({ routes, fetch: (url, init) => recorded(new Request(url, init)) });

  const outcome = await ended(make(client));
  const look = async () => {
    const now = await seen(stage);
    if (now.texts) notice(now.texts);
    update({
      arrived: now.requests?.slice(before.requests?.length) ?? [],
      texts: now.texts?.slice(before.texts?.length) ?? [],
    });
  };
  // A relay that responds with 202 has the lead, and delivers it by itself.
  const isTaken = state.exchanges.at(-1)?.response?.status === 202;
  update({ running: false, outcome, awaiting: isTaken && stage !== undefined });
  await look();
  let left = WATCH_TIMES;
  while (state.awaiting) {
    // The text is there a moment before the response that speaks of it.
    if (state.texts.length > 0) left = state.arrived.every(({ status }) => status) ? 0 : Math.min(left, LAST_LOOKS);
    if (left === 0) update({ awaiting: false });
    else {
      left -= 1;
      await new Promise((resolve) => setTimeout(resolve, WATCH_EVERY_MS));
      await look();
    }
  }
  return state;
};

/** The sandbox's records so far; nothing where no sandbox can be asked. */
interface Seen {
  texts?: Text[] | undefined;
  requests?: RequestRecord[] | undefined;
}

const seen = async (stage: Backstage | undefined): Promise<Seen> => {
  try {
    const [texts, requests] = await Promise.all([stage?.texts(), stage?.requests()]);
    return { texts, requests: requests?.filter(({ method }) => method !== "OPTIONS") };
  } catch {
    // This page's server has no sandbox to hand on.
    return {};
  }
};
