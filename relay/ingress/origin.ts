// Whose pages may speak to the relay. This stops other people's pages, not other people: anybody can write a header.
import { Refusal } from "./refusal.ts";

/**
 * A request without the header is no page's: browsers send it with every post. It goes on to the other guards, so that a
 * server can post too.
 * @param {import("../options.ts").Settings} settings
 * @param {Request} request
 * @returns {string | undefined} the listed origin that it comes from
 * @throws {Refusal} 403 for any other: two headers arrive as one with a comma, which is on no list
 */
export const originOf = ({ origins }, request) => {
  const origin = request.headers.get("origin") ?? undefined;
  if (origin === undefined || origins.has(origin)) return origin;
  throw new Refusal(403, "origin_refused", "This page may not post here: its origin is not on the relay's list.");
};

/** @param {string | undefined} origin @returns {Record<string, string>} */
export const corsHeaders = (origin) => ({
  Vary: "Origin",
  ...(origin !== undefined && {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": "Retry-After",
  }),
});

/** @param {string[]} methods @returns {Response} */
export const preflight = (methods) =>
  new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": methods.join(", "),
      "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
      "Access-Control-Max-Age": "7200",
    },
  });
