import type { ListenerSubmit } from "botsplash";
import type { Settings, TurnstileOptions } from "../options.ts";
import { canonical } from "../outbox/hash.ts";

const TIMEOUT_MS = 5_000;

/**
 * Whether a Turnstile token is good, for this page and this action. A token is good for one lead, however often that
 * comes. A token that cannot be verified is not good: its lead is quarantined, where its owner sees it.
 */
export const passesTurnstile = async (
  { siteverifyUrl, alert }: Settings,
  { secret, hostname, action }: TurnstileOptions,
  request: Request,
  token: string | undefined,
  submission: ListenerSubmit,
): Promise<boolean> => {
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
    const verdict = (await answer.json()) as { success?: unknown; hostname?: unknown; action?: unknown };
    return verdict.success === true && verdict.hostname === hostname && verdict.action === action;
  } catch {
    alert({ code: "turnstile_failed", message: "A Turnstile token could not be verified; its lead is quarantined." });
    return false;
  }
};

/** The same UUID for the same text. */
const uuidOf = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // The digits that say "version 4" and "variant 1".
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
};
