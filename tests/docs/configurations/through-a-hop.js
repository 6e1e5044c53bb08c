export default (env) => ({
  appId: "acme",
  baseUrl: "https://hop.example.com/open/v1",
  fetch: (url, { headers, ...init }) =>
    fetch(url, { ...init, headers: { ...headers, "X-Hop-Secret": env.HOP_SECRET } }),
  // ... all else as it is
});
