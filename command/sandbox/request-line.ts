import type { RequestEvent } from "../../sandbox/core.ts";
import type { Paint } from "../terminal.ts";

const NO_ANSWER = {
  hang: "no response",
  reset: "connection torn",
  gone: "the caller has gone",
} as const;

/** A request in a line: nothing that somebody sent is in it but the method. */
export function requestLine({ method, route, operation, outcome, texts, faulty }: RequestEvent, paint: Paint): string {
  const ok = typeof outcome === "number" && outcome < 400;
  const answer = typeof outcome === "number" ? String(outcome) : NO_ANSWER[outcome];
  return [
    method === "OPTIONS" ? "OPTIONS (preflight)" : `${method} ${route ?? "(no such route)"}`,
    operation,
    (ok ? paint.green : paint.red)(answer),
    texts > 0 ? `texted ${texts}` : undefined,
    faulty ? "as the fault wanted" : undefined,
  ]
    .filter((part) => part !== undefined)
    .join("  ");
}
