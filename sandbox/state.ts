/**
 * @typedef {import("./types.ts").SandboxVisitor} SandboxVisitor
 *
 * @typedef {ReturnType<typeof createState>} State
 */

/** Everything that a sandbox remembers. The arrays stay the same ones for its whole life. */
export function createState() {
  const lists = {
    /** @type {SandboxVisitor[]} */ visitors: [],
    /** @type {import("./types.ts").Submission[]} */ submissions: [],
    /** @type {import("./types.ts").Message[]} */ messages: [],
    /** @type {import("./types.ts").SequenceRun[]} */ sequences: [],
    /** @type {import("./types.ts").ActionRun[]} */ actions: [],
    /** @type {import("./types.ts").Meeting[]} */ meetings: [],
    /** @type {import("./types.ts").PhoneStatus[]} */ phoneStatuses: [],
    /** @type {import("./types.ts").Upload[]} */ uploads: [],
    /** @type {import("./types.ts").LedgerEntry[]} */ ledger: [],
    /** @type {import("./types.ts").RequestRecord[]} */ requests: [],
    /** @type {import("./types.ts").Text[]} */ texts: [],
  };
  const ids = createIds();
  return {
    ...lists,
    ids,
    /** Forgets everything, so that the next run gets the same ids again. */
    clear() {
      for (const list of Object.values(lists)) list.length = 0;
      ids.clear();
    },
  };
}

/** Ids look like the API's, and are counted so that a test's second run sees the same ones. */
function createIds() {
  let count = 0;
  /** @type {Map<string, string>} */
  const named = new Map();
  const next = () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, "0")}`;
  return {
    next,
    /**
     * The id of something that callers know by a name of their own: always the same for that name.
     * @param {"agent" | "team"} kind @param {string} name
     */
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
