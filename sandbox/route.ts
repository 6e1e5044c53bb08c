import { operations } from "./contract.ts";

/**
 * @typedef {import("./contract.ts").Operation} Operation
 *
 * @typedef {object} Match Where a path leads.
 * @property {"operation" | "method" | "path" | "encoding"} found What was found: an operation; a path
 *   known under other methods only; nothing; or a path that does not percent-decode.
 * @property {string[]} methods The methods the path is known under.
 * @property {Operation} [operation]
 * @property {Record<string, string>} params The path parameters, decoded.
 */

/**
 * Finds the operation for a raw path. The path is cut at its slashes before anything is decoded, so
 * that `a%2Fb` stays one segment.
 * @param {string} method
 * @param {string} path The path as it arrived, percent-encoded.
 * @param {string} basePath
 * @returns {Match}
 */
export function route(method, path, basePath) {
  /** @type {Match} */
  const nothing = { found: "path", methods: [], params: {} };
  if (!path.startsWith(`${basePath}/`)) return nothing;
  const segments = decode(path.slice(basePath.length + 1).split("/"));
  if (!segments) return { ...nothing, found: "encoding" };

  const known = operations.flatMap((operation) => {
    const params = fit(operation, segments);
    return params ? [{ operation, params }] : [];
  });
  if (known.length === 0) return nothing;
  const methods = known.map(({ operation }) => operation.method);
  const hit = known.find(({ operation }) => operation.method === method);
  return hit ? { found: "operation", methods, ...hit } : { found: "method", methods, params: {} };
}

/** @param {string[]} segments */
function decode(segments) {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** @param {Operation} operation @param {string[]} segments */
function fit(operation, segments) {
  if (operation.segments.length !== segments.length) return undefined;
  /** @type {Record<string, string>} */
  const params = {};
  for (const [index, expected] of operation.segments.entries()) {
    const actual = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name === undefined ? actual !== expected : actual === "") return undefined;
    if (name !== undefined) params[name] = actual;
  }
  return params;
}
