// The relay's review API, as the page calls it.
import type { LeadPage, OutboxStatus } from "../../../outbox/types.ts";

/** Whose counts these are, and whether it sends. */
export interface ListenerStatus extends OutboxStatus {
  id: string;
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
  const { message } = await response.json().catch(() => ({}));
  const fallback = `The relay answered with ${response.status}.`;
  throw new Error(response.status === 404 ? "This is not the secret." : message || fallback);
};
