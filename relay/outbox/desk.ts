// The commands that only the owner gives, and the coordinator.
import type { ConsentLine, Consents } from "./consents.ts";
import type { createDigest } from "./digest.ts";
import type { OptOut, OptOuts } from "./opt-outs.ts";
import type { createPeople } from "./person.ts";
import type { Eraser } from "./retention.ts";
import type { createSearch } from "./search.ts";
import type { Store } from "./storage.ts";
import type { Digest, LeadPage, LeadSearch, PersonFile, PersonQuery } from "./types.ts";
import type { Undo } from "./undo.ts";

const CONSENTS_PAGE = 500;

export interface DeskDependencies {
  store: Store;
  consents: Consents;
  undo: Undo;
  eraser: Eraser;
  optOuts: OptOuts;
  search: ReturnType<typeof createSearch>;
  people: ReturnType<typeof createPeople>;
  digest: ReturnType<typeof createDigest>;
  arm: () => void;
}

export type Desk = ReturnType<typeof createDesk>;

export const createDesk = (dependencies: DeskDependencies) => {
  const { store, consents, undo, eraser, optOuts, search, people, digest, arm } = dependencies;

  return {
    search(query: LeadSearch): LeadPage {
      const { leads, ...more } = search(query);
      const shown = leads.map((lead) => {
        const line = consents.of(lead.id);
        const withConsent = line?.record === undefined ? lead : { ...lead, consent: JSON.parse(line.record) };
        if (!eraser.isOver(lead.state, lead.changedAt)) return withConsent;
        const { submission: _, consent: __, ...rest } = withConsent;
        return rest;
      });
      return { leads: shown, ...more };
    },

    undo(ids: string[]): { changed: number } {
      const changed = store.atomically(() => {
        const moves = undo.take(ids);
        for (const { from, to } of moves) store.moved(from, to);
        return moves.length;
      });
      arm();
      return { changed };
    },

    person: (who: PersonQuery): PersonFile => people.find(who),

    erase(who: PersonQuery): { changed: number } {
      const states = people.erase(who);
      for (const state of states) store.moved(state, "dropped");
      return { changed: states.length };
    },

    consents({ after = 0, who }: { after?: number; who?: PersonQuery }): { lines: ConsentLine[]; next?: number } {
      const page = consents.list(after, CONSENTS_PAGE);
      const matches = who && people.isMeant(who);
      const lines = matches ? page.filter(({ record }) => record !== undefined && matches(JSON.parse(record))) : page;
      const last = page[CONSENTS_PAGE - 1];
      return { lines, ...(last && { next: last.seq }) };
    },

    digest: (since: number): Digest => digest(since),

    copyOptOuts(entries: OptOut[]): void {
      optOuts.copy(entries);
      arm();
    },
  };
};
