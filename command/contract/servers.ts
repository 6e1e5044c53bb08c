// Where a description says that its API lives.
import { isObject, type Json, listOf, objectOf, own, stringOf } from "./json.ts";

/** A server of a description, taken apart. */
export interface Server {
  /** Such as `https://api.botsplash.com`; missing where the description's own address decides and is not known. */
  readonly origin: string | undefined;
  /** Before the operations' paths, without a slash at its end; a variable that callers choose is in braces. */
  readonly path: string;
}

/** Variables of these names are the caller's account; all others stand for their default. */
const ACCOUNT = /app|account|tenant/i;

/** @param address Where the description came from. */
export function serversOf(servers: unknown, address: string | undefined): Server[] {
  const given = listOf(servers).filter(isObject);
  return (given.length === 0 ? [{ url: "/" } satisfies Json] : given).map((server) => serverOf(server, address));
}

function serverOf(server: Json, address: string | undefined): Server {
  const variables = objectOf(own(server, "variables"));
  const url = (stringOf(own(server, "url")) ?? "/")
    .replace(/^\/\//, "https://")
    .replace(/\{([^{}]+)\}/g, (all, name) => {
      const value = stringOf(own(objectOf(own(variables, name)), "default"));
      return value === undefined || ACCOUNT.test(name) ? all : value;
    });
  // A URL would escape the braces.
  const [, origin, path = ""] = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)/i.exec(url) ?? [];
  const itsOwn = origin === undefined ? originOf(address) : origin.toLowerCase().replace(/:443$/, "");
  const base = origin === undefined && !path.startsWith("/") ? `${folderOf(address)}/${path}` : path;
  return { origin: itsOwn, path: normal(base) };
}

/** Without steps such as `..`, and without a slash at its end. */
function normal(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.map((segment) => `/${segment}`).join("");
}

function originOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : new URL(address).origin;
}

function folderOf(address: string | undefined): string {
  return address === undefined ? "" : new URL(address).pathname.replace(/\/[^/]*$/, "");
}
