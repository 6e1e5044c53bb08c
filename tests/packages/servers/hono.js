import { serve } from "@hono/node-server";
import { Botsplash, isBotsplashError } from "botsplash";
import { Hono } from "hono";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password, PORT } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
const app = new Hono();

app.post("/lead", async (c) => {
  const submission = await client.readSubmission(await c.req.parseBody());
  submission.args = { message: "Welcome!" };
  return c.json(await client.submitListener("welcome", submission));
});

app.onError((error, c) => {
  if (!isBotsplashError(error)) throw error;
  return c.json({ delivery: error.delivery }, error.code === "validation" ? 422 : 502);
});

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: PORT }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
