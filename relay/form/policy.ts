/** Addresses that this page's Content-Security-Policy has kept it from. */
const blocked: string[] = [];

const onViolation = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
  if (disposition !== "report" && effectiveDirective === "connect-src") blocked.push(blockedURI);
};

/** No page can read its own policy, but for what it has run into. */
export const watchPolicy = () => addEventListener("securitypolicyviolation", onViolation, true);

/** Whether fetch is known to be kept from an address; some browsers name no more of it than the origin. */
export const isBlocked = (url: string) => blocked.some((start) => url.startsWith(start));
