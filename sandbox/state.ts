import type {
  ActionRun,
  LedgerEntry,
  Meeting,
  Message,
  PhoneStatus,
  RequestRecord,
  SandboxVisitor,
  SequenceRun,
  Submission,
  Text,
  Upload,
} from "./types.ts";

/** The lists that a sandbox shows. They stay the same arrays for its whole life. */
export interface Lists {
  readonly visitors: SandboxVisitor[];
  readonly submissions: Submission[];
  readonly messages: Message[];
  readonly sequences: SequenceRun[];
  readonly actions: ActionRun[];
  readonly meetings: Meeting[];
  readonly phoneStatuses: PhoneStatus[];
  readonly uploads: Upload[];
  readonly ledger: LedgerEntry[];
  readonly requests: RequestRecord[];
  readonly texts: Text[];
}

/** Everything that a sandbox remembers. */
export interface State extends Lists {
  readonly ids: Ids;
  /** The submissions under a submission key, and their answers. */
  readonly keys: Map<string, { readonly content: string; readonly requestId: string }>;
  /** Forgets everything, so that the next run gets the same ids again. */
  clear(): void;
}

export function createState(): State {
  const lists: Lists = {
    visitors: [],
    submissions: [],
    messages: [],
    sequences: [],
    actions: [],
    meetings: [],
    phoneStatuses: [],
    uploads: [],
    ledger: [],
    requests: [],
    texts: [],
  };
  const ids = createIds();
  const keys: State["keys"] = new Map();
  return {
    ...lists,
    ids,
    keys,
    clear() {
      for (const list of Object.values(lists)) list.length = 0;
      ids.clear();
      keys.clear();
    },
  };
}

/** Ids look like the API's, and are counted so that a test's second run sees the same ones. */
export interface Ids {
  next(): string;
  /** The id of something that callers know by a name of their own: always the same for that name. */
  of(kind: "agent" | "team", name: string): string;
  clear(): void;
}

function createIds(): Ids {
  let count = 0;
  const named = new Map<string, string>();
  const next = () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, "0")}`;
  return {
    next,
    of(kind, name) {
      const key = `${kind} ${name}`;
      const id = named.get(key) ?? next();
      named.set(key, id);
      return id;
    },
    clear() {
      count = 0;
      named.clear();
    },
  };
}
