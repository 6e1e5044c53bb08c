// What a path leads to. Nothing of the relay's own configuration but its listed names is looked up.
import { OPERATIONS } from "./operations.ts";
import { notFound, Refusal } from "./refusal.ts";

/**
 * @typedef {{ kind: "listener", listenerId: string, methods: string[] }
 *   | { kind: "operation", operation: import("./operations.ts").Operation, params: Record<string, string>, methods: string[] }
 *   | { kind: "review", path: string }} Route
 */

const LISTENER = "/{appId}/listener/botsplash/{id}";
const REVIEW = "/review";

/**
 * @param {import("../options.ts").Settings} settings
 * @param {string} method `OPTIONS`: the preflight of whatever is there
 * @param {string} pathname
 * @returns {Route}
 * @throws {Refusal} 404, 405
 */
export const route = (settings, method, pathname) => {
  const { basePath, client, listeners, operations } = settings;
  if (!pathname.startsWith(`${basePath}/`)) throw notFound();
  const path = pathname.slice(basePath.length);
  if (path === REVIEW || path.startsWith(`${REVIEW}/`)) return { kind: "review", path: path.slice(REVIEW.length) };

  const post = match(LISTENER, path);
  if (post?.appId === client.appId && listeners.has(post.id ?? "")) {
    const methods = ["POST"];
    allow(method, methods);
    return { kind: "listener", listenerId: post.id ?? "", methods };
  }
  const found = OPERATIONS.flatMap((operation) => {
    const params = operations.has(operation.name) ? match(operation.path, path) : undefined;
    return params?.appId === client.appId ? [{ operation, params }] : [];
  });
  if (found.length === 0) throw notFound();
  const methods = found.map(({ operation }) => operation.method);
  allow(method, methods);
  const { operation, params } = found.find(({ operation }) => operation.method === method) ?? found[0];
  return { kind: "operation", operation, params, methods };
};

/** @param {string} method @param {string[]} methods */
const allow = (method, methods) => {
  if (method === "OPTIONS" || methods.includes(method)) return;
  const headers = { Allow: [...methods, "OPTIONS"].join(", ") };
  throw new Refusal(405, "method_not_allowed", `This takes ${methods.join(" and ")}.`, { headers });
};

/** @param {string} template @param {string} path @returns {Record<string, string> | undefined} */
const match = (template, path) => {
  const parts = template.split("/");
  const given = path.split("/");
  if (given.length !== parts.length) return undefined;
  /** @type {Record<string, string>} */
  const params = {};
  for (const [index, part] of parts.entries()) {
    const value = decode(given[index] ?? "");
    if (!value) {
      if (part !== "") return undefined;
    } else if (part.startsWith("{")) params[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
};

/** @param {string} text */
const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notFound();
  }
};
