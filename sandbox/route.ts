import type { Operation } from "./contract.ts";

/** Where a path leads. */
export type Match =
  /** To an operation; `params` are the path parameters, decoded. */
  | { readonly found: "operation"; readonly operation: Operation; readonly params: Readonly<Record<string, string>> }
  /** To operations with other methods only. */
  | { readonly found: "method"; readonly methods: readonly string[] }
  /** Nowhere, or the path does not percent-decode. */
  | { readonly found: "path" | "encoding" };

/**
 * Finds the operation for a raw path. The path is cut at its slashes before anything is decoded, so
 * that `a%2Fb` stays one segment.
 *
 * @param path The path as it arrived, percent-encoded.
 */
export function route(operations: readonly Operation[], method: string, path: string, basePath: string): Match {
  if (!path.startsWith(`${basePath}/`)) return { found: "path" };
  const segments = decode(path.slice(basePath.length + 1).split("/"));
  if (!segments) return { found: "encoding" };

  const known = operations.flatMap((operation) => {
    const params = fit(operation, segments);
    return params ? [{ operation, params }] : [];
  });
  const hit = known.find(({ operation }) => operation.method === method);
  if (hit) return { found: "operation", ...hit };
  return known.length === 0
    ? { found: "path" }
    : { found: "method", methods: known.map(({ operation }) => operation.method) };
}

function decode(segments: readonly string[]): string[] | undefined {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function fit({ path }: Operation, segments: readonly string[]): Record<string, string> | undefined {
  const expected = path.split("/").slice(1);
  if (expected.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, one] of expected.entries()) {
    const actual = segments[index] ?? "";
    const name = placeholder(one);
    if (name === undefined ? actual !== one : actual === "") return undefined;
    if (name !== undefined) params[name] = actual;
  }
  return params;
}

/** `appId` for `{appId}`. */
function placeholder(segment: string): string | undefined {
  return /^\{(.+)\}$/.exec(segment)?.[1];
}

/** The names of a path's placeholders, in alphabetical order. */
export function placeholders(path: string): string[] {
  return path
    .split("/")
    .flatMap((segment) => placeholder(segment) ?? [])
    .sort();
}
