import type { Settings } from "../options.ts";
import { Refusal } from "./refusal.ts";

/** The binding does not tell; its longest period is this. */
const RETRY_AFTER = 60;

/**
 * Counts a request against the limit of its place and its network. `place` is a listener's id, an operation, or `review`:
 * a flood at one does not close the others. A limiter that fails costs no lead: the exact daily cap stands behind it.
 *
 * @throws {Refusal} 429
 */
export const limitRate = async ({ rateLimit, report }: Settings, request: Request, place: string): Promise<void> => {
  if (!rateLimit) return;
  const key = `${place} ${networkOf(request.headers.get("cf-connecting-ip") ?? "")}`;
  const { success } = await rateLimit.limit({ key }).catch(() => {
    report({
      code: "rate_limit_failed",
      message: "The relay could not ask the rate limit, and let the request through.",
    });
    return { success: true };
  });
  if (success) return;
  const detail = "There were too many requests from this address.";
  throw new Refusal(429, "rate_limited", { detail, retryAfter: RETRY_AFTER });
};

/**
 * One network for each who posts. It is an IPv4 address, also where IPv6 writes that, or the first half of an IPv6 address.
 * The owner of one IPv6 address has all of its /64.
 */
export const networkOf = (address: string): string => {
  if (!address.includes(":")) return address;
  const groups = groupsOf(address);
  const isMapped = groups.length === 8 && groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  if (!isMapped) return groups.slice(0, 4).join(":");
  return groups
    .slice(6)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
    .join(".");
};

/** The eight groups of an IPv6 address, however it is written, without zeros in front. */
const groupsOf = (address: string): string[] => {
  const [hex = ""] = address
    .toLowerCase()
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)/, (_, a, b, c, d) => `${pair(a, b)}:${pair(c, d)}`)
    .split("%");
  const [head = "", tail] = hex.split("::");
  const start = head === "" ? [] : head.split(":");
  const end = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array<string>(Math.max(0, 8 - start.length - end.length)).fill("0");
  return [...start, ...(tail === undefined ? [] : zeros), ...end].map((group) => group.replace(/^0+(?=.)/, ""));
};

const pair = (high: string, low: string): string => (Number(high) * 256 + Number(low)).toString(16);
