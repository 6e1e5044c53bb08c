export default (env) => ({
  appId: "acme",
  auth: { username: env.BOTSPLASH_USERNAME, password: env.BOTSPLASH_PASSWORD },
  origins: ["https://www.example.com"],
  listeners: {
    welcome: { args: { message: "Thanks, we will text you." } },
  },
  reviewSecret: env.REVIEW_SECRET,
});
