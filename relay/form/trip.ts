import { hear } from "./hear.ts";
import type { Lead } from "./lead.ts";
import { show } from "./news.ts";
import type { Submitter } from "./submitter.ts";

/** A lead on its way. */
export interface Trip extends Lead {
  button: Submitter | null;
  /** Somebody has typed in the form since it was submitted. */
  typed?: boolean;
  /** The browser is to carry it, and to leave the page. */
  native?: boolean;
  /** Ends the request under way. */
  request?: AbortController;
  /** Ends the wait under way. */
  wake?: (why?: string) => void;
}

/** By form. */
export const trips = new Map<HTMLFormElement, Trip>();

/** Before somebody makes a copy of the page, or leaves it. */
const LEAVING = "pagehide pageswap turbo:before-cache htmx:beforeHistorySave";

/** What a page goes through while leads are on their way. */
const onEvent = (event: Event) => {
  const { type } = event;
  for (const [form, trip] of trips) {
    if (type === "input") {
      if (!event.composedPath().some((node) => node === form || (node as HTMLInputElement).form === form)) continue;
      trip.typed = true;
    }
    if (LEAVING.includes(type)) {
      mark(trip, false);
      show(form, "", "");
      if (!trip.native) {
        // The relay knows by the key that it is the same lead.
        if (type === "pagehide") navigator.sendBeacon(trip.url, trip.body);
        continue;
      }
    }
    // A request that was under way when the page was left may never end.
    if (type === "pageshow") trip.request?.abort();
    trip.wake?.(type);
  }
};

export const watchPage = () => hear(`${LEAVING} pageshow online securitypolicyviolation input`, onEvent);

/** Says of the form's button whether it is busy. It can still be focused, and nothing of it outlives a reload. */
export const mark = ({ button }: Trip, isBusy: boolean) => {
  for (const name of ["aria-busy", "aria-disabled"]) {
    if (isBusy) button?.setAttribute(name, "true");
    else button?.removeAttribute(name);
  }
};
