import { create } from "./create.ts";
import type { FormEvents } from "./events.ts";
import { mark } from "./mark.ts";
import { own } from "./own.ts";

/** The person's messages, unless the form has an attribute with other words: `data-sent="Merci."`, and so on. */
const texts: Partial<Record<News, string>> = {
  sending: "Sending…",
  native: "Sending…",
  waiting: "No answer yet. Trying again…",
  sent: "Thank you. It is sent.",
  failed: "It may not have arrived. Please try again.",
};

type News = keyof FormEvents extends `botsplash:${infer Name}` ? Name : never;

/**
 * Shows words in the place for one role, and none in the other's. Without words it makes the places alone: they are there
 * from the start, since only changes are read aloud.
 */
export const show = (form: HTMLFormElement, words?: string, role?: string) => {
  const { querySelector, appendChild } = own(form);
  for (const one of ["status", "alert"]) {
    const element = querySelector(`[role=${one}]`) || appendChild(create("p"));
    mark(element, one, "role");
    if (words != null) element.textContent = one === role ? words : "";
  }
};

/** @returns the element's own words for it, or else ours */
export const wordsFor = (element: HTMLElement, news: News) =>
  own(element as HTMLFormElement).getAttribute(`data-${news}`) ?? texts[news];

/**
 * Tells the person, in these words, and then the listeners. It tells them on the form or, once a page's router has taken
 * that out of the page, on the document.
 * @returns whether no listener has prevented what comes next
 */
export const tell = <Name extends News>(
  form: HTMLFormElement,
  news: Name,
  detail?: FormEvents[`botsplash:${Name}`]["detail"],
  words = wordsFor(form, news),
) => {
  // A failure or a refusal is an alert.
  show(form, words, /ed$/.test(news) ? "alert" : "status");
  const event = new CustomEvent(`botsplash:${news}`, { detail, bubbles: true, composed: true, cancelable: true });
  return (own(form).isConnected ? own(form) : document).dispatchEvent(event);
};
