// Whose pages may speak to the relay. This stops other people's pages, not other people: anybody can write a header.
import type { Settings } from "../options.ts";
import { Refusal } from "./refusal.ts";

/**
 * Lets the pages of listed origins pass, and the relay's own.
 *
 * A request without the header comes from no page: browsers send it with every post. The request goes on to the other
 * guards, so that a server can post too. A page under `no-referrer` sends `null`; whether it is the relay's own, the
 * browser says in a header that no page can set.
 *
 * @throws {Refusal} 403 for any other: two headers arrive as one with a comma, which is on no list.
 */
export const checkOrigin = ({ origins }: Settings, request: Request): void => {
  const origin = request.headers.get("origin");
  if (origin === null || origins.has(origin)) return;
  const isOwn = request.headers.get("sec-fetch-site") === "same-origin";
  if (isOwn && (origin === "null" || origin === new URL(request.url).origin)) return;
  const detail = "The relay's option origins does not list this page's origin.";
  throw new Refusal(403, "origin_refused", { detail });
};

export const corsHeaders = (origin: string | undefined): Record<string, string> => ({
  Vary: "Origin",
  ...(origin !== undefined && {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": "Retry-After",
  }),
});

/** The headers that the client sends. */
const OWN_HEADERS = "Accept, Authorization, Content-Type";

/**
 * The response to a preflight of a listed origin. Monitoring scripts add headers of their own to each request of a page
 * (`traceparent`, `sentry-trace`, ...). The relay allows whichever they ask for, since it reads none of them.
 */
export const preflight = (request: Request, methods: readonly string[]): Response =>
  new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": methods.join(", "),
      "Access-Control-Allow-Headers": request.headers.get("access-control-request-headers") || OWN_HEADERS,
      "Access-Control-Max-Age": "7200",
    },
  });
