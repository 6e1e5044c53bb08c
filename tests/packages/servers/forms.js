// Forms, as frameworks read them: plain objects. What a form has beside the API's fields is told.
import { Botsplash } from "botsplash";
import express from "express";
import { Hono } from "hono";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
const skipped = {};

const take = async (framework, form) => {
  const submission = await client.readSubmission(form);
  await client.submitListener("welcome", { ...submission, args: { message: "Welcome!" } });
  skipped[framework] = submission.skipped;
};
const post = { method: "POST", body: new URLSearchParams("phoneNumber=3334445555&page=/prices&email=") };

const app = express();
app.post("/lead", express.urlencoded({ extended: false }), async (request, response) => {
  await take("express", request.body);
  response.end();
});
const server = app.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
await fetch(`http://127.0.0.1:${server.address().port}/lead`, post);
server.close();
server.closeAllConnections();

const routes = new Hono();
routes.post("/lead", async (c) => {
  await take("hono", await c.req.parseBody());
  return c.body(null);
});
await routes.request("/lead", post);

console.log(`answer: ${JSON.stringify(skipped)}`);
