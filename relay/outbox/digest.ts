// An outbox's report to the coordinator about its day.
import type { Consents } from "./consents.ts";
import type { Row, SqlValue, Storage } from "./host.ts";
import { beginningOf } from "./id.ts";
import type { Eraser } from "./retention.ts";
import { LEAD_STATES, type LeadState } from "./states.ts";
import type { Store } from "./storage.ts";
import type { Digest } from "./types.ts";

/** How many names of unknown fields are told of. */
const MOST_NAMES = 20;

export const createDigest = ({ sql }: Storage, store: Store, eraser: Eraser, consents: Consents) => {
  const all = (query: string, ...values: SqlValue[]): Row[] => sql.exec(query, ...values).toArray();
  const numberOf = (query: string, ...values: SqlValue[]): number => {
    const value = Object.values(all(query, ...values)[0] ?? {})[0];
    return typeof value === "number" ? value : 0;
  };

  const unknownSince = (first: string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { notes } of all("SELECT notes FROM leads WHERE id >= ? AND notes IS NOT NULL", first)) {
      const { unknown = [] } = JSON.parse(String(notes)) as { unknown?: string[] };
      for (const name of unknown) {
        if (name in counts || Object.keys(counts).length < MOST_NAMES) counts[name] = (counts[name] ?? 0) + 1;
      }
    }
    return counts;
  };

  return (since: number): Digest => {
    const first = beginningOf(since);
    const counted = new Map(
      all("SELECT state, count(*) AS count FROM leads GROUP BY state").map((row) => [row["state"], row["count"]]),
    );
    const counts = Object.fromEntries(LEAD_STATES.map((state) => [state, Number(counted.get(state) ?? 0)]));
    const last = all("SELECT received_at FROM leads WHERE caught_by IS NULL ORDER BY id DESC LIMIT 1")[0];
    const head = consents.head();
    return {
      counts: counts as Record<LeadState, number>,
      received: numberOf("SELECT count(*) FROM leads WHERE id >= ?", first),
      delivered: numberOf("SELECT count(*) FROM leads WHERE state = 'delivered' AND changed_at >= ?", since),
      quarantined: numberOf("SELECT count(*) FROM leads WHERE id >= ? AND caught_by IS NOT NULL", first),
      evicted: store.fact<number>("evicted") ?? 0,
      unknown: unknownSince(first),
      expiring: eraser.expiring(),
      ...(last && { lastReceivedAt: Number(last["received_at"]) }),
      ...(head && { consentHead: head }),
    };
  };
};
