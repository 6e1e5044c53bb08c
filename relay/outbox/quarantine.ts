// A guard has caught a lead: its owner is told, and the oldest of those in quarantine make room.
import { QUARANTINE } from "./admission.ts";
import type { Consents } from "./consents.ts";
import type { Store } from "./storage.ts";
import type { Tell } from "./types.ts";

export type Quarantined = (reason: string) => void;

export const createQuarantine =
  ({ store, consents, alert }: { store: Store; consents: Consents; alert: Tell }): Quarantined =>
  (reason) => {
    alert("lead_quarantined", `Leads were quarantined: ${reason}`);
    const evicted = store.evict(QUARANTINE);
    if (evicted.length === 0) return;
    consents.eraseOf(evicted);
    store.setFact("evicted", (store.fact<number>("evicted") ?? 0) + evicted.length);
    alert("quarantine_full", "The quarantine is full: the oldest leads make room.", { count: evicted.length });
  };
