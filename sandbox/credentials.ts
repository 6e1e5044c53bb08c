import { Refusal } from "./refusal.ts";

interface BasicCredential {
  username: string;
  password: string;
}

interface KeyCredential {
  apiKey: string;
}

/** Who may call: a username and password, or an API key. */
export type SandboxCredential = BasicCredential | KeyCredential;

/** The credentials that a sandbox accepts unless it is told otherwise. They open nothing else. */
export const demoCredentials: readonly [BasicCredential, KeyCredential] = Object.freeze([
  Object.freeze({ username: "demo", password: "demo-password" }),
  Object.freeze({ apiKey: "demo-key" }),
] as const);

/** The credentials that a request brought. */
export interface Presented {
  readonly authorization: string | undefined;
  /** Every `api_key` of the query and the body. */
  readonly keys: readonly unknown[];
}

/**
 * Checks what a request brought. One credential is enough; a wrong one is refused even next to a
 * right one, so that a caller who sends two hears of it.
 */
export function authorize(accepted: readonly SandboxCredential[], { authorization, keys }: Presented): void {
  if (authorization === undefined && keys.length === 0) {
    throw unauthorized("credentials_missing", "No credentials: send HTTP Basic, or api_key in the query or the body.");
  }
  const basicOk =
    authorization === undefined || accepted.some((one) => "username" in one && isBasic(authorization, one));
  const keysOk = keys.every((key) => accepted.some((one) => "apiKey" in one && one.apiKey === key));
  if (!basicOk || !keysOk) {
    throw unauthorized("credentials_wrong", "The credentials are not among those that this sandbox accepts.");
  }
}

function isBasic(authorization: string, { username, password }: BasicCredential): boolean {
  const [, token] = /^basic +(\S+)$/i.exec(authorization) ?? [];
  if (token === undefined) return false;
  try {
    const bytes = Uint8Array.from(atob(token), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes) === `${username}:${password}`;
  } catch {
    return false;
  }
}

function unauthorized(code: string, message: string): Refusal {
  return new Refusal(401, code, message);
}
