// The first alert of a kind goes at once, and then one an hour, with a count.
import type { Alert } from "./alert.ts";

const HOUR_MS = 3_600_000;

/** Kinds that say the same until the owner fixes their cause. */
const DAILY: readonly string[] = ["fields_unknown", "listener_silent", "listener_unlisted", "review_expires"];

/** Kinds that say how things stand: they are noted again and again, and the last count is the one that holds. */
const STANDING: readonly string[] = [...DAILY, "leads_waiting", "cron_missing"];

export const isStanding = (code: string): boolean => STANDING.includes(code);

/** Alerts of one kind are told of together. */
export const kindOf = ({ code, listenerId, operation, reason }: Alert): string =>
  JSON.stringify([code, listenerId ?? null, operation ?? null, reason ?? null]);

/** Whether alerts of a kind that was last told of then may be told of now. A clock that went back holds nothing up. */
export const mayTell = ({ code }: Pick<Alert, "code">, toldAt: number | undefined, now: number): boolean =>
  toldAt === undefined || toldAt > now || now - toldAt >= intervalOf(code);

export const intervalOf = (code: string): number => (DAILY.includes(code) ? 24 * HOUR_MS : HOUR_MS);

/** An alert with how often it happened. */
export const counted = (alert: Alert, count: number): Alert => (count > 1 ? { ...alert, count } : alert);

/** A throttle that remembers for as long as its program runs: for alerts about what remembers longer. */
export const createThrottle = (now: () => number) => {
  const kinds = new Map<string, { toldAt: number | undefined; count: number }>();
  return (alert: Alert): Alert | undefined => {
    const kind = kindOf(alert);
    const known = kinds.get(kind) ?? { toldAt: undefined, count: 0 };
    const count = known.count + (alert.count ?? 1);
    const tells = mayTell(alert, known.toldAt, now());
    kinds.set(kind, tells ? { toldAt: now(), count: 0 } : { ...known, count });
    return tells ? counted(alert, count) : undefined;
  };
};
