import { hear } from "./hear.ts";
import type { Lead } from "./lead.ts";
import { mark } from "./mark.ts";
import { sendNatively } from "./native.ts";
import { show, tell } from "./news.ts";
import { fieldsOf, own } from "./own.ts";
import { type Answer, post } from "./post.ts";
import { reaches } from "./reach.ts";
import { refuse } from "./refuse.ts";
import type { Submitter } from "./submitter.ts";
import { renewToken } from "./turnstile.ts";

/** Before somebody makes a copy of the page, or leaves it. */
const LEAVING = /hide|swap|:/;
const EVENTS =
  "pagehide pageswap turbo:before-cache htmx:beforeHistorySave pageshow online securitypolicyviolation input";

/** The state of a form. */
export interface State {
  /** Its own, when it was enhanced. */
  action: string | null;
  /** It is on its way; ends its wait. */
  hurry?: ((...nothing: unknown[]) => void) | undefined;
  /** Nothing gets from here to its relay but what the browser sends itself. */
  isBlocked?: boolean | undefined;
}

/** Sees a lead through to its end, and tells of it. */
export const send = async (form: HTMLFormElement, state: State, lead: Lead, button: Submitter | null | undefined) => {
  const { href, origin, body } = lead;
  const started = Date.now();
  /** Somebody has typed in the form since it was submitted. */
  let isTyped: boolean | undefined;
  /** The browser is to carry it, and to leave the page. */
  let isNative: boolean | undefined;
  /** A request is under way. */
  let isAsking: boolean | undefined;
  /** Ends the wait that there is. */
  let end: (isLeft?: boolean) => void;

  const wait = (ms: number, forAnswer?: boolean) =>
    new Promise<boolean | undefined>((resolve) => {
      setTimeout((end = resolve), ms);
      isAsking = forAnswer;
    });
  /** It can still be focused, and no browser keeps it over a reload. */
  const markBusy = (isBusy?: boolean) => button && mark(button, isBusy, "aria-busy", "aria-disabled");
  const tidy = () => {
    markBusy();
    renewToken(form);
  };
  const onEvent = (event: Event) => {
    const { type, disposition, blockedURI } = event as SecurityPolicyViolationEvent;
    const isLeft = LEAVING.test(type);
    // Some browsers name no more than the origin.
    if (disposition === "enforce" && blockedURI.startsWith(origin)) state.isBlocked = true;
    if (type === "input") {
      if (!event.composedPath().some((node) => node === form || (node as HTMLInputElement).form === form)) return;
      isTyped = true;
    }
    if (isLeft) {
      tidy();
      show(form, "");
      // The relay knows by the key that it is the same lead.
      if (type === "pagehide" && !isNative) navigator.sendBeacon(href, body);
    }
    // A request that was under way when the page was left may never end.
    if (isNative ? isLeft : (event as PageTransitionEvent).persisted || !(isAsking || isLeft)) end(isLeft);
  };

  /** @returns whether the person knows how it has ended */
  const deliver = async () => {
    for (let failures = 0; !isTyped; ) {
      markBusy(true);
      tell(form, "sending");
      const answer = await Promise.race([
        // Browsers let requests that outlive their page hold 64 KiB, which other requests of the page may have used up.
        post(href, body, !failures),
        // It does not rely on fetch to end: in WebKit it does not, once the page's loading was stopped.
        wait(10_000 * (failures + 1), true),
      ]);
      const { status, waitMs, body: said, fault } = (answer || {}) as Answer;

      if (status! < 300 && said?.success === true) {
        tell(form, "sent", said);
        if (!isTyped) own(form).reset();
        return true;
      }
      if (/^4(?!08|29)/.test(`${status}`)) return refuse(form, { ...said, status }, isTyped);

      // Nobody is taken to another page long after the submit.
      if (
        fault &&
        Date.now() - started < 4000 &&
        (state.isBlocked || (failures && (await reaches(origin, wait(3000)))))
      ) {
        isNative = !(isTyped || document.hidden) && tell(form, "native");
        if (isNative) sendNatively(lead);
        return isNative && wait(10_000);
      }
      // Without a connection it may take as long as it takes.
      if (failures < 5 || status || navigator.onLine) failures++;
      // A filter of the browser's may block it so.
      state.isBlocked = fault && failures > 6;
      if (failures > 6 || waitMs! > 120_000 || isTyped) return;
      const ms = waitMs || 2 ** failures * (250 + Math.random() * 250);
      tell(form, "waiting", { waitMs: ms });
      await wait(ms);
    }
  };

  state.hurry = () => isAsking || end();
  hear(EVENTS, onEvent);
  for (const field of fieldsOf(form)) mark(field, false, "aria-invalid");
  // After an unforeseen fault, the person still gets a message.
  if (!(await deliver().catch(() => {}))) tell(form, "failed");
  hear(EVENTS, onEvent, removeEventListener);
  state.hurry = undefined;
  tidy();
};
