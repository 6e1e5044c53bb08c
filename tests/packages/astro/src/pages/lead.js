import { Botsplash } from "botsplash";

export const prerender = false;

export const POST = async ({ request }) => {
  const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
  const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
  const { phoneNumber } = await request.json();
  const submission = { visitor: { phoneNumber }, args: { message: "Welcome!" } };
  return Response.json(await client.submitListener("welcome", submission));
};
