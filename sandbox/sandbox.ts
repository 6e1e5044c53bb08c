import type { Core, Received } from "./core.ts";
import { deliver } from "./deliver.ts";
import type { Fault } from "./faults.ts";
import { redirected } from "./redirect.ts";
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

/** A Botsplash in a box. The lists are live, and are the same ones for the sandbox's whole life. */
export interface Sandbox {
  /** A function of fetch's shape that answers instead of the API. The origin of the URL does not matter. */
  fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The visitors on file. */
  visitors: SandboxVisitor[];
  /** The submissions to listeners. */
  submissions: Submission[];
  /** The messages sent. */
  messages: Message[];
  /** The sequences started. */
  sequences: SequenceRun[];
  /** The actions run. */
  actions: ActionRun[];
  /** The meetings scheduled. */
  meetings: Meeting[];
  /** The phone statuses set. */
  phoneStatuses: PhoneStatus[];
  /** The files uploaded. */
  uploads: Upload[];
  /** Every effect, in order. */
  ledger: LedgerEntry[];
  /** Every request, in order. */
  requests: RequestRecord[];
  /** The texts that people received on their phones, in order. */
  texts: Text[];
  /** Forgets everything, faults and ids included. */
  reset: () => void;
  /**
   * Makes something go wrong. Faults queue: each request takes the first one that is for its operation.
   * Requests that lead to no operation take none.
   */
  fault: (fault: Fault) => void;
}

// As in browsers and undici.
const MAX_REDIRECTS = 20;

export function sandboxOf(core: Core): Sandbox {
  const { clear, ids, keys, ...lists } = core.state;
  return {
    async fetch(input, init) {
      const signal = signalOf(input, init);
      let request = new Request(input, init);
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        const bytes = new Uint8Array(await request.arrayBuffer());
        signal?.throwIfAborted();
        const response = await deliver(await core.handle(received(request, bytes), signal), signal);
        const next = redirected(request, bytes, response);
        if (!next) return response;
        request = next;
      }
      throw new TypeError("fetch failed: redirect count exceeded");
    },
    ...lists,
    reset: core.reset,
    fault: core.fault,
  };
}

/**
 * The caller's own signal: the one of a new Request follows it, but some runtimes let go of that one
 * too early.
 */
function signalOf(input: string | URL | Request, init: RequestInit | undefined): AbortSignal | undefined {
  if (init?.signal !== undefined) return init.signal ?? undefined;
  return typeof input === "object" && "signal" in input ? input.signal : undefined;
}

function received({ method, url, headers }: Request, bytes: Uint8Array): Received {
  const { pathname, search } = new URL(url);
  return { method, path: pathname, query: search.slice(1), headers: Object.fromEntries(headers), bytes };
}
