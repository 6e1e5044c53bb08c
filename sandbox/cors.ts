// Whether and how the API answers cross-origin requests is not published. The sandbox lets every page
// in, but with no other request headers than the API needs: a client that sends more fails here.

/** For every answer, errors included. */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  return {
    "access-control-allow-origin": origin ?? "*",
    "access-control-expose-headers": "Retry-After",
    vary: "Origin",
  };
}

/**
 * The answer to a preflight has these beside {@link corsHeaders}; also for paths that lead nowhere, so that a page gets
 * to see their 404.
 */
export function preflightHeaders(methods: readonly string[]): Record<string, string> {
  return {
    "access-control-allow-methods": methods.join(", "),
    "access-control-allow-headers": "Authorization, Content-Type, Accept",
    "access-control-max-age": "600",
  };
}
