import type { Alert, LeadField, ListenerOptions, Relay, RelayOptions } from "botsplash/relay";
import { createRelay } from "botsplash/relay";

interface Env {
  BOTSPLASH_USERNAME: string;
  BOTSPLASH_PASSWORD: string;
  REVIEW_SECRET: string;
}

const fields: LeadField[] = ["firstName", "phoneNumber"];
const welcome: ListenerOptions = { successUrl: "/thanks", fields, honeypot: "website", onAmbiguous: "review" };
const optionsFor = (env: Env): RelayOptions => ({
  appId: "acme",
  auth: { username: env.BOTSPLASH_USERNAME, password: env.BOTSPLASH_PASSWORD },
  origins: ["https://www.example.com"],
  listeners: { welcome },
  operations: ["sendMessage"],
  authorize: async (request) => request.headers.get("authorization") === "...",
  onAlert: (alert: Alert) => console.log(alert),
  reviewSecret: env.REVIEW_SECRET,
});

const relay: Relay = createRelay(optionsFor);
export class Outbox extends relay.Outbox {}
export default { fetch: relay.fetch, scheduled: relay.scheduled };

// @ts-expect-error A lead is reviewed, sent again or dropped.
export const guesses: ListenerOptions = { onAmbiguous: "retry" };
// @ts-expect-error It cannot do without origins.
createRelay({ appId: "acme", auth: { apiKey: "..." }, listeners: { welcome } });
// @ts-expect-error No such field is the API's.
export const misspelt: ListenerOptions = { fields: ["phone"] };
// @ts-expect-error A listener has one page for success.
export const lists: ListenerOptions = { successUrl: ["/thanks"] };
