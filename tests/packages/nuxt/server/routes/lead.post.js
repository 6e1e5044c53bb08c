import { Botsplash } from "botsplash";

export default defineEventHandler(async (event) => {
  // A Worker has its variables in the event.
  const env = event.context.cloudflare?.env ?? process.env;
  const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = env;
  const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
  const { phoneNumber } = await readBody(event);
  return client.submitListener("welcome", { visitor: { phoneNumber }, args: { message: "Welcome!" } });
});
