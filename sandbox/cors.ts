// Whether and how the API answers cross-origin requests is not published. The sandbox lets every page
// in, but with no other request headers than the API needs: a client that sends more fails here.

/** @param {string | undefined} origin @returns {Record<string, string>} For every answer, errors included. */
export function corsHeaders(origin) {
  return {
    "access-control-allow-origin": origin ?? "*",
    "access-control-expose-headers": "Retry-After",
    vary: "Origin",
  };
}

/** What a preflight is answered with, beside {@link corsHeaders}; also for paths that lead nowhere, so that a page gets to see their 404. */
export const preflightHeaders = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "Authorization, Content-Type, Accept",
  "access-control-max-age": "600",
};
