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

      // CHANGE: the words beside your form's box, by its version. The box's name is "consent", and its value the words.
      // A lead without them is refused, and each keeps its proof. Whether they do is for a lawyer to say.
      consent: {
        field: "consent",
        texts: { "2026-11": "You may text me at this number. Message and data rates may apply; I can reply STOP at any time." },
      },
      required: ["phoneNumber"],

      // Where a form without script goes once its lead is kept.
      // successUrl: "https://www.example.com/thanks",

      // A field that people do not see; what fills it in is quarantined.
      // honeypot: "website",

      // How many leads may be sent in a day, and at which hours of the visitor's; others wait.
      dailyCap: 500,
      // sendHours: { from: "09:00", to: "20:00" },

      // After how many hours without a lead you are told.
      // silenceHours: 72,
    },
  },

  // Your own number: while it is set, nobody else is texted.
  // rehearsal: "555-234-5678",

  // Your time zone: that of the daily cap, of the daily summary, and of sendHours where nothing tells the visitor's.
  // timeZone: "America/New_York",

  // Opens /review, where you see what has become of every lead. Make one: openssl rand -hex 32
  reviewSecret: env.REVIEW_SECRET,

  // Told of what you should know; personal data is never in it. It is also in the log.
  // onAlert: (alert) => fetch("https://hooks.example.com/...", { method: "POST", body: JSON.stringify(alert) }),
});
`;
