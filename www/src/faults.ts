import type { Fault } from "botsplash/sandbox";
import { make, one, say } from "./dom";
import * as sandbox from "./sandbox";

/** Something that can happen to a call on its way. */
interface Mishap {
  label: string;
  story: string;
  /** What the sandbox is to do with the call's first, second, ... request. */
  fault: (attempt: number) => Fault | undefined;
}

const mishaps: Record<string, Mishap> = {
  none: {
    label: "All goes well",
    story: "The sandbox answers as the API is documented to.",
    fault: () => undefined,
  },
  busy: {
    label: "429 Too Many Requests, once",
    story: "The server refuses the first request and says when to come back. The client waits, and sends it again.",
    fault: (attempt) => (attempt === 1 ? { status: 429, headers: { "Retry-After": "1" } } : undefined),
  },
  overrun: {
    label: "429 Too Many Requests, every time",
    story: "Each request is refused, so nothing is done. After two retries the client gives up.",
    fault: () => ({ status: 429 }),
  },
  down: {
    label: "503 Service Unavailable",
    story: "The server does not say whether it acted. The client does not guess: it sends nothing twice.",
    fault: () => ({ status: 503 }),
  },
  lost: {
    label: "Request lost",
    story: "Nothing reaches the server. The relay answers 502: the same as for a lost answer.",
    fault: () => ({ reset: true }),
  },
  drop: {
    label: "Answer lost",
    story: "The server acts, but its answer is lost. The relay answers 502: the same as for a lost request.",
    fault: () => ({ reset: true, when: "after" }),
  },
  garbled: {
    label: "Unreadable answer",
    story: "The server says 200 and acts, but its JSON breaks off.",
    fault: () => ({ brokenJson: true, when: "after" }),
  },
  slow: {
    label: "Slow server (10 s)",
    story: "The answer takes ten seconds: time to cancel.",
    fault: () => ({ delayMs: 10_000 }),
  },
};

/** Fills the select, and answers what it says to do with a call's n-th request. */
export const mishapChooser = () => {
  const select = one<HTMLSelectElement>("#fault");
  const story = one("#fault-story");
  for (const [name, { label }] of Object.entries(mishaps)) {
    const option = make("option", label);
    option.value = name;
    select.append(option);
  }
  const chosen = () => mishaps[select.value] as Mishap;
  const tell = () => say(story, chosen().story);
  select.addEventListener("change", tell);
  tell();

  return async (attempt: number) => {
    const fault = chosen().fault(attempt);
    if (fault) await sandbox.fault(fault);
  };
};
