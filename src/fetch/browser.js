// Both the Rust transport and the npm package ask this.

/**
 * Whether this is a page or a web worker. Servers that have the same globals are told by names that
 * only they have.
 */
export const isBrowser = () => {
  /** @type {any} */
  const global = globalThis;
  const { document, WorkerGlobalScope, navigator = {}, process = {}, Deno, Bun, EdgeRuntime } = global;
  const { versions = {} } = process;
  if (typeof document === "object" && document) return true;
  return (
    typeof WorkerGlobalScope === "function" &&
    Object.prototype.isPrototypeOf.call(WorkerGlobalScope.prototype, globalThis) &&
    navigator.userAgent !== "Cloudflare-Workers" &&
    !versions.node &&
    !Deno &&
    !Bun &&
    !EdgeRuntime
  );
};
