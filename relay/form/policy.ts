import { hear } from "./hear.ts";

/** Addresses that this page's Content-Security-Policy has kept it from; some browsers name no more than the origin. */
const blocked: string[] = [];

const onViolation = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
  if (disposition !== "report" && effectiveDirective === "connect-src") blocked.push(blockedURI);
};

/** No page can read its own policy, but for what it has run into. */
export const watchPolicy = () => hear("securitypolicyviolation", onViolation);

/** Whether fetch is known to be kept from an address. */
export const isBlocked = (url: string) => blocked.some((start) => url.startsWith(start));
