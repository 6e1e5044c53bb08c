import { type Answer, ask } from "./ask.ts";
import type { Lead } from "./lead.ts";
import { tell } from "./news.ts";
import { fieldsOf, own } from "./own.ts";
import type { Submitter } from "./submitter.ts";

/** Before somebody makes a copy of the page, or leaves it. */
const BEFORE_LEAVING = "pagehide pageswap turbo:before-cache htmx:beforeHistorySave astro:before-swap";

/** A lead on its way, and what its page goes through meanwhile. */
export type Trip = ReturnType<typeof setOut>;

/** @param root hears of what is typed in the form */
export const setOut = (form: HTMLFormElement, lead: Lead, submitter: Submitter | null, root: EventTarget) => {
  let wake: (type?: string) => void = () => {};
  let request: AbortController | undefined;
  /** The request under way outlives the page. */
  let isCarried = false;
  let news = "";

  const mark = (isBusy: boolean) => {
    for (const name of ["aria-busy", "aria-disabled"]) {
      if (isBusy) submitter?.setAttribute(name, "true");
      else submitter?.removeAttribute(name);
    }
  };

  const trip = {
    /** Somebody has typed in the form since it was submitted. */
    hasTyped: false,
    /** The browser is to carry it, and to leave the page. */
    isHandedOver: false,
    say: (text: string) => {
      news = text;
      tell(form, text);
    },
    ask: async (keepalive: boolean): Promise<Answer> => {
      request = new AbortController();
      isCarried = keepalive;
      const answer = await ask(lead, keepalive, request);
      isCarried = false;
      return answer;
    },
    /** Waits, or until there is a reason to try at once. @returns the type of the event that is the reason */
    pause: (ms: number) =>
      new Promise<string | undefined>((resolve) => {
        wake = resolve;
        setTimeout(resolve, ms);
      }),
    hurry: () => wake("submit"),
    end: () => {
      mark(false);
      for (const [on, types, then] of heard)
        for (const type of types.split(" ")) on.removeEventListener(type, then, true);
    },
  };

  const heard: [on: EventTarget, types: string, then: (event: Event) => void][] = [
    [
      root,
      "input",
      ({ target }) => {
        if (!own(form).contains(target as Node) && !fieldsOf(form).includes(target as HTMLInputElement)) return;
        trip.hasTyped = true;
        wake("input");
      },
    ],
    [window, "online securitypolicyviolation", ({ type }) => wake(type)],
    [
      window,
      BEFORE_LEAVING,
      ({ type }) => {
        mark(false);
        tell(form, "");
        if (type !== "pagehide") return;
        if (trip.isHandedOver) wake(type);
        // The relay knows by the key that it is the same lead.
        else if (!isCarried) navigator.sendBeacon?.(lead.url, lead.body);
      },
    ],
    [
      window,
      "pageshow",
      ({ type }) => {
        // A request that was under way when the page was left may never end.
        request?.abort();
        mark(true);
        tell(form, news);
        wake(type);
      },
    ],
  ];
  for (const [on, types, then] of heard) for (const type of types.split(" ")) on.addEventListener(type, then, true);
  mark(true);
  return trip;
};
