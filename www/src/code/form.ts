import type { Call } from "../contract/call";
import type { Place } from "./place";
import { requestLine } from "./url";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** How a browser fills a field in by itself. */
const known: Record<string, string> = {
  firstName: ' autocomplete="given-name"',
  lastName: ' autocomplete="family-name"',
  email: ' type="email" autocomplete="email"',
  phoneNumber: ' type="tel" autocomplete="tel"',
};

const label = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase());

/** The listener as a form that works without script. A page has no credentials, so it posts to a relay. */
export const htmlForm = (call: Call, place: Place): string => {
  const atRelay: Place = place.target === "relay" ? place : { ...place, target: "relay", relayUrl: "/relay" };
  const { visitor = {}, args = {} } = (call.body ?? {}) as { visitor?: Record<string, unknown>; args?: Record<string, unknown> };
  const inputs = Object.entries(visitor).flatMap(([name, value]) =>
    typeof value === "object" ? [] : [`  <label>${label(name)} <input name="${escaped(name)}"${known[name] ?? ""} value="${escaped(String(value))}"></label>`],
  );
  const message = typeof args.message === "string" ? [`  <label>Message <textarea name="message">${escaped(args.message)}</textarea></label>`] : [];
  return `<form method="post" action="${escaped(requestLine(call, atRelay).url)}">
${[...inputs, ...message].join("\n")}
  <button>Send</button>
</form>
`;
};
