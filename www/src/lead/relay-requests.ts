// The relay's requests for a lead, as far as the API behind it shows them.
import type { RequestRecord } from "botsplash/sandbox";
import type { Exchange } from "../exchange.ts";
import type { Run } from "../target/connection.ts";

/** A relay that says 202 brings the lead to the API in its own time. */
export const isTaken = ({ response }: Exchange) => response?.status === 202;

export interface RelayRequest {
  /** Whether it only asks if the API is there. */
  isProbe: boolean;
  back: "waiting" | "answered" | "refused" | "lost";
  said: string;
  texted: boolean;
}

const requestsOf = ({ exchanges, arrived }: Run): readonly RequestRecord[] => (exchanges.some(isTaken) ? arrived : []);

/** The requests that the relay made by itself. */
export const relayRequestsOf = (run: Run): RelayRequest[] =>
  requestsOf(run).map(({ method, status }, index, all) => {
    const isProbe = method === "HEAD";
    const unanswered = run.awaiting ? "waiting" : "lost";
    return {
      isProbe,
      back: status === undefined ? unanswered : isProbe || status < 300 ? "answered" : "refused",
      said: status === undefined ? "no response" : String(status),
      texted: run.texts.length > 0 && index === all.length - 1,
    };
  });

/** The words about a lead that has not simply been delivered. */
export const lessonOf = (run: Run): string | undefined => {
  const sends = requestsOf(run).filter(({ method }) => method === "POST");
  const last = sends.at(-1);
  if (last?.status === 401 || last?.status === 403) {
    return (
      "The API refused the relay's credentials. The relay keeps this lead, and those that follow, until the " +
      "credentials work again or its owner resumes it on the review page (here, Start over does). Nothing is lost."
    );
  }
  if (run.awaiting || last?.status === 200) return undefined;
  if (last && last.status === undefined) {
    return (
      "The relay was not told whether the API acted, and does not send again on a guess: the lead waits on its " +
      "review page for somebody to look at it."
    );
  }
  return "No new text has come. A relay delivers the same lead only once within a while, texts one number three times a day at most, and keeps what it cannot send yet.";
};
