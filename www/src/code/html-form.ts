import type { PreparedCall } from "../contract/prepared-call.ts";
import type { Place } from "./place.ts";
import { requestLine } from "./url.ts";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The fields that a person fills in; the page's author knows the rest of a visitor. */
const asked: Record<string, { label: string; attributes: string }> = {
  firstName: { label: "First name", attributes: ' autocomplete="given-name"' },
  lastName: { label: "Last name", attributes: ' autocomplete="family-name"' },
  email: { label: "Email", attributes: ' type="email" autocomplete="email"' },
  phoneNumber: { label: "Phone number", attributes: ' type="tel" autocomplete="tel"' },
  state: { label: "State", attributes: ' autocomplete="address-level1"' },
};

const input = (name: string, value: unknown) => {
  const rest = ` name="${escaped(name)}" value="${escaped(String(value))}">`;
  const { label, attributes } = asked[name] ?? {};
  return label ? `  <label>${label} <input${attributes}${rest}</label>` : `  <input type="hidden"${rest}`;
};

/** The listener as a form that works without script. A page has no credentials, so it posts to a relay. */
export const htmlForm = (call: PreparedCall, place: Place): string => {
  const atRelay: Place = place.target === "relay" ? place : { ...place, target: "relay", relayUrl: "/relay" };
  const { visitor = {}, args = {} } = (call.body ?? {}) as {
    visitor?: Record<string, unknown>;
    args?: Record<string, unknown>;
  };
  // A form can hold strings only.
  const inputs = Object.entries(visitor).flatMap(([name, value]) =>
    typeof value === "object" ? [] : [input(name, value)],
  );
  // The first line break in a textarea is not part of its text.
  const message =
    typeof args.message === "string"
      ? [`  <label>Message <textarea name="message">\n${escaped(args.message)}</textarea></label>`]
      : [];
  return `<form method="post" action="${escaped(requestLine(call, atRelay).url)}">
${[...inputs, ...message].join("\n")}
  <button>Send</button>
</form>
`;
};
