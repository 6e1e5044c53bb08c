const [baseUrl, username, password] = Deno.args;

// #region recipe
// deno add npm:botsplash && deno run --allow-net main.js
import { Botsplash } from "botsplash";

const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
const answer = await client.submitListener("welcome", {
  visitor: { phoneNumber: "3334445555" },
  args: { message: "Welcome!" },
});
// #endregion
console.log(JSON.stringify(answer));
