const TIMEOUT_MS = 5_000;

/**
 * Whether a Turnstile token is good, for this page and this action. A token can be asked about once. What cannot be
 * verified is not good: the lead is quarantined, where its owner sees it.
 * @param {import("../options.js").Settings} settings
 * @param {import("../options.js").TurnstileOptions} turnstile
 * @param {Request} request
 * @param {string | undefined} token
 */
export const passesTurnstile = async ({ siteverifyUrl, alert }, { secret, hostname, action }, request, token) => {
  if (!token) return false;
  const body = new URLSearchParams({ secret, response: token });
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
