import { ask } from "./ask.ts";
import type { Lead } from "./lead.ts";
import { sendNatively } from "./native.ts";
import { tell } from "./news.ts";
import { fieldsOf, own } from "./own.ts";
import { isBlocked } from "./policy.ts";
import { reaches } from "./reach.ts";
import { refuse } from "./refuse.ts";
import type { Submitter } from "./submitter.ts";
import { mark, type Trip, trips } from "./trip.ts";
import { renewToken } from "./turnstile.ts";

/** Forms that were sent in vain. */
const stranded = new WeakSet<HTMLFormElement>();

/** Sees a lead through to its end, and tells of it. */
export const send = (form: HTMLFormElement, lead: Lead, button: Submitter | null) => {
  const trip: Trip = { ...lead, button };
  trips.set(form, trip);
  for (const field of fieldsOf(form)) field.removeAttribute("aria-invalid");
  return deliver(form, trip).finally(() => {
    trips.delete(form);
    mark(trip, false);
  });
};

const deliver = async (form: HTMLFormElement, trip: Trip) => {
  const { url, body } = trip;
  const started = Date.now();
  const pause = (ms: number) =>
    new Promise<string | undefined>((resolve) => {
      trip.wake = resolve;
      setTimeout(resolve, ms);
    });

  // Browsers let requests that outlive their page hold 64 KiB.
  let keepalive = `${body}`.length < 60_000;
  for (let attempt = 0; ; ) {
    mark(trip, true);
    tell(form, "sending", null);
    trip.request = new AbortController();
    // A redirect leads to a page, which says nothing about the lead.
    const init: RequestInit = { method: "POST", body, keepalive, redirect: "error" };
    const { status = 0, waitMs = 0, answer, fault } = await ask(window, url, init, trip.request, 30_000);

    if (status < 300 && answer?.success === true) {
      tell(form, "sent", answer);
      if (!trip.typed) own(form).reset();
      return renewToken(form);
    }
    if (/^4(?!08|29)/.test(`${status}`)) return refuse(form, { ...answer, status }, trip.typed);

    if (fault && keepalive) {
      // Other requests of the page may have used up what may outlive it.
      keepalive = false;
      continue;
    }
    // Nobody is taken to another page long after the submit.
    if (
      fault &&
      Date.now() - started < 4000 &&
      (isBlocked(url) || (await reaches(url)) || (stranded.has(form) && (await reaches(location.href))))
    ) {
      if (!trip.typed && !document.hidden && tell(form, "native", null)) {
        trip.native = true;
        sendNatively(trip);
        if (/^page/.test(`${await pause(30_000)}`)) return;
      }
      break;
    }
    // Without a connection it may take as long as it takes.
    if (attempt < 5 || !fault || navigator.onLine) attempt++;
    if (attempt > 6 || waitMs > 120_000 || trip.typed) break;
    const ms = waitMs || 2 ** attempt * 250 * (1 + Math.random());
    tell(form, "waiting", { waitMs: ms });
    await pause(ms);
    if (trip.typed) break;
  }
  stranded.add(form);
  tell(form, "failed", null);
  renewToken(form);
};
