export default (env) => ({
  appId: "acme",
  auth: { username: env.BOTSPLASH_USERNAME, password: env.BOTSPLASH_PASSWORD },
  origins: ["https://www.example.com"],
  listeners: {
    welcome: {
      consent: { field: "consent", texts: { "2026-11": "Yes, Acme may text me." } },
    },
  },
});
