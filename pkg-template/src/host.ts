// The client's needs of the program that it runs in, beside the platform's own functions. At the edge there is
// nothing to say to it, so that file has none of this.
import { connectedOnce, neverConnected } from "./connect-error.ts";
import { keep } from "./keepalive.ts";
import { isBrowser } from "./platform.ts";
import { remedy } from "./remedy.ts";

export interface Host {
  /** The hint where the wasm does not start; `hint` is for runtimes that lack nothing. */
  remedy(hint: string): string;
  /** Marks a request that is to outlive its page. */
  keep(init: RequestInit): void;
  /** Whether what that fetch threw proves that no connection was made. */
  neverConnected(fetch: unknown, error: unknown): boolean;
  /** Takes note that a request may have reached a server. */
  connectedOnce(): void;
}

export const host: Host = {
  remedy,
  keep,
  // A page's globals make a page: jsdom counts as one.
  neverConnected: (fetch, error) => !isBrowser() && neverConnected(fetch, error),
  connectedOnce,
};
