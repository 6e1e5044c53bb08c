// Whether a failed fetch proves that no connection was made, and so that nothing was sent. Only Node, Bun and
// Deno tell; each in its own way, found out with real sockets: tests/http/not-sent.test.js.
import { isBrowser } from "./platform.ts";
import { type Foreign, safely } from "./safely.ts";

/** As it was when the package was loaded: what somebody put in its place later may have tried several times. */
const platformFetch: unknown = globalThis.fetch;

/** Certificates are verified before anything is sent. An alert of the other side (ERR_SSL_…) may come later. */
const CERTIFICATE = /^(?!ERR_SSL)(ERR_TLS_CERT_|[A-Z_]*(CERT|CRL|ISSUER|LEAF_SIGNATURE|INVALID_CA|PURPOSE|HOSTNAME))/;

/** Alerts that end a handshake and are never sent after one. */
const HANDSHAKE = /^ERR_SSL_.*ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION|INSUFFICIENT_SECURITY)$/;

/** Bun, of a socket that did not open. Of a broken TLS it says one sentence alone, before a request and after. */
const NO_SOCKET = /Unable to connect|Was there a typo in the url or port/;

/** Deno repeats a request on a kept connection that breaks, and then tells of the second try alone. */
let hasConnected = false;

/** Takes note that a request may have reached a server. */
export const connectedOnce = (): void => {
  hasConnected = true;
};

/** `fetch` is the one that threw the error. */
export const neverConnected = (fetch: unknown, error: Foreign): boolean =>
  fetch === platformFetch && safely(() => !isBrowser() && proof(error)) === true;

const proof = (error: Foreign): boolean => {
  const { Deno, Bun, process, navigator, EdgeRuntime } = globalThis as Foreign;
  const { code, message, cause, syscall } = error;
  if (Deno) return !hasConnected && / client error \(Connect\): /.test(cause?.message ?? message);
  if (Bun) return syscall === "getaddrinfo" || CERTIFICATE.test(code) || NO_SOCKET.test(message);
  if (!process?.versions?.node || EdgeRuntime || navigator?.userAgent === "Cloudflare-Workers") return false;
  return !retriesBelow() && failedToConnect(cause);
};

/** By the code and the place: the same code, of a read, says nothing. */
const failedToConnect = ({ code, syscall, errors, message }: Foreign): boolean =>
  errors?.length
    ? errors.every(failedToConnect)
    : syscall === "connect" ||
      syscall === "getaddrinfo" ||
      code === "UND_ERR_CONNECT_TIMEOUT" ||
      CERTIFICATE.test(code) ||
      HANDSHAKE.test(code) ||
      (code === "ECONNRESET" && /before secure TLS connection was established$/.test(message));

/** A caller's own dispatcher, beneath Node's fetch, may have sent the request before it failed to connect. */
const retriesBelow = (): boolean =>
  [1, 2].some((version) => {
    const dispatcher = (globalThis as Foreign)[Symbol.for(`undici.globalDispatcher.${version}`)];
    return dispatcher && !/^(Agent|Dispatcher1Wrapper|(EnvHttp)?ProxyAgent)$/.test(dispatcher.constructor.name);
  });
