// The relay's review API, as the page calls it.
import type { LeadPage, OutboxStatus } from "../../../outbox/types.ts";

/** Whose counts these are, and whether it sends. */
export interface ListenerStatus extends Partial<OutboxStatus> {
  id: string;
  /** Whether the relay's options have it. */
  isConfigured: boolean;
  /** Its outbox does not answer. */
  isBroken?: boolean;
}

export interface Status {
  timeZone: string;
  listeners: ListenerStatus[];
}

export type { LeadPage };

const { api = "" } = document.querySelector("main")?.dataset ?? {};

/** In this page's memory only: a reload forgets it. */
let secret = "";

export const useSecret = (given: string): void => {
  secret = given;
};

/** Asks, or gives an order. It rejects with words for the page's reader. */
export const ask = async (path: string, order?: object): Promise<Response> => {
  const response = await fetch(api + path, {
    headers: { Authorization: `Bearer ${secret}`, ...(order && { "Content-Type": "application/json" }) },
    ...(order && { method: "POST", body: JSON.stringify(order) }),
  });
  if (response.ok) return response;
  const { detail, message } = await response.json().catch(() => ({}));
  const fallback = `The relay answered with ${response.status}.`;
  throw new Error(response.status === 404 ? "This is not the secret." : detail || message || fallback);
};

/** Saves all parts of a file. @param path its address, for the place where a part begins */
export const save = async (name: string, type: string, path: (from?: string) => string): Promise<void> => {
  const parts: (Blob | string)[] = [];
  let from: string | undefined;
  do {
    const part: Response = await ask(path(from));
    from = part.headers.get("Next") ?? undefined;
    parts.push(await part.blob());
  } while (from !== undefined);
  // The mark at its beginning tells spreadsheets that it is UTF-8.
  if (type === "text/csv") parts.unshift("\ufeff");
  const url = URL.createObjectURL(new Blob(parts, { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
