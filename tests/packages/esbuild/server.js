import { Botsplash } from "botsplash";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });

client
  .submitListener("welcome", { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } })
  .then((answer) => console.log(JSON.stringify(answer)));
