export default (env) => ({
  onAlert: ({ code, message, listenerId }) =>
    fetch(env.ALERT_WEBHOOK, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: `${listenerId ?? "relay"}: ${code}: ${message}` }),
    }),
  // ... all else as it is
});
