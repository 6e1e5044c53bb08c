import { create } from "./create.ts";
import type { FormEvents } from "./events.ts";
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
 * Shows one thing, in place of what was shown before. Where it shows it is there from the start, since only changes are
 * read aloud.
 */
export const show = (form: HTMLFormElement, status?: string, alert?: string) => {
  const { querySelector, append } = own(form);
  for (const [role, text] of Object.entries({ status, alert })) {
    let element = querySelector(`[role=${role}]`);
    if (!element) {
      element = create("p");
      element.setAttribute("role", role);
      append(element);
    }
    // The same again would be read aloud again.
    if (text != null && element.textContent !== text) element.textContent = text;
  }
};

/** @returns the form's own words for it, or else ours */
export const wordsFor = (form: HTMLFormElement, news: News) =>
  own(form).getAttribute(`data-${news}`) ?? texts[news] ?? "";

/**
 * Tells the person, in these words, and then the listeners: on the form or, once a page's router has taken that out of
 * the page, on the document.
 * @returns whether no listener has prevented what comes next
 */
export const tell = <Name extends News>(
  form: HTMLFormElement,
  news: Name,
  detail?: FormEvents[`botsplash:${Name}`]["detail"],
  words = wordsFor(form, news),
) => {
  // A failure or a refusal.
  if (/ed$/.test(news)) show(form, "", words);
  else show(form, words, "");
  const { isConnected, dispatchEvent } = own(form);
  const event = new CustomEvent(`botsplash:${news}`, { bubbles: true, composed: true, cancelable: true, detail });
  return isConnected ? dispatchEvent(event) : document.dispatchEvent(event);
};
