import { Botsplash, isBotsplashError } from "botsplash";
import fastify from "fastify";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password, PORT } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
const app = fastify();

app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
  done(null, new URLSearchParams(body)),
);

app.post("/lead", async (request) => {
  const submission = await client.readSubmission(request.body);
  submission.args = { message: "Welcome!" };
  return client.submitListener("welcome", submission);
});

app.setErrorHandler((error, _request, reply) => {
  if (!isBotsplashError(error)) throw error;
  return reply.code(error.code === "validation" ? 422 : 502).send({ delivery: error.delivery });
});

console.log(await app.listen({ host: "127.0.0.1", port: PORT }));
