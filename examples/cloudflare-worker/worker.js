import { createRelay } from "botsplash/relay";

const relay = createRelay((env) => ({
  appId: env.APP_ID,
  auth: { username: env.BOTSPLASH_USERNAME, password: env.BOTSPLASH_PASSWORD },
  baseUrl: env.API_URL,
  origins: env.ORIGINS.split(" "),
  timeZone: env.TIME_ZONE,
  listeners: {
    [env.LISTENER_ID]: {
      successUrl: "/thanks",
      args: { message: env.TEXT },
      required: ["phoneNumber"],
      consent: { field: "consent", texts: env.CONSENT },
      honeypot: "website",
      turnstile: turnstileOf(env),
      dailyCap: Number(env.DAILY_CAP),
      sendHours: { from: env.SEND_FROM, to: env.SEND_TO },
      maxAgeHours: 48,
      silenceHours: 72,
    },
  },
  rehearsal: env.REHEARSAL || undefined,
  reviewSecret: env.REVIEW_SECRET,
  onAlert: (alert) => tell(alert, env.ALERT_WEBHOOK),
  operations: ["sendMessage"],
  authorize: ({ headers }) => isBearer(headers.get("Authorization"), env.MESSAGE_SECRET),
}));

/** On as soon as TURNSTILE_HOSTNAME is set; a secret that is then missing is told, and never skipped. */
const turnstileOf = ({ TURNSTILE_HOSTNAME: hostname, TURNSTILE_SECRET: secret }) =>
  hostname ? { hostname, secret, action: "lead" } : undefined;

/** To the log, and to a webhook that takes `{ "text": "..." }`, as those of chat rooms do. No personal data is in it. */
const tell = async (alert, webhook) => {
  console.error(`botsplash relay: ${JSON.stringify(alert)}`);
  if (!webhook) return;
  const { listenerId = "relay", code, message, count = 1 } = alert;
  const text = `${listenerId}: ${message} (${code}${count > 1 ? `, ${count} times` : ""})`;
  const answer = await fetch(webhook, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
  });
  // The relay logs that the alert did not arrive.
  if (!answer.ok) throw new Error("The webhook refused the alert.");
};

/** Compares digests, in a time that tells nothing of the secret. A secret that was never set lets nobody in. */
const isBearer = async (given, secret) => {
  if (!secret) return false;
  const [a, b] = await Promise.all(
    [given, `Bearer ${secret}`].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  return crypto.subtle.timingSafeEqual(a, b);
};

export class Outbox extends relay.Outbox {}

export default {
  fetch(request, env, execution) {
    const url = new URL(request.url);
    const { APP_ID, LISTENER_ID } = env;
    if (url.pathname === "/lead") url.pathname = `/${APP_ID}/listener/botsplash/${LISTENER_ID}`;
    if (url.pathname === "/message") url.pathname = `/${APP_ID}/message`;
    // With the execution context, alerts end after the response.
    return relay.fetch(new Request(url, request), env, execution);
  },
  scheduled: relay.scheduled,
};
