import { contract } from "../contract/document.ts";
import { routeOf } from "../contract/operations.ts";
import type { PreparedCall } from "../contract/prepared-call.ts";
import { type Place, SANDBOX_URL } from "./place.ts";

/** Where the API, or what stands before it, is. */
export const baseUrl = ({ target, relayUrl }: Place): string =>
  target === "relay" ? relayUrl : target === "api" ? contract.servers[0]!.url : SANDBOX_URL;

/** A call's method and URL, each value percent-encoded as one segment. */
export const requestLine = ({ operation, values }: PreparedCall, place: Place) => {
  const [method = "POST", path = ""] = (place.route ?? routeOf(operation)).split(" ");
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(name === "appId" ? place.appId : (values[name] ?? "")),
  );
  return { method, url: `${baseUrl(place).replace(/\/+$/, "")}${filled}` };
};
