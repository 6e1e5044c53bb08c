import { deliver } from "./deliver.ts";
import { redirected } from "./redirect.ts";

/**
 * A Botsplash in a box. The lists are live, and are the same ones for the sandbox's whole life.
 * @typedef {object} Sandbox
 * @property {(input: string | URL | Request, init?: RequestInit) => Promise<Response>} fetch A function
 *   of fetch's shape that answers instead of the API. The origin of the URL does not matter.
 * @property {import("./types.ts").SandboxVisitor[]} visitors The visitors on file.
 * @property {import("./types.ts").Submission[]} submissions What was submitted to listeners.
 * @property {import("./types.ts").Message[]} messages The messages sent.
 * @property {import("./types.ts").SequenceRun[]} sequences The sequences started.
 * @property {import("./types.ts").ActionRun[]} actions The actions run.
 * @property {import("./types.ts").Meeting[]} meetings The meetings scheduled.
 * @property {import("./types.ts").PhoneStatus[]} phoneStatuses The phone statuses set.
 * @property {import("./types.ts").Upload[]} uploads The files uploaded.
 * @property {import("./types.ts").LedgerEntry[]} ledger Every effect, in order.
 * @property {import("./types.ts").RequestRecord[]} requests Every request, in order.
 * @property {import("./types.ts").Text[]} texts What people received on their phones, in order.
 * @property {() => void} reset Forgets everything, faults and ids included.
 * @property {(fault: import("./faults.ts").Fault) => void} fault Makes something go wrong. Faults queue:
 *   each request takes the first one that is for its operation. Requests that lead to no operation
 *   take none.
 */

// As in browsers and undici.
const MAX_REDIRECTS = 20;

/** @param {import("./core.ts").Core} core @returns {Sandbox} */
export function sandboxOf(core) {
  const { clear, ids, ...lists } = core.state;
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
 * @param {string | URL | Request} input @param {RequestInit} [init]
 * @returns {AbortSignal | undefined}
 */
function signalOf(input, init) {
  if (init?.signal !== undefined) return init.signal ?? undefined;
  return typeof input === "object" && "signal" in input ? input.signal : undefined;
}

/** @param {Request} request @param {Uint8Array} bytes @returns {import("./core.ts").Received} */
function received({ method, url, headers }, bytes) {
  const { pathname, search } = new URL(url);
  return { method, path: pathname, query: search.slice(1), headers: Object.fromEntries(headers), bytes };
}
