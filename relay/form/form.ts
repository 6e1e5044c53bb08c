/**
 * Makes a form that posts to a relay better where there is JavaScript. Without it, or should this fail to load, the form
 * works as any form does.
 * @module
 */

import { leadOf } from "./lead.ts";
import { show } from "./news.ts";
import { own } from "./own.ts";
import { type State, send } from "./send.ts";
import { clicked, type Submitter, watchClicks } from "./submitter.ts";

export type { FormEvents, RelayAnswer, RelayRefusal } from "./events.ts";

const enhanced = new WeakMap<EventTarget, State>();

/**
 * Sends a form to the relay that its `action` names, without leaving the page.
 *
 * It acts last: what the browser or another listener prevents stays prevented. It leaves to the browser what is not a
 * plain post to a relay: another method or target, a file, a button that leads elsewhere.
 *
 * While the form is in flight its button is `aria-disabled` and `aria-busy`, and another submit does nothing, or ends a
 * wait. Its element with `role="status"` tells progress and success, the one with `role="alert"` errors. Either is made
 * where there is none. The words are those of `data-sending`, `data-waiting`, `data-sent` and `data-failed`, or else
 * English. A refusal is told in the words of the refused field's `data-refused`, or the form's, or else the relay's. The
 * field is focused and `aria-invalid`.
 *
 * A relay that is busy or cannot be reached is asked again up to six times, after at most 1, 2, 4, … 32 seconds. A
 * `Retry-After` of up to two minutes comes first. Without a connection the form waits for as long as that lasts. Typing
 * ends it. Where the page keeps `fetch` from a relay that is there, the browser sends the form, as it was and under the
 * same key.
 *
 * The submission key goes with the content and the day (of UTC). Sent again, after a reload of the tab too, the same
 * content is the same lead; other content is another. All that is stored is a random number, in the tab's session storage.
 *
 * When the lead is safe, the form dispatches `botsplash:sent` and is reset, unless somebody has typed in it meanwhile.
 * `FormEvents` lists all events.
 * @param form Enhanced once, however often it is given.
 */
export function enhance(form: HTMLFormElement): void {
  if (enhanced.get(form)) return;
  enhanced.set(form, { action: own(form).getAttribute("action") });
  show(form);
  watchClicks();
  own(form).addEventListener("submit", decideLast, true);
}

/** All other listeners, those that are added meanwhile too, have had their say when the event has come to its end. */
const decideLast = (event: Event) => {
  const end = event.composedPath().pop()!;
  end.addEventListener("submit", decide, { once: true });
};

const decide = (event: Event) => {
  const form = event.target as HTMLFormElement;
  // A script's own event submits nothing.
  const state = enhanced.get(form);
  if (!state || event.defaultPrevented || !event.isTrusted) return;
  try {
    const { submitter = clicked } = event as { submitter?: Submitter | null };
    const lead = leadOf(form, submitter, state.action);
    if (!lead) return;
    event.preventDefault();
    (state.hurry || send)(form, state, lead, submitter);
  } catch {
    // This browser, or this page, lacks what it takes.
  }
};
