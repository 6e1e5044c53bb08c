import { Botsplash, isBotsplashError } from "botsplash";
import express from "express";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password, PORT } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
const app = express();

app.post("/lead", express.urlencoded({ extended: false }), async (request, response) => {
  const submission = await client.readSubmission(request.body);
  submission.args = { message: "Welcome!" };
  response.json(await client.submitListener("welcome", submission));
});

app.use((error, _request, response, next) => {
  if (!isBotsplashError(error)) return next(error);
  response.status(error.code === "validation" ? 422 : 502).json({ delivery: error.delivery });
});

const server = app.listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
