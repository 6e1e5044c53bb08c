/** The relay's answer when it has the lead. */
export interface RelayAnswer {
  success: true;
  /** The relay's own id of the lead. */
  requestId?: string;
  [name: string]: unknown;
}

/** The answer of the relay, or of another server, that refuses a lead. */
export interface RelayRefusal {
  /** HTTP's, 400 to 499. */
  status: number;
  /** Stable, such as `field_refused`. */
  code?: string;
  /** In English. */
  message?: string;
  /** The field that it is about, such as `visitor.phoneNumber`. */
  field?: string;
}

/**
 * The events of an enhanced form. Each event bubbles, through shadow roots too, so that a listener on `document`
 * hears them all. No event holds what the person has written.
 *
 * ```ts
 * document.addEventListener("botsplash:sent", ({ detail }) => console.log(detail.requestId));
 * ```
 */
export interface FormEvents {
  /** It goes out, for the first time or again. */
  "botsplash:sending": CustomEvent<null>;
  /** The relay has the lead. The form still has its fields; afterwards it is reset. */
  "botsplash:sent": CustomEvent<RelayAnswer>;
  /** The relay refuses it. */
  "botsplash:refused": CustomEvent<RelayRefusal>;
  /** It is tried again, in `waitMs` milliseconds or when the connection is back. */
  "botsplash:waiting": CustomEvent<{ waitMs: number }>;
  /** It is given up: the relay may have it or not. */
  "botsplash:failed": CustomEvent<null>;
  /**
   * Something keeps `fetch` from the relay, so the browser is about to send the form itself, and to leave the page.
   * `preventDefault()` stops that; then it has failed.
   */
  "botsplash:native": CustomEvent<null>;
}

declare global {
  interface GlobalEventHandlersEventMap extends FormEvents {}
}
