import { safely } from "./safely.ts";

/**
 * A request's headers, as fetch takes them; `undefined` where the platform has no `Headers` that can
 * be used. One beyond these would need another response to the preflight.
 *
 * For a form the platform sets the content type, which names the boundary.
 */
export const headersOf = (authorization: string | undefined, isJson: boolean): Record<string, string> | undefined =>
  safely(() => {
    const headers = new Headers();
    headers.set("Accept", "application/json");
    if (authorization !== undefined) headers.set("Authorization", authorization);
    if (isJson) headers.set("Content-Type", "application/json");
    return Object.fromEntries(headers);
  });
