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
  siteverifyUrl: env.SITEVERIFY_URL,
}));

/** On as soon as one of its variables is set; the others are then told if they are missing, and never skipped. */
const turnstileOf = ({ TURNSTILE_SITEKEY: sitekey, TURNSTILE_HOSTNAME: hostname, TURNSTILE_SECRET: secret }) =>
  sitekey || hostname ? { hostname, secret, action: "lead" } : undefined;

/** The form, whose Turnstile widget gets your site key, or goes where you have none. */
const formPage = async (request, env) => {
  const page = await env.ASSETS.fetch(request);
  const widget = (element) =>
    env.TURNSTILE_SITEKEY ? element.setAttribute("data-sitekey", env.TURNSTILE_SITEKEY) : element.remove();
  const script = (element) => env.TURNSTILE_SITEKEY || element.remove();
  const made = new HTMLRewriter()
    .on(".cf-turnstile", { element: widget })
    .on('script[src^="https://challenges.cloudflare.com/"]', { element: script })
    .transform(new Response(page.body, page));
  // It is the file's, and the key is not in the file.
  made.headers.delete("ETag");
  return made;
};

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
    if (url.pathname === "/") return formPage(request, env);
    if (url.pathname === "/lead") url.pathname = `/${APP_ID}/listener/botsplash/${LISTENER_ID}`;
    if (url.pathname === "/message") url.pathname = `/${APP_ID}/message`;
    // With the execution context, alerts end after the response.
    return relay.fetch(new Request(url, request), env, execution);
  },
  scheduled: relay.scheduled,
};
