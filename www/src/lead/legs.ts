// How far each request came, from what the page sent and what is known to have arrived.
import type { Exchange } from "../exchange.ts";
import type { Run } from "../target/connection.ts";
import { isTaken } from "./relay-requests.ts";

export interface Leg {
  exchange: Exchange;
  /** The farthest station that it is known to have come to. */
  reach: "none" | "page" | "relay" | "api";
  back: "waiting" | "answered" | "refused" | "lost";
  /** The answer to the client. */
  said: string;
  /** Whether it is known to have texted somebody. */
  texted: boolean;
}

export const legsOf = ({ exchanges, arrived, running, texts }: Run): Leg[] =>
  exchanges.map((exchange, index) => ({
    exchange,
    reach: isTaken(exchange)
      ? "relay"
      : exchange.response || arrived[index]
        ? "api"
        : exchange.failure && !running
          ? "page"
          : "api",
    back: backOf(exchange),
    said: saidBy(exchange),
    // The requests before the last one were repeated since they had done nothing.
    texted: texts.length > 0 && index === exchanges.length - 1 && !isTaken(exchange),
  }));

const backOf = ({ response, failure }: Exchange): Leg["back"] => {
  if (failure) return "lost";
  if (!response) return "waiting";
  return response.status < 300 ? "answered" : "refused";
};

const reasons: Record<number, string> = {
  200: "OK",
  202: "Accepted",
  400: "Bad Request",
  401: "Unauthorized",
  429: "Too Many Requests",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

const saidBy = ({ response, failure }: Exchange) => {
  if (failure) return failure === "AbortError" ? "given up" : "no response";
  if (!response) return "sent";
  const { status, statusText } = response;
  return `${status} ${statusText || reasons[status] || ""}`.trim();
};

/** The time between each request and the one before it, in milliseconds; nothing before the first. */
export const waits = (exchanges: readonly Exchange[]): (number | undefined)[] =>
  exchanges.map(({ startedAt }, index) => {
    const before = exchanges[index - 1];
    return before && startedAt - before.startedAt - (before.durationMs ?? 0);
  });
