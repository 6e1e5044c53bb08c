import { emit, type RelayRefusal } from "./events.ts";
import type { Lead } from "./lead.ts";
import { sendNatively } from "./native.ts";
import { tell, textFor } from "./news.ts";
import { fieldsOf, own } from "./own.ts";
import { isBlocked } from "./policy.ts";
import { reaches } from "./reach.ts";
import type { Submitter } from "./submitter.ts";
import { setOut, type Trip } from "./trip.ts";
import { renewToken } from "./turnstile.ts";

const ATTEMPTS = 7;
/** Browsers let requests that outlive their page hold 64 KiB. */
const KEEPALIVE_LIMIT = 60_000;
/** Who asks for more is not waited for. */
const LONGEST_WAIT_MS = 120_000;
/** Nobody is taken to another page later than that after the submit. */
const HANDOVER_MS = 10_000;
/** How long the browser may take to leave. */
const FAREWELL_MS = 30_000;

const underWay = new WeakMap<HTMLFormElement, Trip>();
/** Forms whose relay gave no answer at all. */
const stranded = new WeakSet<HTMLFormElement>();
/** The field that was refused. */
const marked = new WeakMap<HTMLFormElement, Element>();

/** @returns whether the form is under way already; if its lead waits, it no longer does */
export const hurry = (form: HTMLFormElement) => {
  const trip = underWay.get(form);
  trip?.hurry();
  return !!trip;
};

/** Sees a lead through to its end, and tells of it. */
export const send = async (form: HTMLFormElement, lead: Lead, submitter: Submitter | null, root: EventTarget) => {
  const trip = setOut(form, lead, submitter, root);
  underWay.set(form, trip);
  marked.get(form)?.removeAttribute("aria-invalid");
  try {
    await deliver(form, lead, trip);
  } finally {
    trip.end();
    underWay.delete(form);
  }
};

const deliver = async (form: HTMLFormElement, lead: Lead, trip: Trip) => {
  const started = performance.now();
  const inTime = () => performance.now() - started < HANDOVER_MS;
  let keepalive = `${lead.body}`.length < KEEPALIVE_LIMIT;
  let isAnswered = false;

  for (let attempt = 0, tries = 0; ; tries++) {
    trip.say(textFor(form, "sending"));
    const { status = 0, waitMs = 0, body, fault } = await trip.ask(keepalive);
    isAnswered ||= status > 0;

    if (status < 300 && body?.success === true) {
      tell(form, textFor(form, "sent"));
      emit(form, "botsplash:sent", body);
      if (!trip.hasTyped) own(form).reset();
      return renewToken(form);
    }
    if (/^4(?!08|29)/.test(`${status}`)) return refuse(form, { ...body, status }, trip);

    if (fault === "failed" && keepalive) {
      // Other requests of the page may have used up what may outlive it.
      keepalive = false;
      continue;
    }
    if (fault && inTime() && (fault === "redirected" || (await isOfThePage(form, lead)))) {
      if (trip.hasTyped || document.visibilityState !== "visible" || !inTime()) break;
      if (!emit(form, "botsplash:native", null)) break;
      trip.isHandedOver = true;
      sendNatively(lead);
      if ((await trip.pause(FAREWELL_MS)) === "pagehide") return;
      break;
    }

    // Without a connection there is nothing to be busy.
    if (!fault || navigator.onLine) attempt++;
    if (attempt === ATTEMPTS || waitMs > LONGEST_WAIT_MS || trip.hasTyped) break;
    const ms = waitMs || 2 ** Math.min(tries, ATTEMPTS - 2) * 500 * (1 + Math.random());
    trip.say(textFor(form, "waiting"));
    emit(form, "botsplash:waiting", { waitMs: ms });
    await trip.pause(ms);
    if (trip.hasTyped) break;
  }
  if (!isAnswered) stranded.add(form);
  tell(form, "", textFor(form, "failed"));
  emit(form, "botsplash:failed", null);
  renewToken(form);
};

/** Whether the relay is there, or, after a whole round in vain, at least the page's own server. */
const isOfThePage = async (form: HTMLFormElement, { url }: Lead) =>
  isBlocked(url) || (await reaches(url)) || (stranded.has(form) && (await reaches(location.href)));

const refuse = (form: HTMLFormElement, refusal: RelayRefusal, { hasTyped }: Trip) => {
  const { code = "", message, field: path = "" } = refusal;
  const { getAttribute } = own(form);
  const name = path.split(".").pop();
  const field = fieldsOf(form).find((one) => one.name === name);
  const text =
    field?.getAttribute("data-refused") ??
    getAttribute(`data-refused-${code.replace(/_/g, "-")}`) ??
    getAttribute("data-refused") ??
    message ??
    textFor(form, "failed");
  tell(form, "", text);
  if (field) {
    field.setAttribute("aria-invalid", "true");
    marked.set(form, field);
    if (!hasTyped) field.focus();
  }
  emit(form, "botsplash:refused", refusal);
};
