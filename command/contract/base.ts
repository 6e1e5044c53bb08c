// Which base URL a client needs so that every route is reached from it.
import { OUR_SERVER } from "./ours.ts";
import type { Route } from "./route.ts";
import type { Server } from "./servers.ts";

const OUR_BASE = `${OUR_SERVER.origin}${OUR_SERVER.path}`;

/** The server that is meant where there are several: ours if it is among them, else the first. */
export function chooseServer(servers: readonly Server[]): Server {
  const ours = servers.find(({ origin, path }) => origin === OUR_SERVER.origin && path === OUR_SERVER.path);
  const sameHost = servers.find(({ origin }) => origin === OUR_SERVER.origin);
  return ours ?? sameHost ?? servers[0] ?? { origin: undefined, path: "" };
}

export interface Base {
  /** For the client's option `baseUrl`; missing where the client's own will do. */
  readonly baseUrl?: string;
  /** The part that begins every route and that the base has already. */
  readonly prefix: string;
  /** The description names no host. */
  readonly assumed: boolean;
}

/** The routes that one client can reach: those on our host, else those on the host that most of them are on. */
export function reachable(routes: readonly Route[]): readonly Route[] {
  const counts = new Map<string | undefined, number>();
  for (const { origin } of routes) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const largest = [...counts].filter(([, count]) => count === most).map(([origin]) => origin);
  const chosen = counts.has(OUR_SERVER.origin) ? [OUR_SERVER.origin] : largest;
  // Of two hosts that are as good, nobody can say which is meant.
  return chosen.length === 1 ? routes.filter(({ origin }) => origin === chosen[0]) : [];
}

/** @param routes on one host */
export function baseOf(routes: readonly Route[]): Base {
  const [origin] = routes.map((route) => route.origin);
  const begin = (prefix: string): boolean => routes.every(({ path }) => path.startsWith(`${prefix}/`));
  if (origin === undefined) {
    // Only paths are known: they begin at the host, or where our base ends.
    return { prefix: begin(OUR_SERVER.path) ? OUR_SERVER.path : "", assumed: true };
  }
  if (origin === OUR_SERVER.origin && begin(OUR_SERVER.path)) return { prefix: OUR_SERVER.path, assumed: false };
  const servers = new Set(routes.map(({ serverPath }) => serverPath));
  const [serverPath = ""] = servers;
  const plain = servers.size === 1 && !serverPath.includes("{") && begin(serverPath);
  const prefix = plain ? serverPath : commonPrefix(routes.map(({ path }) => path));
  const baseUrl = `${origin}${prefix}`;
  return { ...(baseUrl !== OUR_BASE && { baseUrl }), prefix, assumed: false };
}

/** The segments that all paths begin with, as far as they are plain words; each path keeps at least one. */
function commonPrefix(paths: readonly string[]): string {
  const [first = "", ...others] = paths;
  const segments = first.split("/").slice(1, -1);
  let prefix = "";
  for (const segment of segments) {
    const next = `${prefix}/${segment}`;
    if (segment.startsWith("{") || !others.every((path) => path.startsWith(`${next}/`))) break;
    prefix = next;
  }
  return prefix;
}
