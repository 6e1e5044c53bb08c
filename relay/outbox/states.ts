// The states of a lead, once: storage, the review API and the review page read them here. A state that a place forgets
// does not compile there (`satisfies Record<LeadState, ...>`).

interface State {
  /** The review page's words about the leads in it. */
  readonly meaning: string;
  /** Its owner may have such a lead sent (again). */
  readonly resendable: boolean;
  /** Its owner may give such a lead up. */
  readonly droppable: boolean;
  /** It takes a place among the leads that wait to be sent. */
  readonly waits: boolean;
  /** Nothing more happens to it, so its submission may be erased in time. */
  readonly done: boolean;
}

/** In the order in which the review page shows them. A lead is always in exactly one. */
export const STATES = {
  /** Its owner decides. */
  review: {
    meaning: "Nobody can tell whether the API processed them.",
    resendable: true,
    droppable: true,
    waits: false,
    done: false,
  },
  /** After an uncertain send, where `onAmbiguous` is `lookup`: delivered, queued again or for review, in ten minutes. */
  checking: {
    meaning: "The relay asks the API whether it has them.",
    resendable: false,
    droppable: false,
    waits: false,
    done: false,
  },
  /** The API said no, and will again. */
  rejected: { meaning: "The API refused them.", resendable: true, droppable: true, waits: false, done: false },
  /** A guard caught it; its owner decides. */
  quarantined: { meaning: "A guard caught them.", resendable: true, droppable: true, waits: false, done: false },
  /** Its owner must set something right first; then it goes. */
  held: {
    meaning: "They wait for you: fix the fault that their reason names, and they go.",
    resendable: true,
    droppable: true,
    waits: false,
    done: false,
  },
  /** For the first time, or again after an answer that says nothing was done. */
  queued: { meaning: "They wait to be sent.", resendable: false, droppable: true, waits: true, done: false },
  /** After a crash it goes where `onAmbiguous` says. */
  sending: { meaning: "They are in flight.", resendable: false, droppable: false, waits: true, done: false },
  /** The API said yes. */
  delivered: { meaning: "The API has taken them.", resendable: false, droppable: false, waits: false, done: true },
  /** By its owner, or by the configuration. */
  dropped: { meaning: "They were given up.", resendable: false, droppable: false, waits: false, done: true },
} as const satisfies Record<string, State>;

/** Where a lead is; `STATES` says what each means. */
export type LeadState = keyof typeof STATES;

/** All of them. */
export const LEAD_STATES = Object.keys(STATES) as readonly LeadState[];

/** Those of which something holds: `statesThat("resendable")`. */
export const statesThat = (what: Exclude<keyof State, "meaning">): readonly LeadState[] =>
  LEAD_STATES.filter((state) => STATES[state][what]);

/** Is this text, which may come from anywhere, a state? */
export const isLeadState = (text: string): text is LeadState => Object.hasOwn(STATES, text);
