import { Botsplash, isBotsplashError } from "botsplash";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
// Outside of the handler: the next event finds the WebAssembly started.
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });

export const handler = async (event) => {
  const body = Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8").toString();
  try {
    const submission = await client.readSubmission(new URLSearchParams(body));
    submission.args = { message: "Welcome!" };
    const answer = await client.submitListener("welcome", submission);
    return { statusCode: 200, body: JSON.stringify(answer) };
  } catch (error) {
    if (!isBotsplashError(error)) throw error;
    return { statusCode: 502, body: JSON.stringify({ delivery: error.delivery }) };
  }
};
