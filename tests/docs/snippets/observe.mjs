import { Botsplash, isBotsplashError } from "botsplash";

const { BOTSPLASH_USERNAME: username, BOTSPLASH_PASSWORD: password } = process.env;
const client = new Botsplash({
  appId: "acme",
  auth: { username, password },
  // One line for each attempt. It holds no URL, no body and nobody's data.
  onAttempt: (event) => console.log(JSON.stringify(event)),
});

await client.listMeetings({ clientVisitorId: "12345" }).catch((error) => {
  if (!isBotsplashError(error)) throw error;
  // The message, the stack and every enumerable property are safe to log.
  console.error(error);
});
