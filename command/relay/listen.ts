import { type TrustProxy, trustProxies } from "../../relay/node/client-address.ts";
import { Failure } from "../failure.ts";

/** @param text such as `127.0.0.1:8787`, `[::1]:8787` or `8787` */
export function readListen(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) {
    throw new Failure("--listen must be an address and a port, such as 127.0.0.1:8787.");
  }
  return { host: bracketed ?? plain ?? "127.0.0.1", port };
}

export function readTrustProxy(list: readonly string[]): TrustProxy {
  try {
    return trustProxies(list);
  } catch (error) {
    throw new Failure(`--trust-proxy: ${(error as Error).message}`);
  }
}
