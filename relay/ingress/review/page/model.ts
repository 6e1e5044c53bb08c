// The page's model: the leads of one listener, as the owner searches for them.
import { LEAD_STATES, type LeadState } from "../../../outbox/states.ts";
import type { LeadView } from "../../../outbox/types.ts";
import { ask, type LeadPage, type ListenerStatus, type Status } from "./relay.ts";

export const model = {
  timeZone: "UTC",
  listeners: [] as ListenerStatus[],
  listener: "",
  state: "review" as LeadState | "all",
  /** The rest of the search, by the names of the API. */
  filters: {} as Record<string, string>,
  leads: [] as LeadView[],
  next: undefined as string | undefined,
  chosen: new Set<string>(),
  /** Draws the page anew. */
  show: () => {},
};

export const status = (): ListenerStatus | undefined => model.listeners.find(({ id }) => id === model.listener);

export const query = (before?: string): URLSearchParams => {
  const { listener, state, filters } = model;
  return new URLSearchParams({ listener, ...(state !== "all" && { state }), ...filters, ...(before && { before }) });
};

export const list = async (before?: string): Promise<void> => {
  const page: LeadPage = status()?.isBroken ? { leads: [] } : await (await ask(`/leads?${query(before)}`)).json();
  model.leads = before ? [...model.leads, ...page.leads] : page.leads;
  model.next = page.next;
  if (!before) model.chosen.clear();
  model.show();
};

export const load = async (): Promise<void> => {
  const { listeners, timeZone }: Status = await (await ask("/status")).json();
  Object.assign(model, { listeners, timeZone });
  if (!status()) model.listener = listeners[0]?.id ?? "";
  await list();
};

/** The states in which something waits for the owner come first. */
export const SHOWN: readonly LeadState[] = LEAD_STATES;

export const count = (number: number): string => `${number} ${number === 1 ? "lead" : "leads"}`;

/** In the owner's time zone. */
export const dated = (at: number): string =>
  new Date(at).toLocaleString(undefined, { timeZone: model.timeZone, dateStyle: "medium", timeStyle: "short" });

export const age = (at: number): string => {
  const minutes = Math.max(0, Math.floor((Date.now() - at) / 60000));
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 60 / 24)} days ago`;
};
