/**
 * All that the relay takes from the world around it, so that a simulation can stand in for it: time, chance, timers,
 * digests and requests. Storage comes with the outbox's object (`outbox/host.ts`).
 */
export interface Runtime {
  /** Milliseconds since 1970. A clock may jump, in either direction. */
  now(): number;
  /** So many bytes that nobody can guess. */
  randomBytes(count: number): Uint8Array;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** A signal that aborts after so many milliseconds. */
  timeout(ms: number): AbortSignal;
  /** The SHA-256 of a text, in UTF-8. */
  digest(text: string): Promise<ArrayBuffer>;
  /** As the global one. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

/** Node hands each text that the web's digest is given to a thread. That costs ten times as much as the digest itself. */
const nodeCrypto = globalThis.navigator?.userAgent?.startsWith("Node.js")
  ? globalThis.process?.getBuiltinModule?.("node:crypto")
  : undefined;

const digest = async (text: string): Promise<ArrayBuffer> => {
  if (!nodeCrypto) return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Uint8Array.from(nodeCrypto.createHash("sha256").update(text).digest()).buffer;
};

/** The real world. Each global is looked up when it is used, since a test or a runtime may replace it. */
export const systemRuntime: Runtime = {
  now: () => Date.now(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  timeout: (ms) => AbortSignal.timeout(ms),
  digest,
  fetch: (url, init) => fetch(url, init),
};
