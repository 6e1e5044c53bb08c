import type { BotsplashError, Delivery } from "botsplash";

/** How a call ended. `broken` is a mistake of this page's own. */
export type Outcome =
  | { kind: "success"; answer: unknown }
  | { kind: "failure"; error: BotsplashError }
  | { kind: "broken"; error: unknown };

/** What each delivery means, from the least to the most that may have happened. */
const meanings: Record<Delivery, { verdict: string; meaning: string }> = {
  not_sent: { verdict: "Not sent", meaning: "Nothing left this page. Put it right and send it." },
  rejected: { verdict: "Rejected", meaning: "The server refused it, so nothing was done. It can be sent again." },
  unknown: { verdict: "Unknown", meaning: "It may or may not have been done. Sending it again may text the person twice." },
  accepted: { verdict: "Accepted", meaning: "The server said yes; only its answer cannot be read. Do not send it again." },
};

export const deliveries = Object.keys(meanings);

/** An outcome in two lines. */
export const inWords = (outcome: Outcome): { verdict: string; meaning: string; tone: string } => {
  switch (outcome.kind) {
    case "success":
      return { verdict: "Success", meaning: "The server did it, and said so.", tone: "success" };
    case "failure": {
      const { delivery } = outcome.error;
      return { ...meanings[delivery], tone: delivery };
    }
    case "broken":
      return { verdict: "This page made a mistake", meaning: String(outcome.error), tone: "unknown" };
  }
};

/** What else there is to know: a name and a value each. */
export const facts = (outcome: Outcome): [string, string][] => {
  if (outcome.kind === "success") return scalars(outcome.answer);
  if (outcome.kind === "broken") return [];
  const { message, code, delivery, field, status, attempts, requestId, retryAfterMs, hint } = outcome.error;
  const all: [string, string | number | undefined][] = [
    ["code", code],
    ["delivery", delivery],
    ["field", field],
    ["status", status],
    ["attempts", attempts.length],
    ["requestId", requestId],
    ["retryAfterMs", retryAfterMs],
    ["hint", hint],
    ["message", message],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
};

/** The fields of an answer worth a line of their own: the rest is in its JSON. */
const scalars = (answer: unknown): [string, string][] =>
  Object.entries(answer ?? {})
    .filter(([name]) => ["success", "requestId", "id", "clientVisitorId", "phoneNumber"].includes(name))
    .map(([name, value]) => [name, String(value)]);
