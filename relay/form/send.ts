import { hear } from "./hear.ts";
import type { Lead } from "./lead.ts";
import { sendNatively } from "./native.ts";
import { show, tell } from "./news.ts";
import { fieldsOf, own } from "./own.ts";
import { isBlocked } from "./policy.ts";
import { type Answer, post } from "./post.ts";
import { reaches } from "./reach.ts";
import { refuse } from "./refuse.ts";
import type { Submitter } from "./submitter.ts";
import { renewToken } from "./turnstile.ts";

/** Before somebody makes a copy of the page, or leaves it. */
const LEAVING = "pagehide pageswap turbo:before-cache htmx:beforeHistorySave";
const EVENTS = `${LEAVING} pageshow online securitypolicyviolation input`;

/** The forms that are on their way, and what ends the wait of each. */
export const underWay = new Map<HTMLFormElement, () => void>();

/** Forms that were sent in vain. */
const stranded = new WeakSet<HTMLFormElement>();

/** Sees a lead through to its end, and tells of it. */
export const send = async (form: HTMLFormElement, { url, body }: Lead, button: Submitter | null | undefined) => {
  const started = Date.now();
  /** Somebody has typed in the form since it was submitted. */
  let isTyped = false;
  /** The browser is to carry it, and to leave the page. */
  let isNative = false;
  let wake = (_isLeft?: boolean) => {};
  let giveUp = () => {};
  // Browsers let requests that outlive their page hold 64 KiB.
  let keepalive = `${body}`.length < 60_000;

  /** It can still be focused, and no browser keeps it over a reload. */
  const mark = (isBusy: boolean) => {
    for (const name of ["aria-busy", "aria-disabled"]) {
      if (isBusy) button?.setAttribute(name, "true");
      else button?.removeAttribute(name);
    }
  };
  const onEvent = (event: Event) => {
    const { type } = event;
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
    // A request that was under way when the page was left may never end.
    if (type === "pageshow") giveUp();
    wake(isLeft);
  };
  const pause = (ms: number) =>
    new Promise<boolean | undefined>((resolve) => {
      wake = resolve;
      setTimeout(resolve, ms);
    });
  /** It does not rely on fetch to end: in WebKit it does not, once the page's loading was stopped. Its signal fires. */
  const attempt = () => {
    const { signal } = new AbortController();
    const end = new Promise<Answer>((resolve) => {
      signal.onabort = giveUp = () => resolve({});
      setTimeout(giveUp, 30_000);
    });
    return Promise.race([end, post(url, body, keepalive, signal)]);
  };

  underWay.set(form, () => wake());
  hear(EVENTS, onEvent);
  for (const field of fieldsOf(form)) field.removeAttribute("aria-invalid");
  try {
    for (let failures = 0; ; ) {
      mark(true);
      tell(form, "sending", null);
      const { status = 0, waitMs = 0, answer, fault } = await attempt();

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
      if (
        fault &&
        Date.now() - started < 4000 &&
        (isBlocked(url) || (await reaches(url)) || (stranded.has(form) && (await reaches(location.href))))
      ) {
        if (isTyped || document.hidden || !tell(form, "native", null)) break;
        isNative = true;
        sendNatively(url, body);
        if (await pause(30_000)) return;
        break;
      }
      // Without a connection it may take as long as it takes.
      if (failures < 5 || status || navigator.onLine) failures++;
      if (failures > 6 || waitMs > 120_000 || isTyped) break;
      const ms = waitMs || 2 ** failures * 250 * (1 + Math.random());
      tell(form, "waiting", { waitMs: ms });
      await pause(ms);
      if (isTyped) break;
    }
    stranded.add(form);
    tell(form, "failed", null);
    renewToken(form);
  } finally {
    hear(EVENTS, onEvent, removeEventListener);
    underWay.delete(form);
    mark(false);
  }
};
