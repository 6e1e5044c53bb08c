const BODY_HEADERS = ["content-type", "content-length", "content-encoding", "content-language", "content-location"];

/**
 * The request that fetch makes of a redirect: this is where a POST becomes a GET.
 *
 * @param bytes The request's body.
 * @returns Nothing if the response is to be handed back.
 * @throws {TypeError} If the request wants no redirects.
 */
export function redirected(
  request: Request,
  bytes: Uint8Array,
  { status, headers }: Pick<Response, "status" | "headers">,
): Request | undefined {
  const location = headers.get("location");
  if (location === null || ![301, 302, 303, 307, 308].includes(status) || request.redirect === "manual") {
    return undefined;
  }
  if (request.redirect === "error") throw new TypeError("fetch failed: unexpected redirect");

  const target = new URL(location, request.url);
  const kept = new Headers(request.headers);
  if (target.origin !== new URL(request.url).origin) kept.delete("authorization");
  const keepsMethod = status === 307 || status === 308 || request.method === "GET" || request.method === "HEAD";
  if (!keepsMethod) {
    for (const name of BODY_HEADERS) kept.delete(name);
    return new Request(target, { headers: kept });
  }
  return new Request(target, {
    method: request.method,
    headers: kept,
    ...(bytes.length > 0 && { body: bytes as BodyInit }),
  });
}
