import type { ListenerSubmit } from "botsplash";
import type { Settings, TurnstileOptions } from "../options.ts";
import { canonical } from "../outbox/hash.ts";
import type { Runtime } from "../runtime.ts";

const TIMEOUT_MS = 5_000;
/** As Cloudflare documents it. */
const LONGEST_TOKEN = 2048;

/** The verdict on a token: `unknown` where the service is down or set up wrongly. */
export type Verdict = "passed" | "failed" | "unknown";

/** Errors that are not the visitor's. */
const OURS: readonly unknown[] = ["missing-input-secret", "invalid-input-secret", "bad-request", "internal-error"];

/**
 * Whether a Turnstile token is good, for this page and this action. A token is good for one lead, however often that
 * comes.
 */
export const verifyTurnstile = async (
  { siteverifyUrl, report, runtime }: Settings,
  { secret, hostname, action }: TurnstileOptions,
  request: Request,
  token: string | undefined,
  submission: ListenerSubmit,
): Promise<Verdict> => {
  // The service may call a longer one a bad request, as if that were our mistake.
  if (!token || token.length > LONGEST_TOKEN) return "failed";
  // Who clicks twice, or tries again because we failed after we had asked, brings the same token for the same lead.
  const body = new URLSearchParams({
    secret,
    response: token,
    idempotency_key: await uuidOf(token + canonical(submission), runtime),
  });
  const ip = request.headers.get("cf-connecting-ip");
  if (ip) body.set("remoteip", ip);
  const held = (why: string): Verdict => {
    report({ code: "turnstile_failed", message: `Turnstile tokens cannot be verified, so leads are held: ${why}.` });
    return "unknown";
  };
  let answer: Partial<Record<"success" | "hostname" | "action" | "error-codes", unknown>> | null;
  try {
    const signal = runtime.timeout(TIMEOUT_MS);
    const response = await runtime.fetch(siteverifyUrl, { method: "POST", body, redirect: "manual", signal });
    answer = (await response.json()) as typeof answer;
  } catch {
    return held("the service does not answer");
  }
  const codes = answer?.["error-codes"];
  if (answer?.success === true) {
    if (answer.hostname !== hostname)
      return held("its tokens are for another hostname than the option turnstile.hostname");
    if (answer.action !== action) return held("its tokens are for another action than the option turnstile.action");
    return "passed";
  }
  if (answer?.success !== false) return held("the service's response is not the documented one");
  if (Array.isArray(codes) && codes.some((code) => OURS.includes(code))) {
    return held("the service refuses the request: see the option turnstile.secret");
  }
  return "failed";
};

/** The same UUID for the same text. */
const uuidOf = async (text: string, runtime: Pick<Runtime, "digest">): Promise<string> => {
  const digest = await runtime.digest(text);
  const hex = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // The digits that say "version 4" and "variant 1".
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
};
