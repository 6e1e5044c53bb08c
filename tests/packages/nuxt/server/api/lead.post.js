import { Botsplash } from "botsplash";

export default defineEventHandler(async (event) => {
  const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
  const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
  const { phoneNumber } = await readBody(event);
  return client.submitListener("welcome", { visitor: { phoneNumber }, args: { message: "Welcome!" } });
});
