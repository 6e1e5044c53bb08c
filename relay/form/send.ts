import { after } from "./after.ts";
import { hear } from "./hear.ts";
import type { Lead } from "./lead.ts";
import { sendNatively } from "./native.ts";
import { show, tell } from "./news.ts";
import { fieldsOf, own } from "./own.ts";
import { type Answer, post } from "./post.ts";
import { reaches } from "./reach.ts";
import { refuse } from "./refuse.ts";
import type { Submitter } from "./submitter.ts";
import { renewToken } from "./turnstile.ts";

/** Before somebody makes a copy of the page, or leaves it. */
const LEAVING = "pagehide pageswap turbo:before-cache htmx:beforeHistorySave";
const EVENTS = `${LEAVING} pageshow online securitypolicyviolation input`;

/** The state of a form. */
export interface State {
  /** Its own, when it was enhanced. */
  action: string | null;
  /** Set while the form is in flight; ends its wait. */
  hurry?: () => void;
  /** Nothing gets from here to its relay but what the browser sends itself. */
  isBlocked?: boolean;
}

/** Sees a lead through to its end, and tells of it. */
export const send = async (form: HTMLFormElement, state: State, lead: Lead, button: Submitter | null | undefined) => {
  const { url, body } = lead;
  const started = Date.now();
  /** Somebody has typed in the form since it was submitted. */
  let isTyped = false;
  /** The browser is to carry it, and to leave the page. */
  let isNative = false;
  let wake: (isLeft?: boolean) => void = () => {};
  let giveUp = wake;
  // Browsers let requests that outlive their page hold 64 KiB.
  let keepalive = `${body}`.length < 60_000;

  /** It can still be focused, and no browser keeps it over a reload. */
  const mark = (isBusy: boolean) => {
    if (button) button.ariaBusy = button.ariaDisabled = isBusy ? "true" : null;
  };
  const onEvent = (event: Event) => {
    const { type, effectiveDirective, disposition, blockedURI } = event as SecurityPolicyViolationEvent;
    // Some browsers name no more than the origin.
    if (effectiveDirective === "connect-src" && disposition === "enforce" && blockedURI.startsWith(url.origin))
      state.isBlocked = true;
    if (type === "input") {
      if (!event.composedPath().some((node) => node === form || (node as HTMLInputElement).form === form)) return;
      isTyped = true;
    }
    const isLeft = LEAVING.includes(type);
    if (isLeft) {
      mark(false);
      show(form, "", "");
      // The relay knows by the key that it is the same lead.
      if (type === "pagehide" && !isNative) navigator.sendBeacon(url, body);
      if (!isNative) return;
    }
    // A request that was in flight when the page was left may never end.
    if ((event as PageTransitionEvent).persisted) giveUp();
    // While the browser leaves, its policy on fetch is old news.
    if (!isNative || effectiveDirective !== "connect-src") wake(isLeft);
  };
  const pause = (ms: number) => after(ms, (end) => (wake = end));
  /** It does not rely on fetch to end: in WebKit it does not, once the page's loading was stopped. */
  const attempt = async (ms: number) => {
    const answer: Answer = {};
    const init = { method: "POST", body, keepalive };
    await Promise.race([post(`${url}`, init, answer), after(ms, (end) => (giveUp = end))]);
    return answer;
  };

  state.hurry = () => wake();
  hear(EVENTS, onEvent);
  for (const field of fieldsOf(form)) field.ariaInvalid = null;
  try {
    try {
      for (let failures = 0; !isTyped; ) {
        mark(true);
        tell(form, "sending");
        const { status = 0, waitMs = 0, body: answer, fault } = await attempt(10_000 * (failures + 1));

        if (status < 300 && answer?.success === true) {
          tell(form, "sent", answer);
          if (!isTyped) own(form).reset();
          return renewToken(form);
        }
        if (/^4(?!08|29)/.test(`${status}`)) return refuse(form, { ...answer, status }, isTyped);

        if (fault && keepalive) {
          // Other requests of the page may have used up what may outlive it.
          keepalive = false;
          continue;
        }
        // Nobody is taken to another page long after the submit.
        if (fault && Date.now() - started < 4000 && (state.isBlocked || (await reaches(url.origin)))) {
          if (isTyped || document.hidden || !tell(form, "native")) break;
          isNative = true;
          const hasLeft = pause(10_000);
          sendNatively(lead);
          if (await hasLeft) return;
          break;
        }
        // Without a connection it may take as long as it takes.
        if (failures < 5 || status || navigator.onLine) failures++;
        // A filter of the browser's may block it so.
        state.isBlocked = fault === true && failures > 6;
        if (failures > 6 || waitMs > 120_000 || isTyped) break;
        const ms = waitMs || 2 ** failures * 250 * (1 + Math.random());
        tell(form, "waiting", { waitMs: ms });
        await pause(ms);
      }
    } catch {
      // After an unforeseen fault, the person still gets a message.
    }
    tell(form, "failed");
    renewToken(form);
  } finally {
    hear(EVENTS, onEvent, removeEventListener);
    delete state.hurry;
    mark(false);
  }
};
