/**
 * Makes a form that posts to a relay better where there is JavaScript. Without it, or should this fail to load, the form
 * works as any form does.
 * @module
 */

/** What the person reads; `data-sent="…"` on the form, and so on, replaces it. */
const texts = {
  sending: "Sending…",
  waiting: "No answer yet. Trying again…",
  sent: "Thank you. It is sent.",
  failed: "It may not have arrived. Please try again.",
};

/**
 * Sends a form to the relay that its `action` names, without leaving the page.
 *
 * What the browser checks before a submit it still checks. While the form is on its way its buttons are disabled and
 * `aria-busy`. Progress and success are told in its element with `role="status"`, errors in the one with `role="alert"`
 * (either is made where there is none), in the words of `data-sending`, `data-waiting`, `data-sent` and `data-failed`, or
 * else in English. A refusal is told in the words of `data-refused`, or else the relay's; its field is focused and
 * `aria-invalid`.
 *
 * A relay that is busy or cannot be reached is asked again up to six times, after at most 1, 2, 4, … 32 seconds, or as
 * long as its `Retry-After` says, up to two minutes; without a connection, when that is back. Typing ends it.
 *
 * The submission key goes with the content and the day (of UTC): sent again, after a reload of the tab too, the same
 * content is the same lead, and other content another. All that is stored is a random number, in the tab's session storage.
 *
 * When the lead is safe, the form is reset and dispatches `botsplash:sent`, whose `detail` is the relay's answer.
 * @param {HTMLFormElement} form Enhanced once, however often it is given.
 */
export function enhance(form) {
  region(form, "status");
  region(form, "alert");
  form.addEventListener("submit", onSubmit);
}

/**
 * Where news is told. It is there from the start, since only changes are read aloud.
 * @param {HTMLFormElement} form
 * @param {string} role
 */
const region = (form, role) =>
  form.querySelector(`[role=${role}]`) ?? form.appendChild(Object.assign(document.createElement("p"), { role }));

/** The forms that are on their way. @type {WeakSet<HTMLFormElement>} */
const busy = new WeakSet();

/** @param {SubmitEvent} event */
const onSubmit = async (event) => {
  // The page's own script has refused it, or another copy of this one has taken it.
  if (event.defaultPrevented) return;
  const form = /** @type {HTMLFormElement} */ (event.target);
  const fields = [...new FormData(form, event.submitter)];
  const body = new URLSearchParams(/** @type {string[][]} */ (fields));
  body.set("submissionKey", keyTo(fields));
  // Not before there is something better than what the browser would do.
  event.preventDefault();
  if (busy.has(form)) return;
  busy.add(form);
  const button = /** @type {any} */ (event.submitter ?? form);
  button.ariaBusy = button.disabled = true;
  let next = button;
  try {
    next = (await send(form, body)) ?? button;
  } finally {
    button.ariaBusy = button.disabled = false;
    busy.delete(form);
    // A button that was disabled has lost the focus.
    next.focus();
  }
};

/**
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} body
 * @returns {Promise<any>} the field that was refused
 */
const send = async (form, body) => {
  /** @param {string} news @param {string} [problem] */
  const tell = (news, problem = "") => {
    region(form, "status").textContent = news;
    region(form, "alert").textContent = problem;
  };
  const { sending, waiting, sent, failed, refused } = /** @type {typeof texts & DOMStringMap} */ ({
    ...texts,
    ...form.dataset,
  });

  for (const field of form.elements) field.ariaInvalid = null;
  for (let attempt = 0; ; attempt++) {
    tell(sending);
    /** @type {any} */
    let status;
    /** @type {any} */
    let waitMs;
    /** @type {any} */
    let answer;
    try {
      const response = await fetch(/** @type {string} */ (form.getAttribute("action")), {
        method: "POST",
        body,
        // The page that we would be sent to says nothing about the lead.
        redirect: "error",
        // Browsers let requests that outlive their page hold 64 KiB.
        keepalive: `${body}`.length < 60_000,
        signal: AbortSignal.timeout(30_000),
      });
      status = response.status;
      waitMs = /** @type {any} */ (response.headers.get("retry-after")) * 1000;
      answer = await response.json();
    } catch {
      // No answer, or not a relay's.
    }
    if (answer?.success) {
      form.reset();
      tell(sent);
      form.dispatchEvent(new CustomEvent("botsplash:sent", { detail: answer }));
      return;
    }
    if (/^4(?!08|29)/.test(status)) {
      tell("", refused ?? answer?.message ?? failed);
      const field = form.querySelector(`[name="${answer?.field?.split(".").pop()}"]`);
      if (field) field.ariaInvalid = "true";
      return field;
    }
    // A server that asks for more than two minutes is not waited for.
    if (attempt === 6 || waitMs > 120_000) break;
    tell(waiting);
    if (await typing(form, waitMs || 2 ** attempt * 500 * (1 + Math.random()))) break;
  }
  tell("", failed);
};

/**
 * Waits for a time, or for the connection.
 * @param {HTMLFormElement} form
 * @param {number} ms
 * @returns {Promise<unknown>} truthy if the person has begun to type
 */
const typing = (form, ms) =>
  new Promise((resolve) => {
    const once = { once: true };
    form.addEventListener("input", resolve, once);
    addEventListener("online", () => resolve(0), once);
    setTimeout(() => navigator.onLine && resolve(0), ms);
  });

/** The tab's own number; without storage, this page's. */
let tab = "";

/**
 * The submission key: FNV-1a with 128 bits, begun with a random number, so that no other tab's key is the same, and the
 * day, so that who says the same again another day is heard.
 * @param {[string, FormDataEntryValue][]} fields
 */
const keyTo = (fields) => {
  tab ||= crypto.getRandomValues(new Uint32Array(4)).join("");
  try {
    tab = sessionStorage.botsplash ??= tab;
  } catch {
    // This page may store nothing.
  }
  let hash = BigInt(tab + Math.trunc(Date.now() / 864e5));
  // Turnstile's proof that somebody is human is another one each time.
  const content = JSON.stringify(fields.filter(([name]) => !/^cf-/.test(name)));
  for (const character of /** @type {Iterable<any>} */ (content)) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(character.codePointAt())) * ((1n << 88n) + 315n));
  }
  return `${hash}`;
};
