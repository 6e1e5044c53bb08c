import { type BotsplashError, type Delivery, isBotsplashError } from "botsplash";

/** How a call ended. `broken` is a mistake of this page's own. */
export type Outcome =
  | { kind: "success"; answer: unknown }
  | { kind: "failure"; error: BotsplashError }
  | { kind: "broken"; error: unknown };

/** A call's end, whichever it is. */
export const ended = (call: Promise<unknown>): Promise<Outcome> =>
  call.then(
    (answer) => ({ kind: "success", answer }),
    (error) => (isBotsplashError(error) ? { kind: "failure", error } : { kind: "broken", error }),
  );

/** The meaning of each delivery, from the least to the most that may have happened. */
export const deliveries: Record<Delivery, { meaning: string; advice: string }> = {
  not_sent: { meaning: "Nothing left this program.", advice: "Fix it, then send it." },
  rejected: { meaning: "The server refused it: nothing was done.", advice: "It can be sent again." },
  unknown: {
    meaning: "The server may or may not have done it. Nobody can tell from here.",
    advice: "Sending it again may text the person twice.",
  },
  accepted: { meaning: "The server accepted it, and its response cannot be read.", advice: "Do not send it again." },
};

export type Tone = "success" | Delivery;

export interface Words {
  verdict: string;
  meaning: string;
  tone: Tone;
}

/** An outcome in two lines. @param taken whether a relay has it and will deliver it */
export const inWords = (outcome: Outcome, taken: boolean): Words => {
  switch (outcome.kind) {
    case "success":
      return taken
        ? {
            verdict: "Taken in",
            meaning: "The relay keeps it on durable storage, and delivers it.",
            tone: "success",
          }
        : { verdict: "Success", meaning: "The server did it, and said so.", tone: "success" };
    case "failure": {
      const { delivery } = outcome.error;
      const { meaning, advice } = deliveries[delivery];
      return { verdict: delivery, meaning: `${meaning} ${advice}`, tone: delivery };
    }
    case "broken":
      return { verdict: "This page made a mistake", meaning: String(outcome.error), tone: "unknown" };
  }
};

/** The facts of an error beside its delivery: a name and a value each. */
export const errorFields = ({
  message,
  code,
  delivery,
  operation,
  field,
  httpStatus,
  attempts,
  requestId,
  retryAfterMs,
  hint,
}: BotsplashError) => {
  const tried = attempts.map(
    ({ status, durationMs }) => `${status ?? "no response"} after ${Math.round(durationMs)} ms`,
  );
  const all: Record<string, string | number | undefined> = {
    code,
    delivery,
    operation,
    field,
    httpStatus,
    requestId,
    retryAfterMs,
    attempts: tried.join(", ") || "none",
    message,
    hint,
  };
  return Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
};
