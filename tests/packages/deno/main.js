import { Botsplash } from "botsplash";

const [baseUrl = "", username, password] = Deno.args;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
const answer = await client.submitListener("welcome", {
  visitor: { phoneNumber: "3334445555" },
  args: { message: "Welcome!" },
});
console.log(JSON.stringify(answer));
