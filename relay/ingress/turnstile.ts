import { canonical } from "../outbox/hash.ts";

const TIMEOUT_MS = 5_000;

/**
 * Whether a Turnstile token is good, for this page and this action. A token is good for one lead, however often that
 * comes. What cannot be verified is not good: the lead is quarantined, where its owner sees it.
 * @param {import("../options.ts").Settings} settings
 * @param {import("../options.ts").TurnstileOptions} turnstile
 * @param {Request} request
 * @param {string | undefined} token
 * @param {import("botsplash").ListenerSubmit} submission
 */
export const passesTurnstile = async (
  { siteverifyUrl, alert },
  { secret, hostname, action },
  request,
  token,
  submission,
) => {
  if (!token) return false;
  // Who clicks twice, or tries again because we failed after we had asked, brings the same token for the same lead.
  const body = new URLSearchParams({
    secret,
    response: token,
    idempotency_key: await uuidOf(token + canonical(submission)),
  });
  const ip = request.headers.get("cf-connecting-ip");
  if (ip) body.set("remoteip", ip);
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(siteverifyUrl, { method: "POST", body, redirect: "manual", signal });
    const verdict = await answer.json();
    return verdict.success === true && verdict.hostname === hostname && verdict.action === action;
  } catch {
    alert({ code: "turnstile_failed", message: "A Turnstile token could not be verified; its lead is quarantined." });
    return false;
  }
};

/** @param {string} text @returns {Promise<string>} the same for the same text */
const uuidOf = async (text) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).slice(0, 16);
  digest[6] = /** @type {number} */ (digest[6] & 0x0f) | 0x40;
  digest[8] = /** @type {number} */ (digest[8] & 0x3f) | 0x80;
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
