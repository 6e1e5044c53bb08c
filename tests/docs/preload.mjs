// Loaded before a snippet of the guides: what goes to the API or to a relay reaches a sandbox in this process instead.
import { createSandbox, demoCredentials } from "botsplash/sandbox";

const [{ username, password }] = demoCredentials;
process.env.BOTSPLASH_USERNAME = username;
process.env.BOTSPLASH_PASSWORD = password;

const api = createSandbox();
const relay = createSandbox({ credentials: false });
const base = "https://api.botsplash.com/open/v1";

globalThis.fetch = (input, init) => {
  const url = String(input?.url ?? input);
  if (url.startsWith(base)) return api.fetch(input, init);
  return relay.fetch(`${base}${new URL(url).pathname}${new URL(url).search}`, init);
};
process.on("exit", () => {
  const requests = [...api.requests, ...relay.requests].map(({ operation, status }) => `${operation} ${status}`);
  process.stdout.write(`\nsandbox: ${requests.join(", ") || "no request"}\n`);
});
