import { json } from "@sveltejs/kit";
import { Botsplash } from "botsplash";

export const POST = async ({ request }) => {
  const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
  const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
  const { phoneNumber } = await request.json();
  return json(await client.submitListener("welcome", { visitor: { phoneNumber }, args: { message: "Welcome!" } }));
};
