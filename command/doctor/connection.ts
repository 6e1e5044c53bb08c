// Does the name resolve, and is TLS right?
import { type Finding, finding } from "./finding.ts";
import type { World } from "./world.ts";

const SOON_MS = 14 * 24 * 3600 * 1000;

/** @param url The base URL. */
export async function checkName({ hostname }: URL, world: World): Promise<Finding> {
  if (/^[\d.]+$|^\[/.test(hostname))
    return finding("name", "right", `${hostname} is an address: there is no name to resolve.`);
  try {
    const count = await world.resolve(hostname);
    return finding(
      "name",
      "right",
      `The name ${hostname} resolves to ${count} ${count === 1 ? "address" : "addresses"}.`,
    );
  } catch (error) {
    const { code = "no code" } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOTFOUND"
        ? "check how it is spelled in --base-url"
        : "check this machine's connection and its name server";
    return finding("name", "wrong", `The name ${hostname} does not resolve (${code}): ${why}.`);
  }
}

const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "has expired",
  CERT_NOT_YET_VALID: "is not valid yet: check this machine's clock",
  ERR_TLS_CERT_ALTNAME_INVALID: "is for another name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "comes from an authority that this machine does not trust, such as a proxy of its network",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "comes from an authority that this machine does not trust",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "comes from an authority that this machine does not trust",
};

const CONNECTION: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ETIMEDOUT: "no response came in time: a firewall may drop this machine's packets",
  ECONNRESET: "the connection was cut",
  EHOSTUNREACH: "this machine has no route to it",
  ENETUNREACH: "this machine has no route to it",
  EPROTO: "the server there does not speak TLS",
  ERR_SSL_WRONG_VERSION_NUMBER: "the server there does not speak TLS",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "the server there does not speak TLS",
};

/** @param url The base URL. */
export async function checkTls(url: URL, timeoutMs: number, world: World): Promise<Finding> {
  const { protocol, hostname } = url;
  if (protocol === "http:") {
    return isOfThisMachine(hostname)
      ? finding("tls", "right", "Requests stay on this machine: no TLS is needed.")
      : finding("tls", "wrong", "The base URL begins with http, so credentials travel in the clear: use https.");
  }
  try {
    const host = hostname.replace(/^\[|\]$/g, "");
    const end = await world.handshake(host, Number(url.port || 443), timeoutMs);
    const day = end.toISOString().slice(0, 10);
    return end.getTime() - world.now() < SOON_MS
      ? finding("tls", "wrong", `TLS works, but the server's certificate ends on ${day}: tell its owner.`)
      : finding("tls", "right", `TLS works; the server's certificate is good until ${day}.`);
  } catch (error) {
    const { code = "no code" } = error as NodeJS.ErrnoException;
    const certificate = CERTIFICATE[code];
    if (certificate !== undefined) return finding("tls", "wrong", `The server's certificate ${certificate} (${code}).`);
    const why = CONNECTION[code];
    const sentence = `No TLS connection to ${hostname} (${code})${why === undefined ? "" : `: ${why}`}.`;
    return finding("tls", "wrong", sentence);
  }
}

/** Why a connection failed, in words; empty where the code says nothing more. */
export function connectionFailure(code: string): string {
  const why = CERTIFICATE[code] === undefined ? CONNECTION[code] : `the server's certificate ${CERTIFICATE[code]}`;
  return why === undefined ? "" : `: ${why}`;
}

function isOfThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname) || hostname.endsWith(".localhost");
}
