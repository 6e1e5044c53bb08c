// Whether a lead that comes in is one that is here already.
import { admit } from "./admission.ts";
import type { Twin } from "./rows.ts";
import { STATES } from "./states.ts";
import type { Store } from "./storage.ts";
import type { Acceptance, HashedLead } from "./types.ts";

export interface DuplicateDependencies {
  store: Store;
  /** 0: only keys count. */
  dedupeWindowMs: () => number;
  /** A lead comes again before it was sent: what proves its consent is the newer record. */
  renew: (id: string, lead: HashedLead) => void;
  now: () => number;
}

export type Duplicates = ReturnType<typeof createDuplicates>;

/**
 * Does it take its equals for itself, without regard to time? All do that may still be sent, and all that were or may have
 * been. Of what was certainly not sent and will not be, nobody has heard: its equal is a lead of its own.
 */
const absorbs = ({ state, maybeSent, isErased }: Twin): boolean =>
  state === "delivered" || maybeSent || !(isErased || STATES[state].done || state === "rejected");

const isCaught = ({ state, isErased }: Twin): boolean => !isErased && (state === "quarantined" || state === "held");

export const createDuplicates = ({ store, dedupeWindowMs, renew, now }: DuplicateDependencies) => {
  const twinOf = ({ key, content }: HashedLead): Twin | "conflict" | undefined => {
    const found = key ? store.byKey(key) : undefined;
    const same = found && absorbs(found) ? found : undefined;
    if (same && same.content !== content) return "conflict";
    if (same && !isCaught(same)) return same;
    // Beside one that a guard caught, there may be one that was sent.
    const window = dedupeWindowMs();
    return (window > 0 ? store.byContent(content, now() - window) : undefined) ?? same;
  };

  /** A lead that a guard caught, and that comes again. */
  const again = (twin: Twin, lead: HashedLead): Acceptance => {
    const { caughtBy, heldBy } = lead;
    const from = twin.state === "held" ? "held" : "quarantined";
    const place = admit({ caughtBy, heldBy, ...store.circumstances() });
    const stays: Acceptance = { outcome: "duplicate", id: twin.id, state: twin.state };
    if (place === "full") return stays;
    const isSame =
      place.state === twin.state && caughtBy === (twin.caughtBy ?? undefined) && heldBy === (twin.heldBy ?? undefined);
    // A guard that catches a lead which already waits for its owner tells nothing new of it.
    const isWorse = twin.state === "held" && place.caughtBy !== undefined;
    if (isSame || isWorse) return stays;
    if (place.state === "quarantined") store.catchAgain(twin.id, place.caughtBy, place.reason);
    else if (place.state === "held") store.hold(twin.id, from, place, now());
    else store.release(twin.id, from, place, now());
    renew(twin.id, lead);
    return { outcome: "duplicate", id: twin.id, state: place.state };
  };

  /** @param guardsHaveSpoken whether a lead that a guard had caught may be let through for it */
  const known = (lead: HashedLead, guardsHaveSpoken: boolean): Acceptance | undefined => {
    const twin = twinOf(lead);
    if (twin === undefined || twin === "conflict") return twin && { outcome: twin };
    if (isCaught(twin) && !guardsHaveSpoken) return undefined;
    // The window passes, the key stays known.
    if (lead.key) store.rememberKey(lead.key, twin.id);
    store.countRepeat(twin.id);
    return isCaught(twin) ? again(twin, lead) : { outcome: "duplicate", id: twin.id, state: twin.state };
  };

  return {
    /** Before the guards: undefined where they have to be asked. */
    find: (lead: HashedLead) => known(lead, false),
    /** After them: undefined where it is a lead of its own. */
    match: (lead: HashedLead) => known(lead, true),
  };
};
