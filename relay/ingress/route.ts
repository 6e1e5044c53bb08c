// The route of a path. Only the listed names of the relay's configuration are looked up.

import { OPERATIONS, type Operation } from "../operations.ts";
import type { Listener, Settings } from "../options.ts";
import { notFound, Refusal } from "./refusal.ts";

type Params = Record<string, string>;

export type Route =
  | { kind: "listener"; listenerId: string; listener: Listener; methods: string[] }
  | { kind: "operation"; operation: Operation; params: Params; methods: string[] }
  | { kind: "review"; path: string };

const LISTENER = "/{appId}/listener/botsplash/{id}";
const REVIEW = "/review";

/**
 * Where a request goes; an `OPTIONS` is the preflight of whatever is there.
 *
 * @throws {Refusal} 404, 405
 */
export const route = (settings: Settings, method: string, pathname: string): Route => {
  const { basePath, client, listeners, operations } = settings;
  if (!pathname.startsWith(`${basePath}/`)) throw notFound();
  const path = pathname.slice(basePath.length);
  if (path === REVIEW || path.startsWith(`${REVIEW}/`)) return { kind: "review", path: path.slice(REVIEW.length) };

  const { appId, id: listenerId = "" } = match(LISTENER, path) ?? {};
  const listener = appId === client.appId ? listeners.get(listenerId) : undefined;
  if (listener) {
    const methods = ["POST"];
    allow(method, methods);
    return { kind: "listener", listenerId, listener, methods };
  }
  const found = OPERATIONS.flatMap((operation) => {
    const params = operations.has(operation.name) ? match(operation.path, path) : undefined;
    return params?.["appId"] === client.appId ? [{ operation, params }] : [];
  });
  const methods = found.map(({ operation }) => operation.method);
  const chosen = found.find(({ operation }) => operation.method === method) ?? found[0];
  if (!chosen) throw notFound();
  allow(method, methods);
  return { kind: "operation", ...chosen, methods };
};

const allow = (method: string, methods: readonly string[]): void => {
  if (method === "OPTIONS" || methods.includes(method)) return;
  const headers = { Allow: [...methods, "OPTIONS"].join(", ") };
  throw new Refusal(405, "method_not_allowed", { detail: `This takes ${methods.join(" and ")}.`, headers });
};

const match = (template: string, path: string): Params | undefined => {
  const parts = template.split("/");
  const given = path.split("/");
  if (given.length !== parts.length) return undefined;
  const params: Params = {};
  for (const [index, part] of parts.entries()) {
    const value = decode(given[index] ?? "");
    if (!value) {
      if (part !== "") return undefined;
    } else if (part.startsWith("{")) params[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notFound();
  }
};
