import { Refusal } from "./refusal.ts";

/**
 * Who may call: a username and password, or an API key.
 * @typedef {{ username: string, password: string } | { apiKey: string }} SandboxCredential
 */

/**
 * The credentials that a sandbox accepts unless it is told otherwise. They open nothing else.
 * @type {readonly [{ username: string, password: string }, { apiKey: string }]}
 */
export const demoCredentials = Object.freeze([
  Object.freeze({ username: "demo", password: "demo-password" }),
  Object.freeze({ apiKey: "demo-key" }),
]);

/**
 * Checks what a request brought. One credential is enough; a wrong one is refused even next to a
 * right one, so that a caller who sends two hears of it.
 * @param {readonly SandboxCredential[]} accepted
 * @param {{ authorization: string | undefined, keys: unknown[] }} presented `keys`: every `api_key`
 *   of the query and the body.
 */
export function authorize(accepted, { authorization, keys }) {
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

/** @param {string} authorization @param {{ username: string, password: string }} credential */
function isBasic(authorization, { username, password }) {
  const [, token] = /^basic +(\S+)$/i.exec(authorization) ?? [];
  if (token === undefined) return false;
  try {
    const bytes = Uint8Array.from(atob(token), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes) === `${username}:${password}`;
  } catch {
    return false;
  }
}

/** @param {string} code @param {string} message */
function unauthorized(code, message) {
  return new Refusal(401, code, message);
}
