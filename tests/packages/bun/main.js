const { API_URL: baseUrl, API_USERNAME: username, API_PASSWORD: password } = process.env;

// #region recipe
// bun add botsplash && bun main.js, or bun build --compile main.js --outfile app && ./app
import { Botsplash } from "botsplash";

const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
const answer = await client.submitListener("welcome", {
  visitor: { phoneNumber: "3334445555" },
  args: { message: "Welcome!" },
});
// #endregion
console.log(JSON.stringify(answer));
