import { createRelay } from "botsplash/relay";

const relay = createRelay((env) => ({
  appId: env.APP_ID,
  auth: { username: env.BOTSPLASH_USERNAME, password: env.BOTSPLASH_PASSWORD },
  baseUrl: env.API_URL,
  origins: env.ORIGINS.split(" "),
  listeners: {
    [env.LISTENER_ID]: {
      successUrl: "/thanks",
      args: { message: "Thanks, we will text you." },
      honeypot: "website",
      dailyCap: Number(env.DAILY_CAP),
    },
  },
  reviewSecret: env.REVIEW_SECRET,
  operations: ["sendMessage"],
  authorize: ({ headers }) => isBearer(headers.get("Authorization"), env.MESSAGE_SECRET),
}));

/** Compares digests, in a time that tells nothing of the secret. A secret that was never set lets nobody in. */
const isBearer = async (given, secret) => {
  if (!secret) return false;
  const [a, b] = await Promise.all(
    [given, `Bearer ${secret}`].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  return crypto.subtle.timingSafeEqual(a, b);
};

export const Outbox = relay.Outbox;

export default {
  fetch(request, env) {
    const url = new URL(request.url);
    const { APP_ID, LISTENER_ID } = env;
    if (url.pathname === "/lead") url.pathname = `/${APP_ID}/listener/botsplash/${LISTENER_ID}`;
    if (url.pathname === "/message") url.pathname = `/${APP_ID}/message`;
    return relay.fetch(new Request(url, request), env);
  },
  scheduled: relay.scheduled,
};
