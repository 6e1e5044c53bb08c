import { hear } from "./hear.ts";

/** What this page's Content-Security-Policy has kept it from: addresses, or in some browsers origins. */
let blocked = "";

const onViolation = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
  if (disposition === "enforce" && effectiveDirective === "connect-src") blocked += blockedURI;
};

/** No page can read its own policy, but for what it has run into. */
export const watchPolicy = () => hear("securitypolicyviolation", onViolation);

/** Whether fetch is known to be kept from an address. */
export const isBlocked = (url: string) => blocked.includes(new URL(url).origin);
