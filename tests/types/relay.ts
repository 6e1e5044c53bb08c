// How a user sets up a relay. Compiled, never run: every line must stay legal, or be refused for the reason above it.
// cspell:ignore dayli

import type {
  Alert,
  LeadState,
  ListenerOptions,
  OutboxNamespace,
  RateLimiter,
  Relay,
  RelayOptions,
} from "botsplash/relay";
import { createRelay } from "botsplash/relay";

interface Env {
  OUTBOX: OutboxNamespace;
  RATE_LIMIT: RateLimiter;
  USERNAME: string;
  PASSWORD: string;
  REVIEW_SECRET: string;
  CRM_SECRET: string;
}

const relay: Relay = createRelay((env: Env) => ({
  appId: "acme",
  auth: { username: env.USERNAME, password: env.PASSWORD },
  origins: ["https://www.example.com"],
  reviewSecret: env.REVIEW_SECRET,
  listeners: {
    welcome: {
      successUrl: "https://www.example.com/thanks",
      fields: ["firstName", "phoneNumber", "message", "teamCode"],
      extendedAttributes: ["color"],
      honeypot: "website",
      turnstile: { secret: "turnstile-secret", hostname: "www.example.com", action: "lead" },
      onAmbiguous: "review",
      dailyCap: 500,
    },
    reminder: {},
  },
  operations: ["sendMessage"],
  authorize: async (request, { CRM_SECRET }: Env) => request.headers.get("authorization") === `Bearer ${CRM_SECRET}`,
  onAlert: ({ code, message, listenerId, status }) =>
    console.error(code, message, listenerId?.length, status?.toFixed()),
  statuses: { 409: "rejected" },
  routes: { sendMessage: "POST /{appId}/messages" },
  extraFields: { sendMessage: ["visitor.nickname"] },
  rateLimit: false,
}));
export class Outbox extends relay.Outbox {}
export default relay;

const answer: Promise<Response> = relay.fetch(new Request("https://relay.example.com"), {});
const woken: Promise<void> = relay.scheduled({}, {});
const listener: ListenerOptions = { onAmbiguous: "drop" };
const state: LeadState = "quarantined";
const alert: Alert = { code: "outbox_paused", message: "The API refused the credentials." };
const bare: RelayOptions = { appId: "acme", auth: { apiKey: "key" }, origins: [], listeners: { welcome: listener } };
void [answer, woken, state, alert, createRelay(bare)];

// @ts-expect-error a guard that is misspelt
const misspelt: ListenerOptions = { dayliCap: 500 };
// @ts-expect-error no field of the API
const unknownField: ListenerOptions = { fields: ["phone"] };
// @ts-expect-error it goes through the outbox
const notPassed: RelayOptions = { ...bare, operations: ["submitListener"] };
// @ts-expect-error without credentials there is nothing to relay
const open: RelayOptions = { appId: "acme", origins: [], listeners: {} };
void [misspelt, unknownField, notPassed, open];
