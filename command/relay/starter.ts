/** The configuration that `--init` writes. */
export const starter = `// How the relay is set up. The same file serves a Cloudflare Worker: there, give this function to createRelay.
// docs/relay.md has every option; a misspelt one ends the start, with its name.

/** @param {Record<string, string>} env the secrets: variables, NAME_FILE, or $CREDENTIALS_DIRECTORY/NAME */
export default (env) => ({
  // CHANGE: your account's App Name or ID.
  appId: "demo",
  auth: { username: env.BOTSPLASH_USERNAME, password: env.BOTSPLASH_PASSWORD },

  // CHANGE: the sites whose pages may post, exactly as a browser names them.
  origins: ["https://www.example.com"],

  listeners: {
    // CHANGE: the listener's id. A form posts to https://relay.example.com/{appId}/listener/botsplash/{id}
    welcome: {
      // CHANGE: what people are texted. It is yours to say, not the public's.
      args: { message: "Thanks, we will text you." },

      // Where a form without script goes once its lead is kept.
      // successUrl: "https://www.example.com/thanks",

      // A field that people do not see; what fills it in is quarantined.
      // honeypot: "website",

      // How many leads may be sent in a day, and at which hours of the visitor's; others wait.
      dailyCap: 500,
      // sendHours: { from: "09:00", to: "20:00" },
    },
  },

  // Opens /review, where you see what has become of every lead. Make one: openssl rand -hex 32
  reviewSecret: env.REVIEW_SECRET,

  // Told of what you should know; personal data is never in it. It is also in the log.
  // onAlert: (alert) => fetch("https://hooks.example.com/...", { method: "POST", body: JSON.stringify(alert) }),
});
`;
